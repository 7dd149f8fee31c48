package build

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// unit is one package on its way through the compiler.
type unit struct {
	path      string
	files     map[string][]byte // base names
	embed     []byte            // the compiler's -embedcfg, nil without //go:embed
	embedHash string            // of the embedded files' content
	extra     []string          // object files that join the archive (cgo)
}

// compile writes the files below tmp, compiles them and gives the archive. It is the same archive, byte for byte, for
// the same input, whatever tmp is. The error is a *CompileError when the source is at fault.
func (t *Toolchain) compile(ctx context.Context, u unit, tmp, config string) (file, log string, err error) {
	dir, err := os.MkdirTemp(tmp, "compile-")
	if err != nil {
		return "", "", err
	}
	names := make([]string, 0, len(u.files))
	for name, data := range u.files {
		names = append(names, name)
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return "", "", err
		}
	}
	sort.Strings(names)
	file = filepath.Join(dir, "pkg.a")
	argv := []string{t.tool("compile"), "-o", file, "-p", u.path, "-lang=" + lang, "-dynlink", "-importcfg", config, "-pack",
		"-trimpath", dir + "=>", "-dwarf=false", "-e", "-c=" + strconv.Itoa(min(4, runtime.GOMAXPROCS(0)))}
	if complete(u) {
		argv = append(argv, "-complete")
	}
	if u.embed != nil {
		embedConfig := filepath.Join(dir, "embedcfg")
		if err := os.WriteFile(embedConfig, u.embed, 0o644); err != nil {
			return "", "", err
		}
		argv = append(argv, "-embedcfg", embedConfig)
	}
	for _, name := range names {
		argv = append(argv, "./"+name)
	}
	res, err := run(ctx, command{dir: dir, env: t.toolEnv(tmp), argv: argv, nice: true})
	if err != nil {
		if ctx.Err() != nil {
			return "", "", ctx.Err()
		}
		return "", "", compileError(u.path, res.log, dir, err)
	}
	if err := importable(file); err != nil {
		return "", "", fmt.Errorf("package %s: %w", u.path, err)
	}
	if err := plainNames(file); err != nil {
		return "", "", fmt.Errorf("package %s: %w", u.path, err)
	}
	return file, res.log, appendObjects(file, u.extra)
}

// complete tells whether a function without a body is a mistake: it is, unless one is linked in by name or from C.
func complete(u unit) bool {
	if len(u.extra) > 0 {
		return false
	}
	for _, data := range u.files {
		if bytes.Contains(data, []byte("//go:linkname")) {
			return false
		}
	}
	return true
}

// The compiler gives every `package main` compiled for a plugin a table of its exported symbols under this name, and a
// plugin has one only: that of its root package. A package that is linked into the plugin of another would bring a
// second; renaming it makes both of no effect.
var (
	tabs = []byte("go:plugin.tabs")
	tabz = []byte("go:plugin.tabz")
)

// importable renames the symbol table's symbol in the archive.
func importable(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	start, end, err := archiveMember(data, "_go_.o")
	if err != nil {
		return err
	}
	at, err := symbolName(data[start:end], tabs)
	if err != nil || at < 0 {
		return err
	}
	copy(data[start+at:], tabz)
	return os.WriteFile(file, data, 0o644)
}

// symbolName finds where the object file holds the name in its table of strings, or -1. A string that a cell's source
// holds looks the same; only the table's is pointed to by a (length, offset) pair.
func symbolName(object, name []byte) (int, error) {
	// The object file follows the text that go tool nm calls its preamble, which ends in "!\n".
	base := bytes.Index(object, []byte("\n!\n"))
	if base < 0 {
		return 0, fmt.Errorf("object file without a header")
	}
	base += 3
	for at := 0; ; at += len(name) {
		i := bytes.Index(object[at:], name)
		if i < 0 {
			return -1, nil
		}
		at += i
		ref := binary.LittleEndian.AppendUint32(nil, uint32(len(name)))
		ref = binary.LittleEndian.AppendUint32(ref, uint32(at-base))
		if bytes.Contains(object, ref) {
			return at, nil
		}
	}
}

const (
	archiveMagic  = "!<arch>\n"
	archiveHeader = 60 // bytes: name 16, time 12, user 6, group 6, mode 8, size 10, end 2
)

// archiveMember gives where the member's content lies.
func archiveMember(data []byte, name string) (start, end int, err error) {
	if !bytes.HasPrefix(data, []byte(archiveMagic)) {
		return 0, 0, fmt.Errorf("not an archive")
	}
	for at := len(archiveMagic); at+archiveHeader <= len(data); {
		header := data[at : at+archiveHeader]
		size, err := strconv.Atoi(strings.TrimSpace(string(header[48:58])))
		if err != nil || at+archiveHeader+size > len(data) {
			return 0, 0, fmt.Errorf("damaged archive")
		}
		if strings.TrimRight(string(header[:16]), " ") == name {
			return at + archiveHeader, at + archiveHeader + size, nil
		}
		at += archiveHeader + size + size%2
	}
	return 0, 0, fmt.Errorf("archive without %s", name)
}

// appendObjects adds files to the archive as the last members.
func appendObjects(file string, objects []string) error {
	if len(objects) == 0 {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for i, object := range objects {
		content, err := os.ReadFile(object)
		if err != nil {
			return err
		}
		data = fmt.Appendf(data, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", fmt.Sprintf("_x%03d.o", i), 0, 0, 0, 0o644, len(content))
		data = append(data, content...)
		if len(content)%2 == 1 {
			data = append(data, 0)
		}
	}
	return os.WriteFile(file, slices.Clip(data), 0o644)
}
