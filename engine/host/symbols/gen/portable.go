package main

import (
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// platforms are those the engine is built on. A name that one of them lacks (most of syscall, log/syslog) is in no
// table, so that one set of files serves all.
var platforms = [][2]string{{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "arm64"}, {"freebsd", "amd64"}, {"windows", "amd64"}}

// portableNames returns the exported top-level names that a package has on every platform.
func portableNames(path string) (map[string]bool, error) {
	var common map[string]bool
	for _, pl := range platforms {
		names, err := declaredNames(path, pl[0], pl[1])
		if err != nil {
			return nil, err
		}
		for name := range common {
			if !names[name] {
				delete(common, name)
			}
		}
		if common == nil {
			common = names
		}
	}
	return common, nil
}

// declaredNames reads the names from the source; a package with no files for the platform has none.
func declaredNames(path, goos, goarch string) (map[string]bool, error) {
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = goos, goarch, true
	names := map[string]bool{}
	bp, err := ctx.ImportDir(filepath.Join(ctx.GOROOT, "src", filepath.FromSlash(path)), 0)
	var none *build.NoGoError
	if errors.As(err, &none) {
		return names, nil
	} else if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	for _, file := range slices.Concat(bp.GoFiles, bp.CgoFiles) {
		f, err := parser.ParseFile(fset, filepath.Join(bp.Dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			declared(d, names)
		}
	}
	return names, nil
}

// declared adds the exported names of a declaration.
func declared(d ast.Decl, names map[string]bool) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.IsExported() {
			names[d.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names[s.Name.Name] = true
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names[n.Name] = true
				}
			}
		}
	}
}

// nameable says whether a type can be written outside std: no part of it is unexported or internal.
func nameable(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return true
	}
	seen[t] = true
	all := func(vars *types.Tuple) bool {
		for v := range vars.Variables() {
			if !nameable(v.Type(), seen) {
				return false
			}
		}
		return true
	}
	switch t := t.(type) {
	case *types.Alias:
		return nameableObject(t.Obj()) && nameable(types.Unalias(t), seen)
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if !nameable(arg, seen) {
				return false
			}
		}
		return nameableObject(t.Obj())
	case *types.Map:
		return nameable(t.Key(), seen) && nameable(t.Elem(), seen)
	case *types.Signature:
		return all(t.Params()) && all(t.Results())
	case interface{ Elem() types.Type }:
		return nameable(t.Elem(), seen)
	}
	return true
}

func nameableObject(o *types.TypeName) bool {
	if o.Pkg() == nil {
		return true // universe
	}
	return o.Exported() && !strings.Contains("/"+o.Pkg().Path()+"/", "/internal/") && leftOut[o.Pkg().Path()] == ""
}
