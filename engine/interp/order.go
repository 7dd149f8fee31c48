package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/goblaze/goblaze/engine/plan"
)

// scan decides how the calls of a statement are written: where something in it
// is looked at before it is used, every call goes into a temporary, in order,
// so that what is looked at is what is used; likewise where one of them may
// wait, which a stop check follows.
func (l *lowerer) scan(nodes ...ast.Node) {
	l.look(nodes...)
	for _, n := range nodes {
		l.hoistCalls(n)
	}
}

// look is scan without the writing: it says whether calls are to be hoisted,
// and where the last one stands.
func (l *lowerer) look(nodes ...ast.Node) {
	l.ordering = ordering{}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt, *ast.FuncLit:
				return false
			case *ast.IndexExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.CompositeLit:
				l.checks(n)
			case *ast.SliceExpr:
				l.checks(n)
				l.ordered(n)
			case *ast.SelectorExpr:
				if l.u.Info.Selections[n] != nil {
					l.checks(n)
				}
			case *ast.UnaryExpr:
				l.hoist = l.hoist || n.Op == token.ARROW
				l.ordered(n)
			case *ast.BinaryExpr:
				if n.Op == token.SHL || n.Op == token.SHR || n.Op == token.QUO || n.Op == token.REM {
					l.checks(n)
				}
			case *ast.CallExpr:
				l.ordered(n)
				l.hoist = l.hoist || l.waits(n) || l.changes(n)
				if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && l.u.Info.Types[id].IsBuiltin() && id.Name != "len" && id.Name != "cap" {
					l.hoist = true
				}
			}
			return true
		})
	}
	l.hoist = l.hoist || l.checked
}

// checks keeps where something in a statement is that is looked at before it is
// used.
func (l *lowerer) checks(n ast.Node) {
	if !l.checked {
		l.checked, l.firstChecked = true, n.Pos()
	}
	l.firstChecked, l.lastChecked = min(l.firstChecked, n.Pos()), max(l.lastChecked, n.Pos())
}

// ordered keeps where the last call, receive, assertion or slice expression of a
// statement is.
func (l *lowerer) ordered(x ast.Expr) {
	if l.isOrdered(x) {
		l.lastCall = max(l.lastCall, x.Pos())
	}
}

// isOrdered reports whether an expression is one of those that the compiler
// evaluates in the order in which they stand.
func (l *lowerer) isOrdered(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		tv := l.u.Info.Types[ast.Unparen(n.Fun)]
		return !tv.IsType() && !tv.IsBuiltin() && l.u.Info.Types[n].Value == nil
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	case *ast.TypeAssertExpr:
		return n.Type != nil
	case *ast.SliceExpr:
		return true
	}
	return false
}

// hoistLogic keeps what && or || yields in a temporary where its right side
// calls something, or something is called after it: the compiler evaluates all
// of it where it stands.
func (l *lowerer) hoistLogic(x *ast.BinaryExpr) {
	l.hoistCalls(x.X)
	calls := x.End() <= l.lastCall
	ast.Inspect(x.Y, func(n ast.Node) bool {
		_, literal := n.(*ast.FuncLit)
		calls = calls || n != nil && l.isOrdered(n)
		return !calls && !literal
	})
	if _, done := l.kept[x]; calls && !done {
		l.kept[x] = l.temp(l.shortCircuit(x))
	}
}

// changes reports whether a call may change what the rest of its statement
// reads: of anything but a library's function, a builtin, or a conversion.
func (l *lowerer) changes(x *ast.CallExpr) bool {
	tv := l.u.Info.Types[ast.Unparen(x.Fun)]
	return !tv.IsType() && !tv.IsBuiltin() && l.library(x) == nil
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
				if l.u.Info.Types[n].Value == nil {
					l.hoistLogic(n)
				}
				return false
			}
		case *ast.ValueSpec:
			l.hoistValues(n.Values, len(n.Names))
			return false
		case *ast.CallExpr:
			return !l.hoistCall(n)
		case *ast.UnaryExpr:
			return !l.hoistReceive(n)
		case *ast.AssignStmt:
			l.hoistAssign(n)
			return false
		case *ast.TypeAssertExpr:
			return !l.hoistAssertion(n)
		case *ast.SliceExpr:
			l.hoistSlice(n)
			return false
		case *ast.CompositeLit:
			return !l.hoistEntries(n)
		}
		return true
	})
}

// hoistSlice keeps a slice expression in a temporary where something else stands
// before it that is looked at, or a call after it: the compiler orders these
// expressions among the calls. A bound is computed whole before the calls of the
// next.
func (l *lowerer) hoistSlice(x *ast.SliceExpr) {
	l.hoistCalls(x.X)
	bounds := []ast.Expr{x.Low, x.High, x.Max}
	for i, b := range bounds {
		if b == nil {
			continue
		}
		l.hoistCalls(b)
		if l.anyOrdered(bounds[i+1:]...) && l.u.Info.Types[b].Value == nil && l.kept[b] == "" {
			l.kept[b] = l.temp(l.expr(b))
		}
	}
	if l.kept[x] == "" && (l.firstChecked < x.Pos() || x.End() <= l.lastCall) {
		l.kept[x] = l.temp(l.slice(x))
	}
}

// anyOrdered reports whether one of the expressions, which may be nil, holds
// something ordered.
func (l *lowerer) anyOrdered(xs ...ast.Expr) bool {
	found := false
	for _, x := range xs {
		if x == nil {
			continue
		}
		ast.Inspect(x, func(n ast.Node) bool {
			_, literal := n.(*ast.FuncLit)
			found = found || n != nil && !literal && l.isOrdered(n)
			return !found && !literal
		})
	}
	return found
}

// hoistEntries keeps the keys and values of a map's literal in temporaries, entry
// for entry: the compiler makes each one an assignment, and all of them where the
// literal stands. It reports whether that was to be done: a later entry calls
// something, or an entry may panic, with a call behind the literal or something
// before it that is looked at.
func (l *lowerer) hoistEntries(x *ast.CompositeLit) bool {
	if _, ok := l.u.Info.TypeOf(x).Underlying().(*types.Map); !ok || len(x.Elts) == 0 {
		return false
	}
	among := x.End() <= l.lastCall || l.firstChecked < x.Pos()
	if !l.anyOrdered(x.Elts[1:]...) && !(among && slices.ContainsFunc(x.Elts, l.anyRisky)) {
		return false
	}
	for _, e := range x.Elts {
		kv := e.(*ast.KeyValueExpr)
		l.hoistCalls(kv.Key)
		l.hoistCalls(kv.Value)
		for _, part := range []ast.Expr{kv.Key, kv.Value} {
			tv := l.u.Info.Types[part]
			if _, literal := part.(*ast.CompositeLit); !literal && tv.Value == nil && !tv.IsNil() && l.kept[part] == "" {
				l.kept[part] = l.temp(l.expr(part))
			}
		}
	}
	return true
}

// hoistAssign writes the calls of an assignment.
func (l *lowerer) hoistAssign(s *ast.AssignStmt) {
	for _, x := range s.Lhs {
		l.hoistCalls(x)
	}
	l.hoistValues(s.Rhs, len(s.Lhs))
}

// hoistValues writes the calls of the values that so many targets get.
func (l *lowerer) hoistValues(values []ast.Expr, targets int) {
	for _, x := range values {
		if r := received(x); r != nil && len(values) == 1 && targets == 2 { // v, ok := <-ch
			l.hoistCalls(r.X)
			continue
		}
		if a, ok := ast.Unparen(x).(*ast.TypeAssertExpr); ok && len(values) == 1 && targets == 2 { // v, ok := x.(T)
			l.hoistCalls(a.X)
			continue
		}
		l.hoistCalls(x)
	}
}

// hoistAssertion keeps what an assertion yields in a temporary: the Go compiler
// orders assertions among the calls, but for those of pointers, which it makes
// when their value is used. (Look-ups in maps come after the calls, as indices
// do.)
func (l *lowerer) hoistAssertion(x *ast.TypeAssertExpr) bool {
	if x.Type == nil || pointerShaped(l.u.Info.TypeOf(x)) {
		return false
	}
	l.hoistCalls(x.X)
	if _, done := l.kept[x]; !done {
		l.kept[x] = l.assertion(x)
	}
	return true
}

// hoistReceive keeps what is received in a temporary: receives are ordered
// among the calls.
func (l *lowerer) hoistReceive(x *ast.UnaryExpr) bool {
	if x.Op != token.ARROW {
		return false
	}
	l.hoistCalls(x.X)
	if _, done := l.kept[x]; !done {
		l.kept[x] = l.temp(l.receive(x, "recv"))
	}
	return true
}

// hoistCall keeps a call's value in a temporary and reports whether that was
// to be done.
func (l *lowerer) hoistCall(x *ast.CallExpr) bool {
	fun := ast.Unparen(x.Fun)
	tv := l.u.Info.Types[x]
	if id, ok := fun.(*ast.Ident); ok && id.Name == "recover" && l.u.Info.Types[fun].IsBuiltin() {
		if _, done := l.kept[x]; !done {
			l.kept[x] = l.call(x)
		}
		return true
	}
	if l.fillsBeforeCall(x) {
		l.hoistOperands(x)
		if _, done := l.kept[x]; !done {
			l.kept[x] = l.temp(l.call(x))
		}
		return true
	}
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
		if l.waits(x) {
			l.lateCheck()
		}
		if _, literal := fun.(*ast.FuncLit); l.checked && (literal || l.callsInterpreted(fun)) {
			l.here(x) // it told its own lines
		}
	}
	return true
}

// fillsBeforeCall reports whether a call is one of append or copy with a call
// after it in its statement: the compiler makes it where it stands.
func (l *lowerer) fillsBeforeCall(x *ast.CallExpr) bool {
	id, ok := ast.Unparen(x.Fun).(*ast.Ident)
	return ok && l.u.Info.Types[id].IsBuiltin() && (id.Name == "append" || id.Name == "copy") && x.End() <= l.lastCall
}

func (l *lowerer) hoistOperands(x *ast.CallExpr) {
	if _, ok := plan.MapCallOf(l.u.Info, x); ok {
		return // it keeps its operands itself
	}
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && l.u.Info.Selections[sel] != nil {
		l.hoistCalls(sel.X)
	} else {
		l.hoistCalls(x.Fun) // f(1)(g()) calls f first
	}
	for _, a := range x.Args {
		l.hoistCalls(a)
	}
}

// pointerShaped reports whether an interface holds values of the type as they
// are, without an allocation.
func pointerShaped(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	case *types.Struct:
		return t.NumFields() == 1 && pointerShaped(t.Field(0).Type())
	case *types.Array:
		return t.Len() == 1 && pointerShaped(t.Elem())
	}
	return false
}
