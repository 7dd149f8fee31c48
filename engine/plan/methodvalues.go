package plan

import (
	"go/ast"
	"go/types"
)

// methodValue accepts x.m as a value, where functions may be kept.
func (p *planner) methodValue(x *ast.SelectorExpr, sel *types.Selection) {
	if sel.Kind() != types.MethodVal || !p.opt.Functions {
		p.refuse(x, "a method value")
	}
	p.method(x, sel)
	p.needType(x, p.u.Info.TypeOf(x))
}
