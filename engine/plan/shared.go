package plan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// How a local variable is reached from elsewhere.
const (
	captured = iota + 1
	addressTaken
)

// shared tells which local variables function literals or pointers reach.
func (p *planner) shared() map[types.Object]int {
	if p.sharedVars != nil {
		return p.sharedVars
	}
	p.sharedVars = map[types.Object]int{}
	mark := func(x ast.Expr) {
		for {
			switch y := ast.Unparen(x).(type) {
			case *ast.SelectorExpr:
				x = y.X
				continue
			case *ast.IndexExpr:
				x = y.X
				continue
			case *ast.Ident:
				if o := p.u.Info.ObjectOf(y); o != nil {
					p.sharedVars[o] = addressTaken
				}
			}
			return
		}
	}
	ast.Inspect(p.u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				mark(n.X)
			}
		case *ast.SliceExpr:
			if _, ok := sequenceOf(p.u.Info.TypeOf(n.X)).(*types.Array); ok {
				mark(n.X)
			}
		case *ast.SelectorExpr:
			if sel := p.u.Info.Selections[n]; sel != nil && sel.Kind() == types.MethodVal && !isInterface(sel.Recv()) && needsAddress(sel) {
				mark(n.X)
			}
		case *ast.FuncLit:
			ast.Inspect(n.Body, func(m ast.Node) bool {
				id, ok := m.(*ast.Ident)
				if !ok {
					return true
				}
				if v, ok := p.u.Info.Uses[id].(*types.Var); ok && !v.IsField() && (v.Pos() < n.Pos() || v.Pos() >= n.End()) && p.sharedVars[v] == 0 {
					p.sharedVars[v] = captured
				}
				return true
			})
		}
		return true
	})
	return p.sharedVars
}

// onlyLiteral returns the function literal that is a local variable's only
// value, nil when there is another.
func (p *planner) onlyLiteral(v types.Object) *ast.FuncLit {
	if p.literals == nil {
		p.literals = map[types.Object]*ast.FuncLit{}
		times := map[types.Object]int{}
		set := func(lhs, rhs ast.Expr) {
			id, ok := lhs.(*ast.Ident)
			if !ok || p.u.Info.ObjectOf(id) == nil {
				return
			}
			o := p.u.Info.ObjectOf(id)
			if times[o]++; rhs != nil {
				if lit, ok := ast.Unparen(rhs).(*ast.FuncLit); ok {
					p.literals[o] = lit
					return
				}
			}
			times[o]++
		}
		ast.Inspect(p.u.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					set(l, literalAt(n.Rhs, i, len(n.Lhs)))
				}
			case *ast.ValueSpec:
				for i, l := range n.Names {
					if len(n.Values) > 0 {
						set(l, literalAt(n.Values, i, len(n.Names)))
					}
				}
			}
			return true
		})
		for o, n := range times {
			if n != 1 || p.shared()[o] == addressTaken {
				delete(p.literals, o)
			}
		}
	}
	if _, session := SessionVar(p.u, v); v == nil || session {
		return nil
	}
	return p.literals[v]
}

func literalAt(values []ast.Expr, i, n int) ast.Expr {
	if len(values) != n {
		return nil
	}
	return values[i]
}
