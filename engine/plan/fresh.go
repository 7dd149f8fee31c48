package plan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// fresh reports whether a slice or map is a function's own: a variable of it
// that only ever holds what the function made. Who called it can't have read
// any of that.
func fresh(info *types.Info, within ast.Node, x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := info.ObjectOf(id).(*types.Var)
	if !ok || !declaredIn(within, v) {
		return false
	}
	f := made{info: info, v: v, ok: true}
	ast.Inspect(bodyOf(within), f.visit)
	return f.ok
}

func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// declaredIn reports whether a variable is a local one of a function that defers
// nothing, or one of its results.
func declaredIn(fn ast.Node, v *types.Var) bool {
	in := func(n ast.Node) bool { return n.Pos() <= v.Pos() && v.Pos() < n.End() }
	var results *ast.FieldList
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		results = fn.Type.Results
	case *ast.FuncLit:
		results = fn.Type.Results
	default:
		return false
	}
	body := bodyOf(fn)
	return body != nil && !Defers(body) && (in(body) || results != nil && in(results))
}

// A made looks for values of a variable that its function did not make.
type made struct {
	info *types.Info
	v    *types.Var
	ok   bool
}

func (f *made) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			if f.is(l) {
				f.ok = f.ok && len(n.Lhs) == len(n.Rhs) && f.makes(n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if f.is(id) && len(n.Values) > 0 {
				f.ok = f.ok && len(n.Names) == len(n.Values) && f.makes(n.Values[i])
			}
		}
	case *ast.RangeStmt:
		f.ok = f.ok && !(n.Key != nil && f.is(n.Key)) && !(n.Value != nil && f.is(n.Value))
	case *ast.UnaryExpr:
		f.ok = f.ok && !(n.Op == token.AND && f.is(n.X))
	}
	return f.ok
}

func (f *made) is(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && f.info.ObjectOf(id) == types.Object(f.v)
}

// makes reports whether an expression is a new slice or map, nil, or the
// variable's own, appended to.
func (f *made) makes(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.Ident:
		return f.info.Types[x].IsNil()
	case *ast.CallExpr:
		fun := ast.Unparen(x.Fun)
		switch {
		case isBuiltin(f.info, fun, "make"):
			return true
		case isBuiltin(f.info, fun, "append"):
			return f.is(x.Args[0]) || f.makes(x.Args[0])
		case f.info.Types[fun].IsType():
			return f.info.Types[x.Args[0]].IsNil()
		}
	}
	return false
}
