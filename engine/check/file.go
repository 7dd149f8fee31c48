package check

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// RunFunc is the name of the function that holds a cell's statements in its
// virtual file. Names that begin with "gbz" are GoBlaze's own.
const RunFunc = "gbz_run"

// OuterPrefix starts the name under which an earlier variable is in scope
// beside a new one of the same name.
const OuterPrefix = "gbo_"

// genFile is the file name of what stands in no cell.
const genFile = "/goblaze/generated"

// A virtual is a cell laid out as a Go file: imports, declarations, and the
// statements as the body of RunFunc, each with a line directive of its cell.
type virtual struct {
	buf bytes.Buffer
	// shadows is the range of the shadow declarations (see shadowDecls), whose
	// errors are said where the original stands.
	shadowLo, shadowHi int
}

// lineDirective returns the comment that says where the next byte stands.
func lineDirective(file string, line, col int) string {
	return fmt.Sprintf("/*line %s:%d:%d*/", file, line, col)
}

func (v *virtual) chunk(c Chunk) {
	fmt.Fprintf(&v.buf, "%s%s\n", lineDirective(c.File, c.Line, c.Col), withoutDirectives(c.Text))
}

// ownFiles begins the names of files in the directives that the session writes
// into the text of cells itself, as where a loop runs in parallel.
const ownFiles = "/goblaze/"

// withoutDirectives returns Go text of the same length whose line directives
// are ordinary comments, but for the session's own: lines are the cell's,
// whatever a cell says of them.
func withoutDirectives(text string) string {
	if !strings.Contains(text, "/*line ") && !strings.Contains(text, "//line ") {
		return text
	}
	out := []byte(text)
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return string(out)
		}
		if tok == token.COMMENT && strings.HasPrefix(lit[2:], "line ") && !strings.HasPrefix(lit[2:], "line "+ownFiles) {
			out[file.Offset(pos)+2] = 'L'
		}
	}
}

func (v *virtual) generated() { v.buf.WriteString(lineDirective(genFile, 1, 1)) }

// layout writes the virtual file. When packageVars is set, var declarations
// stand at package level, in whatever order; else they are statements.
func layout(req *Request, imports []ImportSpec, packageVars bool, shadows, outer []string) *virtual {
	v := &virtual{}
	v.buf.WriteString("package main\n")
	v.generated()
	for _, im := range imports {
		fmt.Fprintf(&v.buf, "import %s %q\n", im.Name, im.Path)
	}
	for _, c := range req.Chunks {
		if c.Kind == Import {
			v.chunk(c)
		}
	}
	v.generated()
	v.shadowLo = v.buf.Len()
	for _, s := range shadows {
		v.buf.WriteString(s + "\n")
	}
	v.shadowHi = v.buf.Len()
	for _, c := range append(req.Extra[:len(req.Extra):len(req.Extra)], req.Chunks...) {
		if isDecl(c.Kind, packageVars) {
			v.chunk(c)
		}
	}
	v.generated()
	// The statements stand in a block of their own: around it, earlier
	// variables whose names they declare again are visible until then.
	fmt.Fprintf(&v.buf, "func %s() {\n", RunFunc)
	for _, name := range outer {
		fmt.Fprintf(&v.buf, "%s := %s%s\n", name, OuterPrefix, name)
	}
	v.buf.WriteString("{\n")
	ofC := usesC(req)
	for _, c := range req.Chunks {
		if c.Kind == Stmt || c.Kind == Var && !packageVars {
			if ofC && c.Kind == Stmt {
				c.Text = typedByC(req, c)
			}
			v.chunk(c)
		}
	}
	v.generated()
	v.buf.WriteString("}\n}\n")
	return v
}

func isDecl(k Kind, packageVars bool) bool {
	return k == Func || k == Type || k == Const || k == Var && packageVars
}

// parseVirtual parses the laid-out file.
func parseVirtual(v *virtual) (*token.FileSet, *ast.File, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "virtual.go", v.buf.Bytes(), parser.ParseComments|parser.SkipObjectResolution|parser.AllErrors)
	return fset, f, err
}

// An ImportSpec is one import of the session: Name is never empty.
type ImportSpec struct{ Name, Path string }

// selectorRoots returns every identifier that stands before a dot in the
// chunks, by a scan of the syntax: a superset of the packages they use.
func selectorRoots(f *ast.File) map[string]bool {
	roots := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				roots[id.Name] = true
			}
		}
		return true
	})
	return roots
}

// declared returns the names that f declares at package level, without
// methods, init and the blank name.
func declared(f *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name != "init" {
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
	delete(names, "_")
	delete(names, RunFunc)
	return names
}

// ImportsOf returns f's own imports under the names by which they are visible.
func ImportsOf(f *ast.File, imp types.Importer) []ImportSpec {
	var specs []ImportSpec
	for _, im := range f.Imports {
		path, err := strconv.Unquote(im.Path.Value)
		if err != nil {
			continue
		}
		name := ""
		if im.Name != nil {
			name = im.Name.Name
		} else {
			name = packageName(imp, path)
		}
		specs = append(specs, ImportSpec{Name: name, Path: path})
	}
	return specs
}

// runList returns the statements of RunFunc.
func runList(f *ast.File) []ast.Stmt {
	list := runBody(f).Body.List
	return list[len(list)-1].(*ast.BlockStmt).List
}

// runBody returns RunFunc's declaration.
func runBody(f *ast.File) *ast.FuncDecl {
	for _, d := range f.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Name.Name == RunFunc && fd.Recv == nil {
			return fd
		}
	}
	return nil
}

// shadowDecls returns package-level spellings of the variables that the
// statements declare and that a declaration of the same cell mentions, so that
// its body can be checked: `x := f()` becomes `var x = f()`. They type the
// bodies and are never compiled.
func shadowDecls(f *ast.File, src []byte, fset *token.FileSet, typeOf map[string]string) (decls, names []string) {
	mentioned := map[string]bool{}
	for _, d := range f.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Name.Name == RunFunc && fd.Recv == nil {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				mentioned[id.Name] = true
			}
			return true
		})
	}
	text := func(n ast.Node) string {
		lo, hi := fset.PositionFor(n.Pos(), false).Offset, fset.PositionFor(n.End(), false).Offset
		return string(src[lo:hi])
	}
	have := declared(f)
	for _, s := range runList(f) {
		for _, ds := range declStmt(s) {
			for _, n := range ds.Names {
				if n.Name != "_" && mentioned[n.Name] && !have[n.Name] {
					names = append(names, n.Name)
				}
			}
			if d := shadowOf(ds, mentioned, have, typeOf, text); d != "" {
				decls = append(decls, d)
			}
		}
	}
	return decls, names
}

// shadowOf returns the shadow of one declaration. Where a value mentions the
// name itself, its type must be known (from a check without the bodies).
func shadowOf(ds *ast.ValueSpec, mentioned, have map[string]bool, typeOf map[string]string, text func(ast.Node) string) string {
	lhs := make([]string, len(ds.Names))
	var wanted []string
	for i, n := range ds.Names {
		lhs[i] = "_"
		if n.Name != "_" && mentioned[n.Name] && !have[n.Name] {
			lhs[i] = n.Name
			wanted = append(wanted, n.Name)
			have[n.Name] = true
		}
	}
	if len(wanted) == 0 {
		return ""
	}
	if ds.Type == nil && mentionsAny(ds.Values, wanted) {
		var typed []string
		for _, n := range wanted {
			if t := typeOf[n]; t != "" {
				typed = append(typed, "var "+n+" "+t)
			}
		}
		return strings.Join(typed, "\n")
	}
	d := "var " + strings.Join(lhs, ", ")
	if ds.Type != nil {
		return d + " " + text(ds.Type)
	}
	vals := make([]string, len(ds.Values))
	for i, v := range ds.Values {
		vals[i] = text(v)
	}
	return d + " = " + strings.Join(vals, ", ")
}

func mentionsAny(values []ast.Expr, names []string) bool {
	found := false
	for _, v := range values {
		ast.Inspect(v, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				found = found || slices.Contains(names, id.Name)
			}
			return !found
		})
	}
	return found
}

// declStmt returns what a statement declares in its own block: the names of a
// := or var, with their values and written type.
func declStmt(s ast.Stmt) []*ast.ValueSpec {
	for {
		l, ok := s.(*ast.LabeledStmt)
		if !ok {
			break
		}
		s = l.Stmt
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return nil
		}
		spec := &ast.ValueSpec{Values: s.Rhs}
		for _, l := range s.Lhs {
			if id, ok := l.(*ast.Ident); ok {
				spec.Names = append(spec.Names, id)
			}
		}
		return []*ast.ValueSpec{spec}
	case *ast.DeclStmt:
		g, ok := s.Decl.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			return nil
		}
		var specs []*ast.ValueSpec
		for _, sp := range g.Specs {
			specs = append(specs, sp.(*ast.ValueSpec))
		}
		return specs
	}
	return nil
}
