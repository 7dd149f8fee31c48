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

// InstanceOf returns the name of a generic function of a cell that an
// expression is an instance of, nil when it is something else.
func InstanceOf(info *types.Info, x ast.Expr) (*ast.Ident, *types.Func) {
	switch f := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		x = f.X
	case *ast.IndexListExpr:
		x = f.X
	}
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok || info.Instances[id].Type == nil {
		return nil, nil
	}
	fn, ok := info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "main" {
		return nil, nil
	}
	return id, fn
}

// instanceValue accepts an instance of a generic function as a value, where
// functions may be kept, and reports whether x is one.
func (p *planner) instanceValue(x ast.Expr) bool {
	if !p.opt.Functions {
		return false
	}
	id, fn := InstanceOf(p.u.Info, x)
	if fn == nil {
		return false
	}
	p.byName(x, id, fn)
	p.plainValue(x, fn)
	p.needType(x, p.u.Info.Instances[id].Type)
	return true
}
