package plan

import (
	"go/ast"
	"go/types"
)

// methodValue accepts x.m as a value, where functions may be kept.
func (p *planner) methodValue(x *ast.SelectorExpr, sel *types.Selection) {
	if !p.opt.Functions {
		p.refuse(x, "a method value")
	}
	if sel.Kind() == types.MethodExpr {
		p.methodExpr(x, sel)
		return
	}
	p.method(x, sel)
	p.needType(x, p.u.Info.TypeOf(x))
}

// methodExpr accepts T.m, but for a method of values as one of pointers, which
// may be nil.
func (p *planner) methodExpr(x *ast.SelectorExpr, sel *types.Selection) {
	fn := sel.Obj().(*types.Func)
	if path := fn.Pkg(); path != nil && path.Path() != "main" && !p.onList(path.Path()) {
		p.refuse(x, "a method of package %s", path.Path())
	}
	if refusedMethods[fn.FullName()] || !fn.Exported() && (fn.Pkg() == nil || fn.Pkg().Path() != "main") {
		p.refuse(x, "a method expression of %s", fn.FullName())
	}
	_, byPointer := fn.Signature().Recv().Type().(*types.Pointer)
	if isPointer(sel.Recv()) && !byPointer || isPointer(sel.Recv()) && len(sel.Index()) > 1 {
		p.refuse(x, "a method expression of a pointer for a method of values")
	}
	if decl, info, ok := p.opt.World.Body(fn); ok && decl.Body != nil && Recovers(info, decl.Body) {
		p.refuse(x, "%s, which calls recover, as a value", fn.Name())
	}
	p.needType(x, sel.Recv())
	p.needType(x, p.u.Info.TypeOf(x))
}

// InstanceOf returns the name of a generic function that an expression is an
// instance of, nil when it is something else.
func InstanceOf(info *types.Info, x ast.Expr) (*ast.Ident, *types.Func) {
	switch f := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		x = f.X
	case *ast.IndexListExpr:
		x = f.X
	}
	id := instantiated(x)
	if id == nil || info.Instances[id].Type == nil {
		return nil, nil
	}
	fn, ok := info.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil {
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
	if fn.Pkg().Path() == "main" {
		p.plainValue(x, fn)
	}
	p.needType(x, p.u.Info.Instances[id].Type)
	return true
}
