package engine

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/goblaze/goblaze/engine/stdinfo"
)

// modulePath is the path of this module, as cells import its packages.
const modulePath = "github.com/goblaze/goblaze"

// ownPackages are the packages of this module that cells use, those first
// that others import.
var ownPackages = []string{"vectorizer", "display", "engine/parallel"}

// ownTypes gives the types of this module's packages where no toolchain can
// compile them: they are checked from their sources, without function bodies
// (20 ms for all).
func ownTypes(sources fs.FS) (stdinfo.Fallback, error) {
	c := &ownChecker{sources: sources, std: stdinfo.NewImporter(nil), fset: token.NewFileSet(), done: map[string]*types.Package{}}
	data := map[string][]byte{}
	for _, dir := range ownPackages {
		pkg, err := c.check(dir)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := gcexportdata.Write(&b, c.fset, pkg); err != nil {
			return nil, fmt.Errorf("types of %s: %w", pkg.Path(), err)
		}
		data[pkg.Path()] = b.Bytes()
	}
	return func(importPath string) (io.ReadCloser, error) {
		b, ok := data[importPath]
		if !ok {
			return nil, fmt.Errorf("%w: modules need the Go toolchain", stdinfo.ErrNotFound)
		}
		return io.NopCloser(bytes.NewReader(b)), nil
	}, nil
}

type ownChecker struct {
	sources fs.FS
	std     *stdinfo.Importer
	fset    *token.FileSet
	done    map[string]*types.Package
}

// Import implements types.Importer.
func (c *ownChecker) Import(importPath string) (*types.Package, error) {
	if p := c.done[importPath]; p != nil {
		return p, nil
	}
	return c.std.Import(importPath)
}

// check type-checks the package in a folder of the module.
func (c *ownChecker) check(dir string) (*types.Package, error) {
	entries, err := fs.ReadDir(c.sources, dir)
	if err != nil {
		return nil, err
	}
	ctx := build.Default
	ctx.JoinPath = path.Join
	ctx.OpenFile = func(name string) (io.ReadCloser, error) { return c.sources.Open(name) }
	var files []*ast.File
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if ok, err := ctx.MatchFile(dir, name); err != nil || !ok {
			continue
		}
		text, err := fs.ReadFile(c.sources, path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(c.fset, path.Join(dir, name), text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: c, IgnoreFuncBodies: true}
	pkg, err := conf.Check(path.Join(modulePath, dir), c.fset, files, nil)
	if err != nil {
		return nil, fmt.Errorf("types of %s: %w", dir, err)
	}
	c.done[pkg.Path()] = pkg
	return pkg, nil
}
