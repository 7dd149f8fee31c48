package engine

import (
	"go/ast"
	"go/parser"
	"go/scanner"
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
	Kind      string // function, instance, type, constant, module, keyword, field, method
	Signature string
}

// Complete proposes how code goes on at the cursor, both in code points. The
// proposals replace [start, end). It answers while a cell runs.
func (s *Session) Complete(code string, cursor int) (list []Completion, start, end int) {
	runes := []rune(code)
	cursor = max(0, min(cursor, len(runes)))
	start = cursor
	for start > 0 && isWord(runes[start-1]) {
		start--
	}
	prefix := string(runes[start:cursor])
	before := string(runes[:start])
	v := s.view(code)
	if base, ok := strings.CutSuffix(strings.TrimRight(before, " \t\n"), "."); ok {
		list = v.members(operand(base), before+"_"+string(runes[cursor:]))
	} else {
		list = v.names(before)
	}
	return matching(list, prefix), start, cursor
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// matching keeps what begins with prefix, exact case first.
func matching(list []Completion, prefix string) []Completion {
	var exact, folded []Completion
	seen := map[string]bool{}
	for _, c := range list {
		switch {
		case seen[c.Text] || strings.HasPrefix(c.Text, "gbz"):
		case strings.HasPrefix(c.Text, prefix):
			exact = append(exact, c)
		case len(c.Text) >= len(prefix) && strings.EqualFold(c.Text[:len(prefix)], prefix):
			folded = append(folded, c)
		}
		seen[c.Text] = true
	}
	sort.SliceStable(exact, func(i, j int) bool { return exact[i].Text < exact[j].Text })
	sort.SliceStable(folded, func(i, j int) bool { return folded[i].Text < folded[j].Text })
	return append(exact, folded...)
}

// operand returns the expression that ends a text: what stands before a dot.
func operand(text string) string {
	depth := 0
	runes := []rune(text)
	i := len(runes)
	for i > 0 {
		r := runes[i-1]
		switch {
		case r == ')' || r == ']' || r == '}':
			depth++
		case r == '(' || r == '[' || r == '{':
			if depth == 0 {
				return strings.TrimSpace(string(runes[i:]))
			}
			depth--
		case depth == 0 && !isWord(r) && r != '.' && r != '"' && r != '`':
			return strings.TrimSpace(string(runes[i:]))
		}
		i--
	}
	return strings.TrimSpace(string(runes))
}

// A view is what names mean while the user types: a snapshot of the session
// with what the unfinished cell declares.
type view struct {
	s       *Session
	scope   map[string]types.Object
	imports map[string]string
	code    string
	file    *ast.File // the cell, as far as it parses
}

func (s *Session) view(code string) *view {
	v := &view{s: s, scope: map[string]types.Object{}, imports: map[string]string{}, code: code}
	s.mu.Lock()
	for n, o := range s.scope {
		v.scope[n] = o
	}
	for n, p := range s.imports {
		v.imports[n] = p
	}
	s.mu.Unlock()
	return v
}

// pkg returns the package a name stands for.
func (v *view) pkg(name string) *types.Package {
	path := v.imports[name]
	if path == "" {
		for _, p := range cellImports(v.code) {
			if base := p[strings.LastIndexByte(p, '/')+1:]; base == name || stdinfo.Name(p) == name {
				path = p
			}
		}
	}
	if path == "" {
		if all := stdinfo.ByName(name); len(all) > 0 {
			path = all[0]
		}
	}
	if path == "" {
		return nil
	}
	p, err := v.s.importer.Import(path)
	if err != nil {
		return nil
	}
	return p
}

// cellImports returns the import paths an unfinished cell names.
func cellImports(code string) []string {
	var paths []string
	chunks, err := check.Split(check.Source{Text: code})
	if err != nil {
		return nil
	}
	for _, ch := range chunks {
		if ch.Kind == check.Import {
			paths = append(paths, chunkImports(ch)...)
		}
	}
	return paths
}

// members lists what may follow expr and a dot.
func (v *view) members(expr, _ string) []Completion {
	if token.IsIdentifier(expr) && v.scope[expr] == nil {
		if p := v.pkg(expr); p != nil && v.typeOf(expr) == nil {
			return exportedNames(p)
		}
	}
	t := v.typeOf(expr)
	if t == nil {
		return nil
	}
	return membersOf(t)
}

func exportedNames(p *types.Package) []Completion {
	var out []Completion
	for _, n := range p.Scope().Names() {
		if ast.IsExported(n) {
			out = append(out, completion(p.Scope().Lookup(n)))
		}
	}
	return out
}

func completion(o types.Object) Completion {
	c := Completion{Text: o.Name(), Kind: "instance"}
	switch o := o.(type) {
	case *types.Func:
		c.Kind, c.Signature = "function", strings.TrimPrefix(types.TypeString(o.Type(), qualifier), "func")
		if o.Signature().Recv() != nil {
			c.Kind = "method"
		}
	case *types.TypeName:
		c.Kind = "class"
	case *types.Const:
		c.Kind = "constant"
	case *types.PkgName:
		c.Kind = "module"
	case *types.Var:
		if o.IsField() {
			c.Kind = "field"
		}
		c.Signature = types.TypeString(o.Type(), qualifier)
	}
	return c
}

// membersOf lists fields and methods, promoted ones too.
func membersOf(t types.Type) []Completion {
	var out []Completion
	reachable := func(o types.Object) bool {
		return o.Exported() || o.Pkg() != nil && o.Pkg().Path() == "main"
	}
	ptr := t
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) {
		ptr = types.NewPointer(t)
	}
	set := types.NewMethodSet(ptr)
	for i := range set.Len() {
		if o := set.At(i).Obj(); reachable(o) {
			out = append(out, completion(o))
		}
	}
	var fields func(types.Type, int)
	fields = func(t types.Type, depth int) {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok || depth > 4 {
			return
		}
		for i := range st.NumFields() {
			f := st.Field(i)
			if reachable(f) {
				out = append(out, completion(f))
			}
			if f.Embedded() {
				fields(f.Type(), depth+1)
			}
		}
	}
	fields(t, 0)
	return out
}

// typeOf returns the type of an expression in the session, with what the
// statements of the cell before it declare.
func (v *view) typeOf(expr string) types.Type {
	if _, err := parser.ParseExpr(expr); err != nil || expr == "" {
		return nil
	}
	u := v.check("gbz_x := " + expr)
	if u == nil {
		return nil
	}
	for _, x := range u.Vars {
		if x.Name() == "gbz_x" && x.Type() != types.Typ[types.Invalid] {
			return x.Type()
		}
	}
	return nil
}

// check checks the complete chunks of the cell followed by a statement; what
// is wrong elsewhere in an unfinished cell does not matter.
func (v *view) check(stmt string) *check.Unit {
	extra := check.Chunk{Kind: check.Stmt, Text: stmt, File: "/goblaze/generated", Line: 1, Col: 1}
	for _, with := range []bool{true, false} {
		var chunks []check.Chunk
		if with {
			chunks = completeChunks(v.code)
		}
		u, _ := check.Tolerant(check.Request{Chunks: append(chunks, extra), Scope: v.scope, Imports: v.imports, Importer: v.s.importer,
			Suggest: suggest})
		if u != nil {
			return u
		}
	}
	return nil
}

// completeChunks returns the chunks of an unfinished cell that parse.
func completeChunks(code string) []check.Chunk {
	for lines := strings.Split(code, "\n"); len(lines) > 0; lines = lines[:len(lines)-1] {
		chunks, err := check.Split(check.Source{Text: strings.Join(lines, "\n"), File: "/goblaze/generated"})
		if err != nil {
			continue
		}
		var out []check.Chunk
		for _, c := range chunks {
			if parses(c) {
				out = append(out, c)
			}
		}
		return out
	}
	return nil
}

func parses(c check.Chunk) bool {
	switch c.Kind {
	case check.Stmt:
		_, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc _() {\n"+c.Text+"\n}", parser.SkipObjectResolution)
		return err == nil
	case check.Package:
		return false
	}
	_, err := parseChunk(token.NewFileSet(), c)
	return err == nil
}

// names lists what an identifier may be: words of the cell, names of the
// session, packages, predeclared names and keywords.
func (v *view) names(before string) []Completion {
	var out []Completion
	for _, o := range v.scope {
		out = append(out, completion(o))
	}
	for n := range v.imports {
		out = append(out, Completion{Text: n, Kind: "module"})
	}
	out = append(out, cellWords(v.code, before)...)
	for _, p := range stdinfo.Packages() {
		out = append(out, Completion{Text: stdinfo.Name(p), Kind: "module"})
	}
	for _, n := range types.Universe.Names() {
		out = append(out, completion(types.Universe.Lookup(n)))
	}
	for t := token.BREAK; t <= token.VAR; t++ {
		out = append(out, Completion{Text: t.String(), Kind: "keyword"})
	}
	return out
}

// cellWords lists the identifiers of the cell, but for the one being typed.
func cellWords(code, before string) []Completion {
	var out []Completion
	var sc scanner.Scanner
	fset := token.NewFileSet()
	f := fset.AddFile("", -1, len(code))
	sc.Init(f, []byte(code), func(token.Position, string) {}, 0)
	afterDot := false
	for {
		pos, tok, lit := sc.Scan()
		if tok == token.EOF {
			return out
		}
		if tok == token.IDENT && !afterDot && f.Offset(pos) != len(before) {
			out = append(out, Completion{Text: lit, Kind: "instance"})
		}
		afterDot = tok == token.PERIOD
	}
}
