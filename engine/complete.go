package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
	"unicode"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

// A Completion is one way to go on at the cursor.
type Completion struct {
	Text      string // replaces the word at the cursor
	Kind      string // function, method, field, instance, class, constant, module, keyword, path
	Signature string // of a function its parameters and results, else the type; may be empty

	rank int // lower is offered first
}

// The ranks of completions, what is nearest first.
const (
	rankExpected = iota // keys of the composite literal at the cursor
	rankLocal
	rankSession
	rankImported
	rankUniverse
	rankKeyword
	rankPackage // of std, not imported yet
)

// Complete proposes how code goes on at the cursor, both in code points. The
// proposals replace [start, end), the best first. It answers while a cell runs
// and leaves the session as it is; an unfinished cell costs about as much as a
// check of it.
func (s *Session) Complete(code string, cursor int) (list []Completion, start, end int) {
	runes := []rune(code)
	cursor = max(0, min(cursor, len(runes)))
	start = cursor
	for start > 0 && isWord(runes[start-1]) {
		start--
	}
	at, word := len(string(runes[:cursor])), len(string(runes[:start]))
	text, ok := goText(string(runes), at) // not code: its offsets differ where it is no valid UTF-8
	if !ok {
		return nil, cursor, cursor
	}
	h := scanHead(text[:at])
	if h.importPath {
		list, start = completePaths(h.literal), cursor-len([]rune(h.literal))
		return list, start, cursor
	}
	if h.quiet || start < cursor && unicode.IsDigit(runes[start]) {
		return nil, cursor, cursor
	}
	v := s.view()
	prefix := string(runes[start:cursor])
	list = v.complete(text, word, at, prefix)
	return matching(list, prefix), start, cursor
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// matching keeps what begins with prefix: exact case before folded case, then
// by rank, then by name.
func matching(list []Completion, prefix string) []Completion {
	sort.SliceStable(list, func(i, j int) bool { return list[i].rank < list[j].rank })
	var exact, folded []Completion
	seen := map[string]bool{}
	for _, c := range list {
		switch {
		case seen[c.Text] || c.Text == "_" || strings.HasPrefix(c.Text, "gbz") || strings.HasPrefix(c.Text, "gbo_"):
		case strings.HasPrefix(c.Text, prefix):
			exact = append(exact, c)
		case len(c.Text) >= len(prefix) && strings.EqualFold(c.Text[:len(prefix)], prefix):
			folded = append(folded, c)
		}
		seen[c.Text] = true
	}
	for _, part := range [][]Completion{exact, folded} {
		sort.SliceStable(part, func(i, j int) bool {
			if part[i].rank != part[j].rank {
				return part[i].rank < part[j].rank
			}
			return part[i].Text < part[j].Text
		})
	}
	return append(exact, folded...)
}

// completePaths lists the packages whose import path begins with a text.
func completePaths(prefix string) []Completion {
	var out []Completion
	for _, p := range append(stdinfo.Packages(), displayPath, vectorizerPath) {
		if strings.HasPrefix(p, prefix) {
			out = append(out, Completion{Text: p, Kind: "path"})
		}
	}
	return out
}

// complete lists what may stand at the word that begins at an offset of the
// cell; at is the cursor.
func (v *view) complete(text string, word, at int, prefix string) []Completion {
	u, path := v.markAt(text, word, at)
	if u == nil && strings.HasSuffix(strings.TrimSpace(text[:word]), ".") {
		return nil
	}
	if u == nil {
		return v.names(v.scope, prefix, true)
	}
	mark := path[len(path)-1]
	switch parent := path[len(path)-2].(type) {
	case *ast.SelectorExpr:
		if parent.Sel == mark {
			return v.selectable(u.Info, parent.X)
		}
	case *ast.CompositeLit:
		return append(missingKeys(u.Info, parent, mark), v.visible(u, path, prefix)...)
	case *ast.KeyValueExpr:
		if lit, ok := path[len(path)-3].(*ast.CompositeLit); ok && parent.Key == mark {
			return append(missingKeys(u.Info, lit, mark), v.visible(u, path, prefix)...)
		}
	case *ast.FuncDecl, *ast.TypeSpec, *ast.LabeledStmt:
		if declares(parent, mark) {
			return nil
		}
	}
	return v.visible(u, path, prefix)
}

// declares reports whether the identifier is the new name of a declaration.
func declares(n, id ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Name == id
	case *ast.TypeSpec:
		return n.Name == id
	case *ast.LabeledStmt:
		return false // a label is also a name that somebody begins to write
	}
	return false
}

// selectable lists what may follow an expression and a dot.
func (v *view) selectable(info *types.Info, x ast.Expr) []Completion {
	if id, ok := ast.Unparen(x).(*ast.Ident); ok {
		switch o := info.Uses[id].(type) {
		case *types.PkgName:
			return exportedNames(o.Imported())
		case nil:
			return v.packageMembers(id.Name)
		}
	}
	tv, ok := info.Types[x]
	if !ok || tv.Type == nil || tv.Type == types.Typ[types.Invalid] {
		return nil
	}
	return membersOf(tv.Type, tv.IsType())
}

// packageMembers lists the members of every package that a name may mean.
func (v *view) packageMembers(name string) []Completion {
	var out []Completion
	for _, p := range v.packages(name) {
		out = append(out, exportedNames(p)...)
	}
	return out
}

func exportedNames(p *types.Package) []Completion {
	var out []Completion
	for _, n := range p.Scope().Names() {
		if ast.IsExported(n) {
			out = append(out, completion(p.Scope().Lookup(n), 0))
		}
	}
	return out
}

// completion describes an object.
func completion(o types.Object, rank int) Completion {
	c := Completion{Text: o.Name(), Kind: "instance", rank: rank}
	switch o := o.(type) {
	case *types.Func:
		c.Kind, c.Signature = "function", strings.TrimPrefix(types.TypeString(o.Type(), qualifier), "func")
		if o.Signature().Recv() != nil {
			c.Kind = "method"
		}
	case *types.Builtin:
		c.Kind = "function"
	case *types.TypeName:
		c.Kind = "class"
	case *types.Const:
		c.Kind, c.Signature = "constant", types.TypeString(o.Type(), qualifier)
	case *types.PkgName:
		c.Kind, c.Signature = "module", o.Imported().Path()
	case *types.Var:
		if o.IsField() {
			c.Kind = "field"
		}
		c.Signature = types.TypeString(o.Type(), qualifier)
		if f, ok := o.Type().Underlying().(*types.Signature); ok && !o.IsField() {
			c.Kind, c.Signature = "function", strings.TrimPrefix(types.TypeString(f, qualifier), "func")
		}
	}
	return c
}

// missingKeys lists the fields that a composite literal of a struct does not
// name yet; none when its elements have no keys.
func missingKeys(info *types.Info, lit *ast.CompositeLit, mark ast.Node) []Completion {
	st := structOf(info.TypeOf(lit))
	if st == nil {
		return nil
	}
	named := map[string]bool{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		switch {
		case ok && kv.Key != mark:
			if id, ok := kv.Key.(*ast.Ident); ok {
				named[id.Name] = true
			}
		case !ok && e != mark:
			return nil
		}
	}
	var out []Completion
	for i := range st.NumFields() {
		if f := st.Field(i); reachable(f) && !named[f.Name()] {
			out = append(out, completion(f, rankExpected))
		}
	}
	return out
}

// structOf returns the struct that t is or points to, nil for other types.
func structOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// reachable reports whether code of a cell may name a field or method.
func reachable(o types.Object) bool {
	return o.Exported() || o.Pkg() != nil && o.Pkg().Path() == "main"
}

// membersOf lists the fields and methods of a value of type t, promoted ones
// behind the type's own; of a type itself only the methods.
func membersOf(t types.Type, isType bool) []Completion {
	var out []Completion
	if !isType {
		out = fieldsOf(t, 0, map[types.Type]bool{})
	}
	ptr := t
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) {
		ptr = types.NewPointer(t)
	}
	set := types.NewMethodSet(ptr)
	for i := range set.Len() {
		if sel := set.At(i); reachable(sel.Obj()) {
			out = append(out, completion(sel.Obj(), len(sel.Index())-1))
		}
	}
	return out
}

// maxEmbedded bounds how deep promoted fields are looked for.
const maxEmbedded = 5

func fieldsOf(t types.Type, depth int, seen map[types.Type]bool) []Completion {
	st := structOf(t)
	if st == nil || depth > maxEmbedded || seen[t] {
		return nil
	}
	seen[t] = true
	var out []Completion
	for i := range st.NumFields() {
		f := st.Field(i)
		if reachable(f) {
			out = append(out, completion(f, depth))
		}
		if f.Embedded() {
			out = append(out, fieldsOf(f.Type(), depth+1, seen)...)
		}
	}
	return out
}

// visible lists the names that are in scope at the mark, and keywords.
func (v *view) visible(u *check.Unit, path []ast.Node, prefix string) []Completion {
	mark := path[len(path)-1]
	var out []Completion
	inner := u.Pkg.Scope().Innermost(mark.Pos())
	for s := inner; s != nil && s != u.Pkg.Scope() && s != u.Info.Scopes[u.File]; s = s.Parent() {
		for _, n := range s.Names() {
			if _, o := inner.LookupParent(n, mark.Pos()); o == s.Lookup(n) {
				out = append(out, completion(o, rankLocal))
			}
		}
	}
	scope := map[string]types.Object{}
	for _, n := range u.Pkg.Scope().Names() {
		scope[n] = u.Pkg.Scope().Lookup(n)
	}
	for _, s := range u.Imports {
		out = append(out, Completion{Text: s.Name, Kind: "module", Signature: s.Path, rank: rankImported})
	}
	if isTypePlace(path) {
		return append(typesOnly(out), typesOnly(v.names(scope, prefix, false))...)
	}
	_, statement := path[len(path)-2].(*ast.ExprStmt)
	return append(out, v.names(scope, prefix, statement)...)
}

// isTypePlace reports whether only a type may stand at the end of the path.
func isTypePlace(path []ast.Node) bool {
	id := path[len(path)-1]
	switch p := path[len(path)-2].(type) {
	case *ast.Field:
		return p.Type == id
	case *ast.ValueSpec:
		return p.Type == id
	case *ast.TypeSpec:
		return p.Type == id
	case *ast.ArrayType:
		return p.Elt == id
	case *ast.MapType, *ast.ChanType:
		return true
	case *ast.TypeAssertExpr:
		return p.Type == id
	}
	return false
}

// typesOnly keeps what a type may begin with.
func typesOnly(list []Completion) []Completion {
	var out []Completion
	for _, c := range list {
		if c.Kind == "class" || c.Kind == "module" || c.Kind == "keyword" && typeKeywords[c.Text] {
			out = append(out, c)
		}
	}
	return out
}

var typeKeywords = map[string]bool{"chan": true, "func": true, "interface": true, "map": true, "struct": true}

// names lists the names of a package scope, packages, predeclared names and
// keywords: where a statement may stand all of them, else those of expressions.
func (v *view) names(scope map[string]types.Object, prefix string, statement bool) []Completion {
	var out []Completion
	for _, o := range scope {
		out = append(out, completion(o, rankSession))
	}
	for n, p := range v.imports {
		out = append(out, Completion{Text: n, Kind: "module", Signature: p, rank: rankImported})
	}
	for _, n := range types.Universe.Names() {
		out = append(out, completion(types.Universe.Lookup(n), rankUniverse))
	}
	for t := token.BREAK; t <= token.VAR; t++ {
		if word := t.String(); statement || typeKeywords[word] || word == "range" {
			out = append(out, Completion{Text: word, Kind: "keyword", rank: rankKeyword})
		}
	}
	if prefix == "" {
		return out // all of std would hide the rest
	}
	for _, p := range append(stdinfo.Packages(), displayPath, vectorizerPath) {
		out = append(out, Completion{Text: packageName(p), Kind: "module", Signature: p, rank: rankPackage})
	}
	return out
}

// packageName is the name of a package that cells may use without an import.
func packageName(path string) string {
	if n := stdinfo.Name(path); n != "" {
		return n
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}
