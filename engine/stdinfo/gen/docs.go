package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"strings"
)

// note is the documentation of one object: the JSON that stdinfo.Note reads.
type note struct {
	Signature string `json:"s,omitempty"`
	Text      string `json:"d,omitempty"`
}

// documenter collects the notes of one package by name: "" for the package, "Name", and "Type.Member" for methods,
// interface methods and struct fields.
type documenter struct {
	fset  *token.FileSet
	pkg   *types.Package // nil for builtin
	notes map[string]note
}

// documentation returns the notes of a package as JSON.
func documentation(p listed, pkg *types.Package) ([]byte, error) {
	d := documenter{fset: token.NewFileSet(), pkg: pkg, notes: map[string]note{}}
	var files []*ast.File
	for _, name := range p.files() {
		f, err := parser.ParseFile(d.fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	var mode doc.Mode
	if pkg == nil || pkg == types.Unsafe {
		mode = doc.AllDecls // builtin's names are written small
	}
	dp, err := doc.NewFromFiles(d.fset, files, p.ImportPath, mode)
	if err != nil {
		return nil, err
	}
	d.notes[""] = note{"package " + dp.Name, clean(dp.Doc)}
	d.values(dp.Consts)
	d.values(dp.Vars)
	d.funcs("", dp.Funcs)
	for _, t := range dp.Types {
		d.typ(t)
	}
	return json.Marshal(d.notes)
}

// clean drops blanks at the end.
func clean(text string) string { return strings.TrimRight(text, " \n") }

// values notes constants and variables; one without a comment of its own has its group's.
func (d *documenter) values(groups []*doc.Value) {
	for _, g := range groups {
		for _, s := range g.Decl.Specs {
			spec, ok := s.(*ast.ValueSpec)
			if !ok {
				continue
			}
			text := spec.Doc.Text()
			if text == "" {
				text = spec.Comment.Text()
			}
			if text == "" {
				text = g.Doc
			}
			for _, name := range spec.Names {
				if name.Name != "_" {
					d.notes[name.Name] = note{d.valueSignature(g.Decl.Tok, name.Name, spec), clean(text)}
				}
			}
		}
	}
}

// valueSignature writes a constant with its value, a variable with its type.
func (d *documenter) valueSignature(tok token.Token, name string, spec *ast.ValueSpec) string {
	if d.pkg == nil || d.pkg.Scope().Lookup(name) == nil {
		return tok.String() + " " + d.source(spec)
	}
	obj := d.pkg.Scope().Lookup(name)
	typ := types.TypeString(obj.Type(), d.qualify)
	c, ok := obj.(*types.Const)
	if !ok {
		return fmt.Sprintf("var %s %s", name, typ)
	}
	if b, ok := c.Type().(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return fmt.Sprintf("const %s = %s", name, c.Val())
	}
	return fmt.Sprintf("const %s %s = %s", name, typ, c.Val())
}

// qualify writes other packages by name, this one not at all.
func (d *documenter) qualify(p *types.Package) string {
	if p == d.pkg {
		return ""
	}
	return p.Name()
}

// funcs notes functions, or the methods of a type when prefix is "Type.".
func (d *documenter) funcs(prefix string, funcs []*doc.Func) {
	for _, f := range funcs {
		decl := *f.Decl
		decl.Doc, decl.Body = nil, nil
		d.notes[prefix+f.Name] = note{d.source(&decl), clean(f.Doc)}
	}
}

// typ notes a type, its constants, variables, constructors and members.
func (d *documenter) typ(t *doc.Type) {
	d.values(t.Consts)
	d.values(t.Vars)
	d.funcs("", t.Funcs)
	d.funcs(t.Name+".", t.Methods)
	for _, s := range t.Decl.Specs {
		spec, ok := s.(*ast.TypeSpec)
		if !ok || spec.Name.Name != t.Name {
			continue
		}
		bare := *spec
		bare.Doc, bare.Comment = nil, nil
		d.notes[t.Name] = note{"type " + d.source(&bare), clean(t.Doc)}
		switch u := spec.Type.(type) {
		case *ast.StructType:
			d.fields(t.Name, u.Fields)
		case *ast.InterfaceType:
			d.methods(t.Name, u.Methods)
		}
	}
}

// fields notes the exported fields of a struct that have a comment; the others show in the type's own signature.
func (d *documenter) fields(typ string, list *ast.FieldList) {
	for _, field := range list.List {
		text := comment(field)
		for _, name := range field.Names {
			if name.IsExported() && text != "" {
				d.notes[typ+"."+name.Name] = note{"field " + name.Name + " " + d.source(field.Type), text}
			}
		}
	}
}

// methods notes the exported methods of an interface.
func (d *documenter) methods(typ string, list *ast.FieldList) {
	for _, field := range list.List {
		for _, name := range field.Names {
			if name.IsExported() {
				rest := strings.TrimPrefix(d.source(field.Type), "func")
				d.notes[typ+"."+name.Name] = note{"func (" + typ + ") " + name.Name + rest, comment(field)}
			}
		}
	}
}

// comment returns what is written above a field, else what is written beside it.
func comment(field *ast.Field) string {
	if text := field.Doc.Text(); text != "" {
		return clean(text)
	}
	return clean(field.Comment.Text())
}

// source prints a node as gofmt would.
func (d *documenter) source(node any) string {
	var b bytes.Buffer
	cfg := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := cfg.Fprint(&b, d.fset, node); err != nil {
		panic(fmt.Sprintf("printing %T: %v", node, err)) // go/doc hands out only what go/printer prints
	}
	return b.String()
}
