package build

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"fmt"
	"os"
	"regexp"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// The types of all cells are those of one package main to the user, and a cell's package is one in a file of its own to
// the compiler, which writes its path into two kinds of the strings that reflection reads: the names of instances
// (main.pair[nb/0123456789abcdef.user]) and reflect.Type.PkgPath. Types of interfaces are named by their methods, which
// are in main where they are not exported. All are encoded as a byte of flags, a length and the text; plainNames makes
// the text shorter in its place, and what was its end is read by nobody.

var (
	pathInName = regexp.MustCompile(`nb/[0-9a-f]{16}\.`)
	pathAlone  = regexp.MustCompile(`\x00\x13nb/[0-9a-f]{16}`)
)

var methodPrefix = []byte(spelling.Method)

// maxTypeName bounds how far a type's name is looked for around a path in it.
const maxTypeName = 1 << 12

// plainNames rewrites the archive so that reflection names every cell's package main.
func plainNames(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	start, end, err := archiveMember(data, "_go_.o")
	if err != nil {
		return err
	}
	object := data[start:end]
	for _, at := range pathAlone.FindAllIndex(object, -1) {
		copy(object[at[0]+1:], "\x04main")
	}
	for at := 0; ; {
		found := pathInName.FindIndex(object[at:])
		if found == nil {
			break
		}
		shortenName(object, at+found[0])
		at += found[1]
	}
	for at := 0; ; at += len(methodPrefix) {
		found := bytes.Index(object[at:], methodPrefix)
		if found < 0 {
			break
		}
		at += found
		shortenName(object, at)
	}
	return os.WriteFile(file, data, 0o644)
}

// shortenName rewrites the type name around the offset, if there is one: "*", as every type's name begins in the
// compiler's tables, after its length and its flags.
func shortenName(object []byte, at int) {
	for star := at; star > max(2, at-maxTypeName); star-- {
		if object[star] != '*' {
			continue
		}
		for width := 1; width <= 2; width++ {
			length, n := binary.Uvarint(object[star-width : star])
			end := star + int(length)
			if n != width || object[star-width-1] > 7 || end <= at || end > len(object) || !printable(object[star:end]) {
				continue
			}
			name := pathInName.ReplaceAll(bytes.Clone(object[star:end]), []byte("main."))
			name = bytes.ReplaceAll(name, methodPrefix, []byte("main."))
			copy(object[star:], name)
			object[star-width] = byte(len(name))
			if width == 2 {
				object[star-2], object[star-1] = byte(len(name))|0x80, byte(len(name)>>7)
			}
			return
		}
	}
}

func printable(text []byte) bool {
	for _, c := range text {
		if c < ' ' {
			return false
		}
	}
	return true
}

// plainFuncs rewrites the table of function names of a plugin, which is what stacks and runtime.Func.Name show: functions
// of cells are those of package main, in the spelling of the user, and the statements of a cell are main.main. The linker
// needs names that differ, so it is done afterwards, in place: each name ends in a zero, and the new ones are shorter.
// Files that are not ELF stay as they are (on macOS they carry a signature).
func plainFuncs(plugin string) error {
	f, err := os.OpenFile(plugin, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	object, err := elf.NewFile(f)
	if err != nil {
		return nil
	}
	for _, s := range object.Sections {
		if s.Name != ".gopclntab" && s.Name != ".data.rel.ro.gopclntab" || s.Flags&elf.SHF_COMPRESSED != 0 {
			continue
		}
		table, err := s.Data()
		if err != nil {
			return fmt.Errorf("%s of %s: %w", s.Name, plugin, err)
		}
		shortenFuncs(table)
		if _, err := f.WriteAt(table, int64(s.Offset)); err != nil {
			return err
		}
	}
	return f.Close()
}

// generatedRun is the function of a cell's statements, shortPrefix starts the name of a function's second version.
var (
	generatedRun = regexp.MustCompile(`^main\.gbz_run\b`)
	shortPrefix  = []byte("main.gbz_short_")
)

// shortenFuncs rewrites the names with the path of a cell's package in them.
func shortenFuncs(table []byte) {
	for at := 0; ; {
		i := bytes.Index(table[at:], []byte("nb/"))
		if i < 0 {
			return
		}
		at += i
		start := bytes.LastIndexByte(table[:at], 0) + 1
		length := bytes.IndexByte(table[at:], 0)
		if length < 0 {
			return
		}
		end := at + length
		if old := table[start:end]; end-start < maxTypeName && printable(old) && pathInName.Match(old) {
			name := pathInName.ReplaceAll(old, []byte("main."))
			name = []byte(spelling.Plain(string(name)))
			name = generatedRun.ReplaceAll(name, []byte("main.main"))
			if rest, ok := bytes.CutPrefix(name, shortPrefix); ok {
				name = append([]byte("main."), rest...)
			}
			clear(old[copy(old, name):])
		}
		at = end
	}
}
