package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// embeds returns a comment that asks for files to be embedded, nil when there
// is none.
func (u *Unit) embeds() *ast.Comment {
	for _, g := range u.File.Comments {
		for _, c := range g.List {
			if strings.HasPrefix(c.Text, "//go:embed ") {
				return c
			}
		}
	}
	return nil
}

// sessionLiteral reports whether the element of a struct literal at p is the
// value of a field that was declared in a cell.
func (u *Unit) sessionLiteral(p token.Pos) bool {
	found := false
	ast.Inspect(u.File, func(n ast.Node) bool {
		if n == nil || p < n.Pos() || p >= n.End() {
			return false
		}
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		t := u.Info.TypeOf(lit)
		if t == nil {
			return true
		}
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		for i, e := range lit.Elts {
			if ok && i < st.NumFields() && e.Pos() == p {
				found = st.Field(i).Pkg() != nil && st.Field(i).Pkg().Path() == "main"
			}
		}
		return true
	})
	return found
}

func (u *Unit) identAt(p token.Pos) *ast.Ident {
	var found *ast.Ident
	ast.Inspect(u.File, func(n ast.Node) bool {
		if n == nil || found != nil || p < n.Pos() || p >= n.End() {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && id.Pos() == p {
			found = id
		}
		return true
	})
	return found
}
