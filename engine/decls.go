package engine

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// A decl is one top-level declaration that lives: a function or method, a type
// (or group of types), or a group of constants.
type decl struct {
	chunk check.Chunk
	names []string       // declared; for a method "T.m"
	objs  []types.Object // what names stand for; empty for a method
	recv  string         // of a method: the receiver's type name
	uses  map[types.Object]bool
	// imports are the packages that it names: path by name.
	imports map[string]string
	unit    *unit
	// check and node are the function itself, nil for other declarations.
	check *check.Unit
	node  *ast.FuncDecl
	// broken says that the declaration no longer compiles: Session.broken says why.
	broken bool
}

// A ledger is the session's declarations.
type ledger struct {
	byName map[string]*decl // functions, types, constants; methods as "T.m"
	order  []*decl          // in order of declaration
}

// clone returns a ledger that can be changed apart.
func (l *ledger) clone() *ledger {
	return &ledger{byName: maps.Clone(l.byName), order: slices.Clone(l.order)}
}

func newLedger() *ledger { return &ledger{byName: map[string]*decl{}} }

// chunkNames returns what a declaration chunk declares, by its syntax.
func chunkNames(c check.Chunk) (names []string, recv string) {
	fset := token.NewFileSet()
	f, err := parseChunk(fset, c)
	if err != nil || len(f.Decls) == 0 {
		return nil, ""
	}
	switch d := f.Decls[0].(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}, ""
		}
		recv = receiverName(d)
		return []string{recv + "." + d.Name.Name}, recv
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					if id.Name != "_" {
						names = append(names, id.Name)
					}
				}
			}
		}
	}
	return names, ""
}

// receiverName returns the type name of a method's receiver.
func receiverName(d *ast.FuncDecl) string {
	if len(d.Recv.List) == 0 {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// aliasOf returns what the chunks declare name as another name of, "" when
// they don't.
func aliasOf(name string, chunks []check.Chunk) string {
	for _, c := range chunks {
		if c.Kind != check.Type || name == "" {
			continue
		}
		f, err := parseChunk(token.NewFileSet(), c)
		if err != nil || len(f.Decls) == 0 {
			continue
		}
		for _, sp := range f.Decls[0].(*ast.GenDecl).Specs {
			if t := sp.(*ast.TypeSpec); t.Name.Name == name && t.Assign.IsValid() && t.TypeParams == nil {
				u := ast.Unparen(t.Type)
				if p, ok := u.(*ast.StarExpr); ok {
					u = ast.Unparen(p.X)
				}
				if id, ok := u.(*ast.Ident); ok {
					return id.Name
				}
			}
		}
	}
	return ""
}

// same returns the living declaration that a chunk declares again, if nothing
// of it changed and imports, path by name, still are what it names. What runs
// must be there word for word and at the same place of its cell, which its
// stacks name; a type or a constant may have moved and have other comments, so
// that values of the type stay what they are.
func (l *ledger) same(c check.Chunk, names []string, imports map[string]string) (*decl, bool) {
	if len(names) == 0 {
		return nil, false
	}
	d := l.byName[names[0]]
	if d == nil || d.broken || len(d.names) != len(names) {
		return nil, false
	}
	for _, n := range names {
		if l.byName[n] != d {
			return nil, false
		}
	}
	for name, path := range d.imports {
		if imports[name] != path {
			return nil, false
		}
	}
	if d.chunk.Line == c.Line && d.chunk.Col == c.Col && strings.TrimSpace(d.chunk.Text) == strings.TrimSpace(c.Text) {
		return d, true
	}
	return d, c.Kind != check.Func && slices.Equal(words(d.chunk.Text), words(c.Text))
}

// words returns a source's tokens without its comments, and without the
// semicolons that may be left out.
func words(src string) (out []string) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(src)), []byte(src), nil, 0)
	for {
		_, tok, lit := s.Scan()
		if n := len(out); n > 0 && out[n-1] == ";" && (tok == token.EOF || tok == token.RBRACE || tok == token.RPAREN) {
			out = out[:n-1]
		}
		switch {
		case tok == token.EOF:
			return out
		case tok == token.SEMICOLON:
			out = append(out, ";") // written or at a line's end
		case lit != "":
			out = append(out, lit)
		default:
			out = append(out, tok.String())
		}
	}
}

// methods returns the living methods of a type.
func (l *ledger) methods(typeName string) []*decl {
	var ms []*decl
	for _, d := range l.order {
		if d.recv == typeName && l.byName[d.names[0]] == d {
			ms = append(ms, d)
		}
	}
	return ms
}

// dependents returns the living declarations that must be compiled again when
// the given objects change, the given names themselves left out: users of
// users, and types with their methods as one. The order is that of declaration.
func (l *ledger) dependents(changed map[types.Object]bool, replaced map[string]bool) []*decl {
	dirty := map[*decl]bool{}
	var add func(d *decl)
	mark := func(obj types.Object) {
		for _, d := range l.order {
			if !dirty[d] && d.uses[obj] && l.alive(d) {
				add(d)
			}
		}
	}
	add = func(d *decl) {
		if dirty[d] || !l.alive(d) {
			return
		}
		dirty[d] = true
		if d.recv != "" {
			if t := l.byName[d.recv]; t != nil {
				add(t)
			}
			return
		}
		for _, n := range d.names {
			for _, m := range l.methods(n) {
				add(m)
			}
		}
		for _, obj := range d.objs {
			mark(obj)
		}
	}
	for obj := range changed {
		mark(obj)
	}
	// A type declared again takes its methods along, and a method its type.
	for name := range replaced {
		for _, m := range l.methods(name) {
			add(m)
		}
		if t, _, ok := strings.Cut(name, "."); ok && !replaced[t] {
			if d := l.byName[t]; d != nil {
				add(d)
			}
		}
	}
	// What could not follow an earlier change is tried again.
	for _, d := range l.order {
		if d.broken && d.usesName(replaced) {
			add(d)
		}
	}
	var out []*decl
	for _, d := range l.order {
		if dirty[d] && !d.overlaps(replaced) {
			out = append(out, d)
		}
	}
	return out
}

// usesName reports whether d uses something of one of the names.
func (d *decl) usesName(names map[string]bool) bool {
	for o := range d.uses {
		if names[o.Name()] {
			return true
		}
	}
	return false
}

func (d *decl) overlaps(names map[string]bool) bool {
	for _, n := range d.names {
		if names[n] {
			return true
		}
	}
	return false
}

// alive reports whether some name still stands for d.
func (l *ledger) alive(d *decl) bool {
	for _, n := range d.names {
		if l.byName[n] == d {
			return true
		}
	}
	return false
}

// put makes d what its names stand for.
func (l *ledger) put(d *decl) {
	for _, n := range d.names {
		l.byName[n] = d
	}
	kept := l.order[:0:0]
	for _, o := range l.order {
		if o != d && l.alive(o) {
			kept = append(kept, o)
		}
	}
	l.order = append(kept, d)
}

// drop forgets a name (and, for a type, its methods).
func (l *ledger) drop(name string) {
	delete(l.byName, name)
	for _, m := range l.methods(name) {
		delete(l.byName, m.names[0])
	}
}

// usesOf returns the session objects that a declaration uses.
func usesOf(u *check.Unit, n ast.Node) map[types.Object]bool {
	uses := map[types.Object]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if obj := u.Info.Uses[id]; obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "main" {
			if fn, ok := obj.(*types.Func); ok {
				obj = fn.Origin()
			}
			if s := u.Shadow[obj]; s != nil {
				obj = s
			}
			uses[obj] = true
		}
		return true
	})
	return uses
}

// importsOf returns the packages that a declaration names: path by name.
func importsOf(u *check.Unit, n ast.Node) map[string]string {
	imports := map[string]string{}
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if pkg, ok := u.Info.Uses[id].(*types.PkgName); ok {
				imports[pkg.Name()] = pkg.Imported().Path()
			}
		}
		return true
	})
	return imports
}

// chunkImports returns the paths an import chunk names.
func chunkImports(c check.Chunk) []string {
	f, err := parseChunk(token.NewFileSet(), c)
	if err != nil {
		return nil
	}
	var paths []string
	for _, im := range f.Imports {
		if p, err := strconv.Unquote(im.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// newDecls returns the decl of every declaration chunk of a checked unit.
func (s *Session) newDecls(u *check.Unit, chunks []check.Chunk) []*decl {
	byName := map[string]check.Chunk{}
	for _, ch := range chunks {
		if ch.Kind == check.Func || ch.Kind == check.Type || ch.Kind == check.Const {
			names, _ := chunkNames(ch)
			if len(names) > 0 {
				byName[names[0]] = ch
			}
		}
	}
	var out []*decl
	for _, n := range u.File.Decls {
		d := &decl{uses: usesOf(u, n), imports: importsOf(u, n)}
		key := ""
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n == u.Run {
				continue
			}
			d.check, d.node = u, n
			if n.Recv != nil {
				d.recv = receiverName(n)
				key = d.recv + "." + n.Name.Name
				if base := receiverType(u, n); base != "" {
					d.recv = base
				}
				d.names = []string{d.recv + "." + n.Name.Name}
			} else {
				d.names = []string{n.Name.Name}
				if o := u.Info.Defs[n.Name]; o != nil && n.Name.Name != "init" && n.Name.Name != "_" {
					d.objs = []types.Object{o}
				}
			}
		case *ast.GenDecl:
			if n.Tok != token.TYPE && n.Tok != token.CONST {
				continue
			}
			d.names, d.objs = specNames(u, n)
		}
		if len(d.names) == 0 || d.names[0] == "init" || d.names[0] == "_" {
			continue
		}
		if key == "" {
			key = d.names[0]
		}
		ch, ok := byName[key]
		if !ok {
			continue
		}
		d.chunk = ch
		out = append(out, d)
	}
	return out
}

// receiverType returns the name of the type that a method belongs to, which an
// alias may hide; "" when the checker found none.
func receiverType(u *check.Unit, n *ast.FuncDecl) string {
	fn, ok := u.Info.Defs[n.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return ""
	}
	t := types.Unalias(fn.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

func specNames(u *check.Unit, g *ast.GenDecl) (names []string, objs []types.Object) {
	for _, sp := range g.Specs {
		var ids []*ast.Ident
		switch sp := sp.(type) {
		case *ast.TypeSpec:
			ids = []*ast.Ident{sp.Name}
		case *ast.ValueSpec:
			ids = sp.Names
		}
		for _, id := range ids {
			if id.Name == "_" {
				continue
			}
			names = append(names, id.Name)
			if o := u.Info.Defs[id]; o != nil {
				objs = append(objs, o)
			}
		}
	}
	return names, objs
}

func parseChunk(fset *token.FileSet, c check.Chunk) (*ast.File, error) {
	return parser.ParseFile(fset, "", "package p\n"+c.Text, parser.SkipObjectResolution)
}
