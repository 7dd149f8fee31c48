package engine

import (
	"go/ast"
	"go/doc/comment"
	"go/format"
	"go/types"
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

// Inspect documents what stands at the cursor (in code points): what it is,
// its doc comment, and with detail 1 its source, where a cell declares it.
// Inside the parentheses of a call, where no name is touched, that is the
// function. It answers while a cell runs and changes nothing.
func (s *Session) Inspect(code string, cursor, detail int) (display.Bundle, bool) {
	runes := []rune(code)
	cursor = max(0, min(cursor, len(runes)))
	word, end := wordAt(runes, cursor)
	text, ok := goText(string(runes), len(string(runes[:cursor])))
	if !ok {
		return display.Bundle{}, false
	}
	v := s.view()
	var d description
	lo, hi := len(string(runes[:word])), len(string(runes[:end]))
	if word < end && !scanHead(text[:lo]).quiet {
		d = v.describeAt(text, lo, hi)
	} else {
		d = v.describeCall(text, len(string(runes[:cursor])))
	}
	if d.head == "" {
		return display.Bundle{}, false
	}
	if detail > 0 && d.source != "" {
		d.head = d.source
	}
	return d.bundle(), true
}

// wordAt returns the identifier that the cursor touches; directly behind a
// bracket or comma one that begins there is an argument, not what is asked for.
func wordAt(runes []rune, cursor int) (start, end int) {
	start, end = cursor, cursor
	for start > 0 && isWord(runes[start-1]) {
		start--
	}
	for end < len(runes) && isWord(runes[end]) {
		end++
	}
	if start < end && unicode.IsDigit(runes[start]) {
		return cursor, cursor
	}
	if start == cursor && start > 0 && (runes[start-1] == '(' || runes[start-1] == ',') {
		return cursor, cursor
	}
	return start, end
}

// A description is what is known of a name.
type description struct {
	head    string // its declaration
	doc     string // in Go's doc comment syntax
	methods string // of a type, one a line
	source  string // as a cell declares it, may be empty
}

func (d description) bundle() display.Bundle {
	var p comment.Parser
	p.LookupPackage = func(name string) (string, bool) {
		paths := stdinfo.ByName(name)
		return strings.Join(paths, ""), len(paths) == 1
	}
	printer := &comment.Printer{HeadingLevel: 4, DocLinkBaseURL: "https://pkg.go.dev"}
	doc := p.Parse(d.doc)
	text, page := d.head, "<pre>"+html.EscapeString(d.head)+"</pre>"
	if d.doc != "" {
		text += "\n\n" + strings.TrimRight(string(printer.Text(doc)), "\n")
		page += "\n" + string(printer.HTML(doc))
	}
	if d.methods != "" {
		text += "\n\n" + d.methods
		page += "\n<pre>" + html.EscapeString(d.methods) + "</pre>"
	}
	return display.Bundle{Data: map[string]any{"text/plain": text, "text/html": page}}
}

// describeAt describes the identifier at [lo, hi) of a cell.
func (v *view) describeAt(text string, lo, hi int) description {
	name := text[lo:hi]
	if u, path := v.identAt(text, lo, hi); u != nil {
		if d := v.describeIdent(u, path); d.head != "" {
			return d
		}
	}
	if o := v.scope[name]; o != nil {
		return v.describe(nil, o, "")
	}
	for _, p := range v.packages(name) {
		return describePackage(p)
	}
	if o := types.Universe.Lookup(name); o != nil {
		return v.describe(nil, o, "")
	}
	return description{}
}

// identAt checks the cell, or what of it stands before the end of the
// identifier at [lo, hi), and returns the way to that identifier.
func (v *view) identAt(text string, lo, hi int) (*check.Unit, []ast.Node) {
	line, col := lineCol(text, lo)
	closers := scanHead(text[:hi]).closers
	for _, t := range []string{text, text[:hi] + closers, text[:hi] + "()" + closers, text[:hi] + " {}" + closers} {
		chunks, err := check.Split(check.Source{Text: t, File: cursorFile})
		if err != nil {
			continue
		}
		u := v.check(chunks)
		path := pathTo(u, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok || id.Name != text[lo:hi] {
				return false
			}
			p := u.Fset.Position(id.Pos())
			return p.Filename == cursorFile && p.Line == line && p.Column == col
		})
		if path != nil {
			return u, path
		}
	}
	return nil, nil
}

// lineCol returns the position of an offset, both from 1, the column in bytes.
func lineCol(text string, off int) (line, col int) {
	return 1 + strings.Count(text[:off], "\n"), off - strings.LastIndexByte(text[:off], '\n')
}

// describeCall describes the function whose arguments the cursor stands in.
func (v *view) describeCall(text string, at int) description {
	at = argumentStart(text, at)
	u, path := v.markAt(text[:at]+"\n", at, at)
	for i := len(path) - 1; i > 0; i-- {
		switch n := path[i].(type) {
		case *ast.BlockStmt, *ast.CompositeLit:
			return description{}
		case *ast.CallExpr:
			if path[i+1] != n.Fun {
				return v.describeCallee(u, n.Fun)
			}
		}
	}
	return description{}
}

// argumentStart returns where the argument at the cursor begins: literals and
// numbers are stepped over, so that the mark stands alone.
func argumentStart(text string, at int) int {
	depth := 0
	for i := at; i > 0; i-- {
		switch text[i-1] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{', ',':
			if depth == 0 && !scanHead(text[:i]).quiet {
				return i
			}
			if text[i-1] != ',' {
				depth--
			}
		}
	}
	return at
}

func (v *view) describeCallee(u *check.Unit, fun ast.Expr) description {
	switch f := ast.Unparen(fun).(type) {
	case *ast.IndexExpr:
		return v.describeCallee(u, f.X)
	case *ast.IndexListExpr:
		return v.describeCallee(u, f.X)
	case *ast.Ident:
		return v.describeIdent(u, []ast.Node{f})
	case *ast.SelectorExpr:
		return v.describeIdent(u, []ast.Node{f, f.Sel})
	}
	return description{}
}

// describeIdent describes the identifier at the end of a path.
func (v *view) describeIdent(u *check.Unit, path []ast.Node) description {
	id := path[len(path)-1].(*ast.Ident)
	owner := ""
	if len(path) > 1 {
		if sel, ok := path[len(path)-2].(*ast.SelectorExpr); ok && sel.Sel == id {
			if s := u.Info.Selections[sel]; s != nil {
				owner = ownerOf(s)
			} else if x, ok := sel.X.(*ast.Ident); ok && u.Info.Uses[id] == nil {
				return v.describeMember(x.Name, id.Name)
			}
		}
		if lit, ok := literalOf(path); ok {
			owner = typeName(u.Info.TypeOf(lit))
		}
	}
	o := u.Info.ObjectOf(id)
	if o == nil {
		return description{}
	}
	return v.describe(u, o, owner)
}

// literalOf returns the composite literal that the path's end is a key of.
func literalOf(path []ast.Node) (*ast.CompositeLit, bool) {
	if len(path) < 3 {
		return nil, false
	}
	kv, ok := path[len(path)-2].(*ast.KeyValueExpr)
	if !ok || kv.Key != path[len(path)-1] {
		return nil, false
	}
	lit, ok := path[len(path)-3].(*ast.CompositeLit)
	return lit, ok
}

// ownerOf returns the name of the type that declares what is selected.
func ownerOf(s *types.Selection) string {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		st := structOf(t)
		if st == nil {
			break
		}
		t = st.Field(i).Type()
	}
	if fn, ok := s.Obj().(*types.Func); ok && fn.Signature().Recv() != nil {
		t = fn.Signature().Recv().Type()
	}
	return typeName(t)
}

// typeName returns the name of a named type or of what it points to.
func typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// describeMember describes name.sel where no cell has imported the package.
func (v *view) describeMember(name, sel string) description {
	for _, p := range v.packages(name) {
		if o := p.Scope().Lookup(sel); o != nil {
			return v.describe(nil, o, "")
		}
	}
	return description{}
}

func describePackage(p *types.Package) description {
	note, _ := stdinfo.Lookup(p.Path(), "")
	return description{head: "package " + p.Name() + " // import \"" + p.Path() + "\"", doc: note.Text}
}

// describe describes an object; owner names the type of a field or method, u
// is the cell that uses it, for what the cell itself declares.
func (v *view) describe(u *check.Unit, o types.Object, owner string) description {
	if p, ok := o.(*types.PkgName); ok {
		return describePackage(p.Imported())
	}
	name := o.Name()
	if owner != "" {
		name = owner + "." + name
	}
	d := description{head: objectString(o), methods: methodLines(o)}
	if o.Pkg() == nil || o.Pkg().Path() != "main" {
		path := "builtin"
		if o.Pkg() != nil {
			path = o.Pkg().Path()
		} else if owner != "" {
			name = owner + "." + o.Name() // error's Error
		}
		if note, ok := stdinfo.Lookup(path, name); ok {
			d.head, d.doc = note.Signature, note.Text
		}
		return d
	}
	if v, ok := o.(*types.Var); ok && !v.IsField() && owner == "" && !isSessionVar(u, v) {
		return d // a local variable: only its type is known
	}
	if c, ok := v.chunkOf(u, name, owner); ok {
		d.doc = docIn(c, o.Name(), owner)
		d.source = formatted(c.Text[c.Tok:])
		if c.Kind == check.Type && owner == "" {
			d.head = d.source
			d.source = formatted(c.Text)
		}
	}
	return d
}

// isSessionVar reports whether a variable is the session's or will be.
func isSessionVar(u *check.Unit, v *types.Var) bool {
	return u == nil || v.Parent() == u.Pkg.Scope()
}

// objectString writes an object's declaration as Go does.
func objectString(o types.Object) string {
	if tn, ok := o.(*types.TypeName); ok && tn.Pkg() == nil {
		return "type " + tn.Name()
	}
	if v, ok := o.(*types.Var); ok && v.IsField() {
		return "field " + v.Name() + " " + types.TypeString(v.Type(), qualifier)
	}
	return types.ObjectString(o, qualifier)
}

// methodLines lists the methods of a named type.
func methodLines(o types.Object) string {
	tn, ok := o.(*types.TypeName)
	if !ok || tn.Pkg() == nil {
		return ""
	}
	n, ok := types.Unalias(tn.Type()).(*types.Named)
	if !ok {
		return ""
	}
	var lines []string
	for m := range n.Methods() {
		if reachable(m) {
			recv := types.TypeString(m.Signature().Recv().Type(), qualifier)
			lines = append(lines, "func ("+recv+") "+m.Name()+strings.TrimPrefix(types.TypeString(m.Type(), qualifier), "func"))
		}
	}
	return strings.Join(lines, "\n")
}

// chunkOf returns the declaration of a name: in the cell at the cursor, else
// in the session. A field stands in its type's.
func (v *view) chunkOf(u *check.Unit, name, owner string) (check.Chunk, bool) {
	names := []string{name, owner}
	if u != nil {
		if c, ok := declaredIn(u, names); ok {
			return c, true
		}
	}
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	for _, n := range names {
		if d := v.s.decls.byName[n]; d != nil {
			return d.chunk, true
		}
	}
	return check.Chunk{}, false
}

// declaredIn finds the declaration of one of the names in a checked cell.
func declaredIn(u *check.Unit, names []string) (check.Chunk, bool) {
	for _, name := range names {
		for _, decl := range u.File.Decls {
			if name == "" || u.IsShadow(decl) || decl == u.Run {
				continue
			}
			chunks, err := check.Split(check.Source{Text: withDoc(u, decl)})
			if err != nil || len(chunks) != 1 {
				continue
			}
			if declared, _ := chunkNames(chunks[0]); len(declared) > 0 && slices.Contains(declared, name) {
				return chunks[0], true
			}
		}
	}
	return check.Chunk{}, false
}

// withDoc returns the source of a declaration with its doc comment.
func withDoc(u *check.Unit, d ast.Decl) string {
	var doc *ast.CommentGroup
	switch d := d.(type) {
	case *ast.FuncDecl:
		doc = d.Doc
	case *ast.GenDecl:
		doc = d.Doc
	}
	var b strings.Builder
	if doc != nil {
		for _, c := range doc.List {
			if !strings.HasPrefix(c.Text, "/*line ") {
				b.WriteString(c.Text + "\n")
			}
		}
	}
	return b.String() + u.Text(d)
}

// docIn returns the doc comment of what a chunk declares: of the whole, or of
// the spec, field or interface method of that name.
func docIn(c check.Chunk, name, owner string) string {
	if c.Kind == check.Func {
		return docComment(c)
	}
	f, err := parseDoc(c)
	if err != nil {
		return ""
	}
	found := ""
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, id := range n.Names {
				if owner != "" && id.Name == name {
					found = commentText(n.Doc, n.Comment)
				}
			}
		case *ast.TypeSpec:
			if owner == "" && n.Name.Name == name {
				found = commentText(n.Doc, n.Comment)
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				if owner == "" && id.Name == name {
					found = commentText(n.Doc, n.Comment)
				}
			}
		}
		return found == ""
	})
	if found == "" && owner == "" {
		return docComment(c)
	}
	return found
}

func commentText(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if t := strings.TrimSpace(g.Text()); t != "" {
			return t
		}
	}
	return ""
}

// docComment returns the comment before a declaration.
func docComment(c check.Chunk) string {
	f, err := parseDoc(c)
	if err != nil || len(f.Decls) == 0 {
		return ""
	}
	switch d := f.Decls[0].(type) {
	case *ast.FuncDecl:
		return commentText(d.Doc)
	case *ast.GenDecl:
		return commentText(d.Doc)
	}
	return ""
}

func formatted(src string) string {
	if out, err := format.Source([]byte(src)); err == nil {
		return string(out)
	}
	return src
}
