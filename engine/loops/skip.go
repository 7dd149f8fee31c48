package loops

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// skipped is the index whose item does nothing, as it can be written before the
// loop: the body begins with if i == k { continue }, or is if i != k { … }. ""
// where there is none.
func (g *gen) skipped() string {
	w, list := g.sh.w, g.sh.body.List
	if g.a.noBlocks || len(list) == 0 {
		return ""
	}
	f, ok := list[0].(*ast.IfStmt)
	if !ok || f.Init != nil || f.Else != nil {
		return ""
	}
	cond, ok := unparen(f.Cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return ""
	case cond.Op == token.NEQ && len(list) == 1:
	case cond.Op == token.EQL && len(f.Body.List) == 1:
		b, isBranch := f.Body.List[0].(*ast.BranchStmt)
		if !isBranch || b.Tok != token.CONTINUE {
			return ""
		}
	default:
		return ""
	}
	for _, xy := range [][2]ast.Expr{{cond.X, cond.Y}, {cond.Y, cond.X}} {
		if k, ok := w.steadyExtent(xy[1]); ok && w.indexOf(xy[0]).plain() && wideInt(w.info.TypeOf(xy[0])) {
			if len(k.factors) == 0 {
				return strconv.FormatInt(k.add, 10)
			}
			return strings.Join(k.factor(), "*")
		}
	}
	return ""
}
