//go:build linux && (amd64 || arm64)

package identity

import (
	"bufio"
	"bytes"
	"debug/elf"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// Unify makes the types and method tables of a plugin that was just opened
// those of the process. It is to be called before code of the plugin runs;
// what the plugin's init functions kept stays. It takes two or three
// milliseconds.
func Unify(file string) error {
	img, err := imageOf(file)
	if err != nil {
		return fmt.Errorf("the types of %s: %w", filepath.Base(file), err)
	}
	redirected.Lock()
	defer redirected.Unlock()
	c := &canon{lo: img.base, hi: img.end, seen: map[uintptr]uintptr{}}
	// Tables name types: those come first.
	types, tables := img.words()
	if err := img.redirect(types, c.typ); err != nil {
		return err
	}
	return img.redirect(tables, c.table)
}

// An image is a shared object in memory.
type image struct {
	base, end        uintptr
	symtab, strtab   uintptr
	rela, relaEnd    uintptr
	relro, relroSize uintptr // what the loader made read-only
}

// imageOf finds a shared object that this process has loaded.
func imageOf(file string) (*image, error) {
	base, err := baseOf(file)
	if err != nil {
		return nil, err
	}
	img := &image{base: base}
	head := memory[elf.Header64](base)
	var dynamic uintptr
	for i := range uintptr(head.Phnum) {
		p := memory[elf.Prog64](base + uintptr(head.Phoff) + i*uintptr(head.Phentsize))
		switch elf.ProgType(p.Type) {
		case elf.PT_LOAD:
			img.end = max(img.end, base+uintptr(p.Vaddr+p.Memsz))
		case elf.PT_DYNAMIC:
			dynamic = base + uintptr(p.Vaddr)
		case elf.PT_GNU_RELRO:
			img.relro, img.relroSize = base+uintptr(p.Vaddr), uintptr(p.Memsz)
		}
	}
	if dynamic == 0 {
		return nil, fmt.Errorf("it has no dynamic section")
	}
	var size uintptr
	for d := memory[elf.Dyn64](dynamic); elf.DynTag(d.Tag) != elf.DT_NULL; d = memory[elf.Dyn64](dynamic) {
		switch elf.DynTag(d.Tag) {
		case elf.DT_SYMTAB:
			img.symtab = img.address(d.Val)
		case elf.DT_STRTAB:
			img.strtab = img.address(d.Val)
		case elf.DT_RELA:
			img.rela = img.address(d.Val)
		case elf.DT_RELASZ:
			size = uintptr(d.Val)
		}
		dynamic += unsafe.Sizeof(elf.Dyn64{})
	}
	img.relaEnd = img.rela + size
	return img, nil
}

// address returns where something of the dynamic section stands: some loaders
// write addresses there, others leave offsets.
func (img *image) address(v uint64) uintptr {
	if uintptr(v) < img.base {
		return img.base + uintptr(v)
	}
	return uintptr(v)
}

// words returns the addresses of the words that the loader set to that of a
// type's descriptor or of a method table.
func (img *image) words() (types, tables []uintptr) {
	const other, isType, isTable = 1, 2, 3
	kinds := map[uint32]int{} // by symbol
	for r := img.rela; r < img.relaEnd; r += unsafe.Sizeof(elf.Rela64{}) {
		rel := memory[elf.Rela64](r)
		sym := elf.R_SYM64(rel.Info)
		if sym == 0 || rel.Addend != 0 {
			continue
		}
		kind := kinds[sym]
		if kind == 0 {
			kind = other
			name := img.strtab + uintptr(memory[elf.Sym64](img.symtab+uintptr(sym)*unsafe.Sizeof(elf.Sym64{})).Name)
			switch {
			case begins(name, "go:itab."):
				kind = isTable
			case begins(name, "type:") && !begins(name, "type:."):
				kind = isType
			}
			kinds[sym] = kind
		}
		switch word := img.base + uintptr(rel.Off); kind {
		case isType:
			types = append(types, word)
		case isTable:
			tables = append(tables, word)
		}
	}
	return types, tables
}

// redirect puts what stands for them in the place of what words point to.
func (img *image) redirect(words []uintptr, to func(uintptr) uintptr) error {
	var protect func() error
	for _, w := range words {
		word := memory[uintptr](w)
		is := *word
		if is == 0 {
			continue
		}
		be := to(is)
		if be == is {
			continue
		}
		if protect == nil {
			var err error
			if protect, err = img.writable(); err != nil {
				return err
			}
		}
		atomic.StoreUintptr(word, be)
	}
	if protect != nil {
		return protect()
	}
	return nil
}

// writable lets the words be written until the function it returns is called.
func (img *image) writable() (protect func() error, err error) {
	if img.relroSize == 0 {
		return func() error { return nil }, nil
	}
	page := uintptr(os.Getpagesize())
	lo, hi := img.relro&^(page-1), (img.relro+img.relroSize)&^(page-1) // as the loader rounds
	if hi <= lo {
		return func() error { return nil }, nil
	}
	pages := unsafe.Slice(memory[byte](lo), hi-lo)
	if err := syscall.Mprotect(pages, syscall.PROT_READ|syscall.PROT_WRITE); err != nil {
		return nil, os.NewSyscallError("mprotect", err)
	}
	return func() error {
		return os.NewSyscallError("mprotect", syscall.Mprotect(pages, syscall.PROT_READ))
	}, nil
}

// baseOf returns where a file is mapped. Files of plugins are named by their
// content.
func baseOf(file string) (uintptr, error) {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return 0, err
	}
	name := "/" + filepath.Base(file)
	for sc := bufio.NewScanner(bytes.NewReader(maps)); sc.Scan(); {
		fields := strings.Fields(sc.Text())
		if len(fields) < 6 || fields[2] != "00000000" || !strings.HasSuffix(fields[5], name) {
			continue
		}
		lo, _, _ := strings.Cut(fields[0], "-")
		base, err := strconv.ParseUint(lo, 16, 64)
		return uintptr(base), err
	}
	return 0, fmt.Errorf("/proc/self/maps does not tell where it was loaded")
}

func begins(addr uintptr, prefix string) bool {
	for i := range len(prefix) {
		if *memory[byte](addr + uintptr(i)) != prefix[i] {
			return false
		}
	}
	return true
}
