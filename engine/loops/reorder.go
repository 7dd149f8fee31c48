package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

// reordered tells whether operands that are evaluated one after the other may
// have other values than in one statement: there the compiler reads variables and
// elements when all calls are done, and a call may change them.
func (c *collector) reordered(operands []ast.Expr) bool {
	for i, x := range operands {
		if !c.mayChange(x) {
			continue
		}
		for j, y := range operands {
			if i != j && c.changeable(y) {
				return true
			}
		}
	}
	return false
}

// mayChange tells whether e calls something that is given the means to change the
// item's variables.
func (c *collector) mayChange(e ast.Expr) (found bool) {
	info := c.a.in.Info
	ast.Inspect(e, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		fun := unparen(call.Fun)
		if tv := info.Types[fun]; tv.IsType() || tv.IsBuiltin() {
			return true
		}
		found = c.sh.w.funcObject(fun) == nil
		if sel, isSel := fun.(*ast.SelectorExpr); isSel && info.Selections[sel] != nil {
			recv := c.sh.w.funcObject(fun).Signature().Recv()
			found = found || recv == nil || hasRefs(recv.Type())
		}
		for _, arg := range call.Args {
			found = found || hasRefs(info.TypeOf(arg))
		}
		return !found
	})
	return found
}

// changeable tells whether e reads a variable of the item that others can reach,
// or an element or a field behind a reference that the loop may write.
func (c *collector) changeable(e ast.Expr) (found bool) {
	info := c.a.in.Info
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := info.Uses[n].(*types.Var)
			found = found || ok && c.ofItem(v) && c.reachable(v)
		case *ast.IndexExpr, *ast.StarExpr, *ast.SelectorExpr:
			root := rootVarOf(info, n.(ast.Expr))
			if root == nil || c.ofItem(root) && hasRefs(root.Type()) {
				sel, isSel := n.(*ast.SelectorExpr)
				found = found || !isSel || info.Selections[sel] != nil && info.Selections[sel].Kind() == types.FieldVal
				break
			}
			for _, x := range c.sh.w.effects {
				found = found || x.kind == effWrite && x.l.root.v == root && root != nil
			}
		}
		return !found
	})
	return found
}

func rootVarOf(info *types.Info, e ast.Expr) *types.Var {
	for ; e != nil; e = pathBase(e) {
		if id := identOf(e); id != nil {
			v, _ := info.Uses[id].(*types.Var)
			return v
		}
	}
	return nil
}

// reachable: v's address is taken, or a function literal mentions it.
func (c *collector) reachable(v *types.Var) (found bool) {
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			found = found || c.a.mentions(n, v)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && rootVarOf(c.a.in.Info, n.X) == v
		case *ast.SelectorExpr: // a method that takes the address
			s := c.a.in.Info.Selections[n]
			if s != nil && s.Kind() == types.MethodVal && rootVarOf(c.a.in.Info, n.X) == v {
				_, ptr := s.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
				found = found || ptr
			}
		}
		return !found
	})
	return found
}
