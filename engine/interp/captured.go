package interp

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/plan"
)

// assignments are the variables of a unit that are assigned to after their
// declaration, or declared without a value.
func assignments(u *check.Unit) map[types.Object]bool {
	out := map[types.Object]bool{}
	mark := func(x ast.Expr) {
		if x == nil {
			return
		}
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			if o := u.Info.Uses[id]; o != nil {
				out[o] = true
			}
		}
	}
	ast.Inspect(u.File, func(n ast.Node) bool {
		for _, x := range plan.Assigned(n) {
			mark(x)
		}
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				mark(n.X)
			}
		case *ast.ValueSpec:
			if len(n.Values) == 0 {
				for _, id := range n.Names {
					if o := u.Info.Defs[id]; o != nil {
						out[o] = true
					}
				}
			}
		}
		return true
	})
	return out
}
