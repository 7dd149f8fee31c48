package engine

import (
	"go/format"
	"go/types"
	"html"
	"strings"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

// Inspect documents what stands at the cursor (in code points): what it is,
// its doc comment, and with detail 1 its source, where a cell declares it.
func (s *Session) Inspect(code string, cursor, detail int) (display.Bundle, bool) {
	expr := wordAt(code, cursor)
	if expr == "" {
		return display.Bundle{}, false
	}
	v := s.view(code)
	head, doc := v.describe(expr)
	if head == "" {
		return display.Bundle{}, false
	}
	if detail > 0 {
		if src := s.sourceOf(expr); src != "" {
			head = src
		}
	}
	text := head
	if doc != "" {
		text += "\n\n" + doc
	}
	return display.Bundle{Data: map[string]any{
		"text/plain": text,
		"text/html":  "<pre>" + html.EscapeString(head) + "</pre>" + paragraphs(doc),
	}}, true
}

func paragraphs(doc string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(doc, "\n\n") {
		if strings.TrimSpace(p) != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}

// wordAt returns the dotted name around the cursor; on an opening parenthesis
// or inside an argument list, the function's.
func wordAt(code string, cursor int) string {
	runes := []rune(code)
	cursor = max(0, min(cursor, len(runes)))
	end := cursor
	for end < len(runes) && isWord(runes[end]) {
		end++
	}
	start := cursor
	for start > 0 && (isWord(runes[start-1]) || runes[start-1] == '.') {
		start--
	}
	if w := strings.Trim(string(runes[start:end]), "."); w != "" && !isDigit(w[0]) {
		return w
	}
	depth := 0
	for i := cursor - 1; i >= 0; i-- {
		switch runes[i] {
		case ')':
			depth++
		case '(':
			if depth == 0 {
				return wordAt(string(runes[:i]), i)
			}
			depth--
		case '\n', ';', '{', '}':
			return ""
		}
	}
	return ""
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// describe returns the declaration line of a name and its documentation.
func (v *view) describe(expr string) (head, doc string) {
	root, sel, dotted := strings.Cut(expr, ".")
	if o := v.scope[root]; o != nil && !dotted {
		return types.ObjectString(o, qualifier), v.s.docOf(root)
	}
	if v.scope[root] == nil {
		if p := v.pkg(root); p != nil {
			if !dotted {
				text, _ := stdinfo.Doc(p.Path(), "")
				return "package " + p.Name() + " // import " + quote(p.Path()), text
			}
			if note, ok := stdinfo.Lookup(p.Path(), sel); ok {
				return note.Signature, note.Text
			}
			if o := p.Scope().Lookup(sel); o != nil {
				return types.ObjectString(o, qualifier), ""
			}
		}
	}
	if o := types.Universe.Lookup(expr); o != nil {
		if note, ok := stdinfo.Lookup("builtin", expr); ok {
			return note.Signature, note.Text
		}
		return types.ObjectString(o, qualifier), ""
	}
	if dotted {
		i := strings.LastIndexByte(expr, '.')
		if t := v.typeOf(expr[:i]); t != nil {
			return v.member(t, expr[i+1:])
		}
	}
	if t := v.typeOf(expr); t != nil {
		return expr + " " + types.TypeString(t, qualifier), ""
	}
	return "", ""
}

func quote(s string) string { return `"` + s + `"` }

// member documents a field or method of a type.
func (v *view) member(t types.Type, name string) (head, doc string) {
	o, _, _ := types.LookupFieldOrMethod(t, true, types.NewPackage("main", "main"), name)
	if o == nil {
		return "", ""
	}
	if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil {
		recv := fn.Signature().Recv().Type()
		if p, ok := recv.(*types.Pointer); ok {
			recv = p.Elem()
		}
		if n, ok := recv.(*types.Named); ok && n.Obj().Pkg() != nil {
			full := n.Obj().Name() + "." + name
			if note, ok := stdinfo.Lookup(n.Obj().Pkg().Path(), full); ok {
				return note.Signature, note.Text
			}
			return types.ObjectString(o, qualifier), v.s.docOf(full)
		}
	}
	return types.ObjectString(o, qualifier), ""
}

// docOf returns the doc comment of a declaration of a cell.
func (s *Session) docOf(name string) string {
	s.mu.Lock()
	d := s.decls.byName[name]
	s.mu.Unlock()
	if d == nil {
		return ""
	}
	return docComment(d.chunk)
}

func docComment(c check.Chunk) string {
	var lines []string
	for l := range strings.SplitSeq(c.Text[:c.Tok], "\n") {
		l = strings.TrimSpace(l)
		if text, ok := strings.CutPrefix(l, "//"); ok && !strings.HasPrefix(text, "go:") && !strings.HasPrefix(text, "goblaze:") {
			lines = append(lines, strings.TrimPrefix(text, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// sourceOf returns the source of a declaration of a cell.
func (s *Session) sourceOf(name string) string {
	s.mu.Lock()
	d := s.decls.byName[name]
	s.mu.Unlock()
	if d == nil {
		return ""
	}
	if out, err := format.Source([]byte(d.chunk.Text)); err == nil {
		return string(out)
	}
	return d.chunk.Text
}
