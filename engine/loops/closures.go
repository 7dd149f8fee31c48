package loops

import (
	"go/ast"
	"go/types"
)

// findClosures finds the variables around the loop that are only ever given
// one function literal.
func (a *analysis) findClosures() {
	a.closures = map[*types.Var]*ast.FuncLit{}
	if a.in.Around == nil {
		return
	}
	w := a.newWalker(a.in.Info, a.in.Around)
	for o, rhs := range w.alias {
		lit, ok := unparen(rhs).(*ast.FuncLit)
		if v, isVar := o.(*types.Var); ok && isVar && !w.mutated[o] {
			a.closures[v] = lit
		}
	}
	ast.Inspect(a.in.Around, func(n ast.Node) bool { // var f func(); f = func() { … f() … }
		vs, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range vs.Names {
			v, _ := a.in.Info.Defs[name].(*types.Var)
			if v == nil {
				continue
			}
			if i < len(vs.Values) && !w.mutated[v] {
				if lit, ok := unparen(vs.Values[i]).(*ast.FuncLit); ok {
					a.closures[v] = lit
				}
			} else if len(vs.Values) == 0 {
				if lit := a.onlyLiteral(v); lit != nil {
					a.closures[v] = lit
				}
			}
		}
		return true
	})
}

// onlyLiteral is the function literal that is v's only assigned value.
func (a *analysis) onlyLiteral(v *types.Var) *ast.FuncLit {
	var lit *ast.FuncLit
	n := 0
	ast.Inspect(a.in.Around, func(node ast.Node) bool {
		switch s := node.(type) {
		case *ast.AssignStmt:
			for i, lhs := range s.Lhs {
				id, ok := lhs.(*ast.Ident)
				if !ok || a.in.Info.ObjectOf(id) != v {
					continue
				}
				n++
				if len(s.Rhs) == len(s.Lhs) {
					lit, _ = unparen(s.Rhs[i]).(*ast.FuncLit)
				}
			}
		case *ast.UnaryExpr:
			if id, ok := unparen(s.X).(*ast.Ident); ok && s.Op.String() == "&" && a.in.Info.ObjectOf(id) == v {
				n = 2
			}
		}
		return true
	})
	if n != 1 {
		return nil
	}
	return lit
}

// closure gives the body behind a variable that holds a function.
func (a *analysis) closure(v *types.Var) (*ast.FuncLit, *types.Info, bool) {
	if lit := a.closures[v]; lit != nil {
		return lit, a.in.Info, true
	}
	if a.in.ClosureBody != nil {
		return a.in.ClosureBody(v)
	}
	return nil, nil, false
}
