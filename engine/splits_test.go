package engine

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"
)

// A program is one of the corpus: a package main in one file. A line
//
//	//corpus: alone: why
//	//corpus: kept: why
//
// gives each of its splits a new engine, or keeps its declarations as they are
// at the end of the repeated split.
type program struct {
	name, src, want string
	only            []string // the splits to run, all when nil
	alone, kept     bool
	fset            *token.FileSet
	file            *ast.File
	info            *types.Info
}

// The splits of a program over cells.
const (
	splitWhole  = "whole"      // one cell
	splitDecls  = "decls"      // a cell for each declaration, one for main's body
	splitRepeat = "repeated"   // the same, each declared again in the same words and, at the end, in others
	splitStmts  = "statements" // and a cell for each statement of main's body
)

func newProgram(name, src, want string) (*program, error) {
	p := &program{name: name, src: src, want: want, fset: token.NewFileSet()}
	var err error
	if p.file, err = parser.ParseFile(p.fset, name+".go", src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return nil, err
	}
	p.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: stdImporter(), GoVersion: "go1.26"}
	if _, err := conf.Check("main", p.fset, []*ast.File{p.file}, p.info); err != nil {
		return nil, err
	}
	for _, g := range p.file.Comments {
		for _, c := range g.List {
			p.alone = p.alone || strings.HasPrefix(c.Text, "//corpus: alone: ")
			p.kept = p.kept || strings.HasPrefix(c.Text, "//corpus: kept: ")
		}
	}
	return p, nil
}

// stdImporter imports std from source; the packages are shared by all programs.
var stdImporter = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

func (p *program) splits() []string {
	if p.only != nil {
		return p.only
	}
	all := []string{splitWhole, splitDecls, splitRepeat}
	if p.separable() {
		all = append(all, splitStmts)
	}
	return all
}

// separable reports whether main's statements mean the same in cells of their
// own: none is a defer, a label, a goto or a return of main itself.
func (p *program) separable() bool {
	ok := true
	ast.Inspect(p.main().Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt, *ast.ReturnStmt, *ast.LabeledStmt:
			ok = false
		case *ast.CallExpr:
			if id, is := n.Fun.(*ast.Ident); is && id.Name == "recover" {
				ok = false
			}
		}
		return ok
	})
	return ok
}

func (p *program) main() *ast.FuncDecl {
	for _, d := range p.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			return f
		}
	}
	return nil
}

func (p *program) offset(pos token.Pos) int { return p.fset.Position(pos).Offset }

// cells returns the program's cells in a split.
func (p *program) cells(split string) []string {
	if split == splitWhole {
		return []string{p.src}
	}
	imports, decls := p.decls()
	body := p.src[p.offset(p.main().Body.Lbrace)+1 : p.offset(p.main().Body.Rbrace)]
	cells := []string{imports}
	repeated := split != splitRepeat || p.kept
	for _, d := range decls {
		if d.init && !repeated {
			// What init changes must not be declared once more.
			cells, repeated = append(cells, changed(decls)...), true
		}
		cells = append(cells, d.text)
		if split == splitRepeat && d.repeatable {
			cells = append(cells, d.text)
		}
	}
	if !repeated {
		cells = append(cells, changed(decls)...)
	}
	if split != splitStmts {
		return append(cells, body)
	}
	return append(cells, p.statements()...)
}

// statements returns the statements of main's body, with their comments.
func (p *program) statements() []string {
	var out []string
	b := p.main().Body
	from := p.offset(b.Lbrace) + 1
	for i, s := range b.List {
		to := p.offset(s.End())
		if i == len(b.List)-1 {
			to = p.offset(b.Rbrace)
		}
		out = append(out, strings.TrimPrefix(p.src[from:to], ";"))
		from = to
	}
	return out
}

// A declCell is a cell of declarations that need each other.
type declCell struct {
	text       string
	changed    string // as somebody would change it without changing its meaning
	repeatable bool   // running it again changes nothing
	init       bool   // it is a func init
}

// changed returns the cells that may run again, changed: a comment more, lines
// moved down, types and constants in other words.
func changed(decls []declCell) (cells []string) {
	for _, d := range decls {
		if d.repeatable {
			cells = append(cells, "// declared once more\n\n"+d.changed+"\n")
		}
	}
	return cells
}

// decls returns the imports, and the declarations in an order in which each
// uses only what stands before it.
func (p *program) decls() (imports string, cells []declCell) {
	var list []ast.Decl
	for _, d := range p.file.Decls {
		g, ok := d.(*ast.GenDecl)
		switch {
		case ok && g.Tok == token.IMPORT:
			imports += p.declText(d) + "\n"
		case d != ast.Decl(p.main()):
			list = append(list, d)
		}
	}
	for _, group := range p.sorted(list) {
		c := declCell{repeatable: true}
		var texts, changed []string
		for _, i := range group {
			texts = append(texts, p.declText(list[i]))
			changed = append(changed, p.inOtherWords(list[i]))
			if !repeatable(list[i]) {
				c.repeatable = false
			}
			c.init = c.init || isInit(list[i])
		}
		c.text, c.changed = strings.Join(texts, "\n\n"), strings.Join(changed, "\n\n")
		cells = append(cells, c)
	}
	return imports, cells
}

// inOtherWords returns a declaration's text with its types and its constants'
// values in parentheses.
func (p *program) inOtherWords(d ast.Decl) string {
	text, from := p.declText(d), p.offset(d.End())-len(p.declText(d))
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok == token.VAR {
		return text
	}
	var exprs []ast.Expr
	for _, spec := range g.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			exprs = append(exprs, s.Type)
		case *ast.ValueSpec:
			exprs = append(exprs, s.Values...)
		}
	}
	for _, e := range slices.Backward(exprs) {
		lo, hi := p.offset(e.Pos())-from, p.offset(e.End())-from
		text = text[:lo] + "(" + text[lo:hi] + ")" + text[hi:]
	}
	return text
}

func (p *program) declText(d ast.Decl) string {
	lo := d.Pos()
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil {
			lo = d.Doc.Pos()
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			lo = d.Doc.Pos()
		}
	}
	return p.src[p.offset(lo):p.offset(d.End())]
}

// repeatable reports whether a declaration may be run twice: it is no init and
// calls nothing that could have an effect.
func repeatable(d ast.Decl) bool {
	f, ok := d.(*ast.FuncDecl)
	if ok {
		return f.Name.Name != "init"
	}
	g := d.(*ast.GenDecl)
	calls := false
	if g.Tok == token.VAR {
		ast.Inspect(g, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CallExpr:
				id, ok := n.Fun.(*ast.Ident)
				calls = calls || !ok || id.Name != "make" && id.Name != "new"
			}
			return true
		})
	}
	return !calls
}

// sorted groups declarations that need each other (Tarjan's strongly connected
// components) and puts groups after what they use, else in the order of the
// file.
func (p *program) sorted(list []ast.Decl) [][]int {
	needs := p.needs(list)
	const unseen = -1
	index, low := make([]int, len(list)), make([]int, len(list))
	for i := range index {
		index[i] = unseen
	}
	var stack []int
	var groups [][]int
	next := 0
	var visit func(int)
	visit = func(v int) {
		index[v], low[v] = next, next
		next++
		stack = append(stack, v)
		for _, w := range needs[v] {
			if index[w] == unseen {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if slices.Contains(stack, w) {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		at := slices.Index(stack, v)
		group := slices.Clone(stack[at:])
		stack = stack[:at]
		slices.Sort(group)
		groups = append(groups, group)
	}
	for v := range list {
		if index[v] == unseen && !isInit(list[v]) {
			visit(v)
		}
	}
	for v := range list {
		if isInit(list[v]) {
			groups = append(groups, []int{v})
		}
	}
	return groups
}

func isInit(d ast.Decl) bool {
	f, ok := d.(*ast.FuncDecl)
	return ok && f.Recv == nil && f.Name.Name == "init"
}

// needs returns which declarations each one uses; who uses a type uses its
// methods.
func (p *program) needs(list []ast.Decl) [][]int {
	owner := map[types.Object]int{}
	methods := map[types.Object][]int{}
	recvOf := map[int]types.Object{}
	for i, d := range list {
		switch d := d.(type) {
		case *ast.FuncDecl:
			obj := p.info.Defs[d.Name]
			owner[obj] = i
			if r := obj.(*types.Func).Signature().Recv(); r != nil {
				t := r.Type()
				if ptr, ok := t.(*types.Pointer); ok {
					t = ptr.Elem()
				}
				o := t.(*types.Named).Origin().Obj()
				methods[o] = append(methods[o], i)
				recvOf[i] = o
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					owner[p.info.Defs[s.Name]] = i
				case *ast.ValueSpec:
					for _, id := range s.Names {
						owner[p.info.Defs[id]] = i
					}
				}
			}
		}
	}
	out := make([][]int, len(list))
	for i, d := range list {
		if p.handsItselfOver(d) {
			out[i] = append(out[i], methods[recvOf[i]]...)
		}
		ast.Inspect(d, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			obj := p.info.Uses[id]
			if fn, ok := obj.(*types.Func); ok {
				obj = fn.Origin()
			}
			if j, ok := owner[obj]; ok && j != i {
				out[i] = append(out[i], j)
				if !isType(list[i]) && (recvOf[i] != obj || n.Pos() > d.(*ast.FuncDecl).Type.Pos()) {
					for _, m := range methods[obj] {
						if m != i {
							out[i] = append(out[i], m)
						}
					}
				}
			}
			return true
		})
	}
	return out
}

// handsItselfOver reports whether a method uses its receiver as a whole: what
// takes it may need all methods.
func (p *program) handsItselfOver(d ast.Decl) bool {
	fd, ok := d.(*ast.FuncDecl)
	if !ok || fd.Recv == nil || len(fd.Recv.List[0].Names) == 0 {
		return false
	}
	recv := p.info.Defs[fd.Recv.List[0].Names[0]]
	found := false
	ast.Inspect(fd.Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && p.info.Uses[id] == recv {
				return false
			}
		}
		id, ok := n.(*ast.Ident)
		found = found || ok && recv != nil && p.info.Uses[id] == recv
		return true
	})
	return found
}

func isType(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.TYPE
}
