// Command gen writes what package stdinfo embeds: the types and the documentation of Go's standard library for
// linux/amd64, taken from the toolchain that runs it. Run it by go generate in engine/stdinfo whenever the project's
// Go version moves; the same toolchain always writes the same bytes.
package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"go/token"
	"go/types"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("stdinfo/gen: ")
	dir := flag.String("dir", ".", "the folder of package stdinfo")
	flag.Parse()
	if err := generate(*dir); err != nil {
		log.Fatal(err)
	}
}

// listed is what `go list` says about one package.
type listed struct {
	ImportPath, Name, Dir, Export string
	GoFiles, CgoFiles             []string
}

// files returns the absolute names of the package's Go files.
func (l listed) files() []string {
	var names []string
	for _, f := range slices.Concat(l.GoFiles, l.CgoFiles) {
		names = append(names, filepath.Join(l.Dir, f))
	}
	return names
}

// generate writes data/types.zip, data/docs.zip and index.go below dir.
func generate(dir string) error {
	pkgs, err := list("std")
	if err != nil {
		return err
	}
	loaded, err := load(pkgs)
	if err != nil {
		return err
	}
	exports, docs := map[string][]byte{}, map[string][]byte{}
	for _, p := range pkgs {
		if p.ImportPath != "unsafe" {
			var blob bytes.Buffer
			// Without a file set no positions are written: nobody reads them, and they are a third of the size.
			if err := gcexportdata.Write(&blob, nil, loaded[p.ImportPath]); err != nil {
				return fmt.Errorf("export data of %s: %w", p.ImportPath, err)
			}
			exports[p.ImportPath] = blob.Bytes()
		}
		if docs[p.ImportPath], err = documentation(p, loaded[p.ImportPath]); err != nil {
			return fmt.Errorf("documentation of %s: %w", p.ImportPath, err)
		}
	}
	builtin, err := list("builtin")
	if err != nil {
		return err
	}
	if docs["builtin"], err = documentation(builtin[0], nil); err != nil {
		return fmt.Errorf("documentation of builtin: %w", err)
	}
	if err := writeZip(filepath.Join(dir, "data", "types.zip"), exports); err != nil {
		return err
	}
	if err := writeZip(filepath.Join(dir, "data", "docs.zip"), docs); err != nil {
		return err
	}
	return writeIndex(filepath.Join(dir, "index.go"), pkgs)
}

// list asks the go command for the packages of a pattern that a program may import, with their compiled export data.
func list(pattern string) ([]listed, error) {
	args := []string{"list", "-json=ImportPath,Name,Dir,Export,GoFiles,CgoFiles"}
	if pattern != "builtin" { // which only documents and does not compile
		args = append(args, "-export")
	}
	cmd := exec.Command("go", append(args, pattern)...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=1", "GOFLAGS=", "GOEXPERIMENT=")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", pattern, err)
	}
	var pkgs []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list %s: %w", pattern, err)
		}
		if importable(p.ImportPath) {
			pkgs = append(pkgs, p)
		}
	}
	slices.SortFunc(pkgs, func(a, b listed) int { return cmp.Compare(a.ImportPath, b.ImportPath) })
	return pkgs, nil
}

// importable says whether user code may import the std package of that path.
func importable(path string) bool {
	elems := strings.Split(path, "/")
	return !slices.Contains(elems, "internal") && elems[0] != "vendor" && elems[0] != "cmd"
}

// load reads the compiler's export data of all packages into one world of types.
func load(pkgs []listed) (map[string]*types.Package, error) {
	world := map[string]*types.Package{"unsafe": types.Unsafe}
	fset := token.NewFileSet()
	for _, p := range pkgs {
		if p.ImportPath == "unsafe" {
			continue
		}
		if err := loadOne(p, fset, world); err != nil {
			return nil, fmt.Errorf("types of %s: %w", p.ImportPath, err)
		}
	}
	return world, nil
}

func loadOne(p listed, fset *token.FileSet, world map[string]*types.Package) error {
	f, err := os.Open(p.Export)
	if err != nil {
		return err
	}
	defer f.Close()
	//lint:ignore SA1019 up to Go 1.27 `go list -export` names archives, which only NewReader opens
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return err
	}
	_, err = gcexportdata.Read(r, fset, world, p.ImportPath)
	return err
}

// writeZip writes one entry a package, in the order of their paths and without times, so that equal input gives equal bytes.
func writeZip(name string, entries map[string][]byte) error {
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	paths := make([]string, 0, len(entries))
	for path := range entries {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := w.Write(entries[path]); err != nil {
			return err
		}
	}
	if err := zw.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, buf.Bytes(), 0o644)
}

// writeIndex writes the Go table of import paths and package names.
func writeIndex(name string, pkgs []listed) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by engine/stdinfo/gen; DO NOT EDIT.\n\npackage stdinfo\n\n")
	fmt.Fprintf(&b, "// GoVersion is the toolchain whose standard library is embedded.\nconst GoVersion = %q\n\n", runtime.Version())
	fmt.Fprintf(&b, "// index lists every importable package of std, sorted by path.\nvar index = []entry{\n")
	for _, p := range pkgs {
		fmt.Fprintf(&b, "\t{%q, %q},\n", p.ImportPath, p.Name)
	}
	b.WriteString("}\n")
	src, err := format.Source(b.Bytes())
	if err != nil {
		return err
	}
	return os.WriteFile(name, src, 0o644)
}
