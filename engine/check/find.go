package check

import (
	"go/ast"
	"go/token"
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
