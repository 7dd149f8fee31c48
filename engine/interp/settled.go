package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/goblaze/goblaze/engine/wire"
)

// The compiler makes the calls and the slice expressions of a statement in their
// order, and then indexes, follows pointers, divides and reads variables. Evaluating from left to right
// is the same where nothing that may panic stands before a call, but around it:
// f(a[i]) and a[f()] are settled, a[i] + f() is not. (That a call changes what
// is read before it, package plan has refused; but for what is read late.)

// settled refuses operands of one statement that are not.
func (s *straight) settled(xs ...ast.Expr) {
	risky, calls := s.parts(xs...)
	for _, e := range risky {
		for _, c := range calls {
			if e.End() <= c.Pos() {
				s.l.fail("something that may panic before a call")
			}
		}
	}
}

// settledTargets is settled for an assignment: the values come first here, then
// the operands of the target, whose own panic is the last there may be.
func (s *straight) settledTargets(st *ast.AssignStmt) {
	s.settled(st.Rhs...)
	for _, x := range st.Lhs {
		x = ast.Unparen(x)
		if _, ok := x.(*ast.Ident); ok {
			continue
		}
		if len(st.Lhs) > 1 {
			s.l.fail("several targets that are no variables")
		}
		operands, calls := s.parts(x)
		values, _ := s.parts(st.Rhs...)
		if len(calls) > 0 || len(operands) > 1 && len(values) > 0 {
			s.l.fail("a target whose operands may panic")
		}
	}
}

// order writes in which order two operands are evaluated: a first one that is
// only read is read when the calls of the others are made.
func (s *straight) order(first ast.Expr, others ...ast.Expr) {
	risky, calls := s.parts(first)
	_, later := s.parts(others...)
	if len(risky)+len(calls) == 0 && len(later) > 0 {
		s.Op(wire.CodeFirstLast)
	} else {
		s.Op(wire.CodeInOrder)
	}
}

// parts returns the parts of expressions that may panic, and the calls.
func (s *straight) parts(xs ...ast.Expr) (risky, calls []ast.Node) {
	for _, x := range xs {
		ast.Inspect(x, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok && s.u.Info.Types[x].Value != nil {
				return false
			}
			switch a, _ := n.(*ast.TypeAssertExpr); {
			case a != nil && pointerShaped(s.u.Info.TypeOf(a.Type)): // made when its value is used
				risky = append(risky, n)
			case s.l.isOrdered(n), s.fillsMap(n):
				calls = append(calls, n)
			case n != nil && s.risky(n):
				risky = append(risky, n)
			}
			return true
		})
	}
	return risky, calls
}

// fillsMap reports whether a node is a map's literal whose parts may panic: they
// are evaluated where it stands.
func (s *straight) fillsMap(n ast.Node) bool {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return false
	}
	_, isMap := s.u.Info.TypeOf(lit).Underlying().(*types.Map)
	return isMap && slices.ContainsFunc(lit.Elts, s.l.anyRisky)
}

// risky reports whether a node that is no call may panic, its parts left out.
func (s *straight) risky(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		sel := s.u.Info.Selections[n]
		if sel == nil {
			return false
		}
		_, isPtr := sel.Recv().Underlying().(*types.Pointer)
		return isPtr || sel.Indirect() || types.IsInterface(sel.Recv())
	case *ast.CallExpr: // a builtin, or a conversion
		id, ok := ast.Unparen(n.Fun).(*ast.Ident)
		return ok && s.u.Info.Types[id].IsBuiltin() && (id.Name == "make" || id.Name == "panic" || id.Name == "delete")
	case *ast.BinaryExpr:
		if n.Op == token.LAND || n.Op == token.LOR {
			return false
		}
	}
	return s.l.mayPanic(n)
}
