package interp

import (
	"go/ast"
	"go/token"
	"go/types"
)

// scan decides how the calls of a statement are written: where something in it
// is looked at before it is used, every call goes into a temporary, in order,
// so that what is looked at is what is used.
func (l *lowerer) scan(nodes ...ast.Node) {
	l.hoist = false
	for _, n := range nodes {
		if n == nil {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt, *ast.FuncLit:
				return false
			case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.CompositeLit:
				l.hoist = true
			case *ast.SelectorExpr:
				if l.u.Info.Selections[n] != nil {
					l.hoist = true
				}
			case *ast.BinaryExpr:
				l.hoist = l.hoist || n.Op == token.SHL || n.Op == token.SHR || n.Op == token.QUO || n.Op == token.REM
			case *ast.CallExpr:
				if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && l.u.Info.Types[id].IsBuiltin() && id.Name != "len" && id.Name != "cap" {
					l.hoist = true
				}
			}
			return true
		})
	}
	for _, n := range nodes {
		l.hoistCalls(n)
	}
}

// hoistCalls writes the calls inside a node, in their order, before everything
// else of it is looked at: as the Go compiler does, which calls first and then
// indexes, follows pointers and divides.
func (l *lowerer) hoistCalls(n ast.Node) {
	if !l.hoist || n == nil {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.FuncLit, *ast.CaseClause:
			return false
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok && n.X != l.u.Last {
				l.hoistOperands(call)
				return false
			}
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				l.hoistCalls(n.X)
				return false
			}
		case *ast.CallExpr:
			return !l.hoistCall(n)
		case *ast.AssignStmt:
			l.hoistAssign(n)
			return false
		case *ast.IndexExpr:
			return !l.hoistLookup(n)
		case *ast.TypeAssertExpr:
			return !l.hoistAssertion(n)
		}
		return true
	})
}

// hoistAssign leaves what is assigned to where it is, and looks at its
// operands.
func (l *lowerer) hoistAssign(s *ast.AssignStmt) {
	for _, x := range s.Lhs {
		switch x := ast.Unparen(x).(type) {
		case *ast.IndexExpr:
			l.hoistCalls(x.X)
			l.hoistCalls(x.Index)
		default:
			l.hoistCalls(x)
		}
	}
	for _, x := range s.Rhs {
		if len(s.Rhs) == 1 && len(s.Lhs) == 2 { // v, ok := m[k], x.(T)
			switch x := ast.Unparen(x).(type) {
			case *ast.IndexExpr:
				l.hoistCalls(x.X)
				l.hoistCalls(x.Index)
				continue
			case *ast.TypeAssertExpr:
				l.hoistCalls(x.X)
				continue
			}
		}
		l.hoistCalls(x)
	}
}

// hoistLookup keeps what a look-up in a map finds in a temporary: the Go
// compiler orders look-ups among the calls.
func (l *lowerer) hoistLookup(x *ast.IndexExpr) bool {
	t := l.u.Info.TypeOf(x.X)
	if t == nil {
		return false
	}
	if _, ok := t.Underlying().(*types.Map); !ok {
		return false
	}
	l.hoistCalls(x.X)
	l.hoistCalls(x.Index)
	if _, done := l.kept[x]; !done {
		l.kept[x] = l.temp(l.index(x))
	}
	return true
}

func (l *lowerer) hoistAssertion(x *ast.TypeAssertExpr) bool {
	l.hoistCalls(x.X)
	if _, done := l.kept[x]; !done {
		l.kept[x] = l.assertion(x)
	}
	return true
}

// hoistCall keeps a call's value in a temporary and reports whether that was
// to be done.
func (l *lowerer) hoistCall(x *ast.CallExpr) bool {
	fun := ast.Unparen(x.Fun)
	tv := l.u.Info.Types[x]
	if l.u.Info.Types[fun].IsType() || l.u.Info.Types[fun].IsBuiltin() || tv.Value != nil {
		return false
	}
	if _, tuple := tv.Type.(*types.Tuple); tuple || tv.IsVoid() {
		l.hoistOperands(x)
		return true
	}
	if _, done := l.kept[x]; !done {
		l.hoistOperands(x)
		l.kept[x] = l.temp(l.call(x))
	}
	return true
}

func (l *lowerer) hoistOperands(x *ast.CallExpr) {
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && l.u.Info.Selections[sel] != nil {
		l.hoistCalls(sel.X)
	}
	for _, a := range x.Args {
		l.hoistCalls(a)
	}
}
