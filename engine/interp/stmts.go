package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (l *lowerer) block(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

func (l *lowerer) stmt(s ast.Stmt) {
	if l.parallel && l.glue(s) {
		return
	}
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		l.at(s)
		l.scan(s)
		if received(s.X) != nil {
			l.line("_ = %s", l.expr(s.X))
			return
		}
		call := ast.Unparen(s.X).(*ast.CallExpr)
		l.statement(l.call(call))
		l.behind(call)
	case *ast.AssignStmt:
		l.at(s)
		l.assign(s)
	case *ast.IncDecStmt:
		l.at(s)
		l.incDec(s)
	case *ast.DeclStmt:
		if g := s.Decl.(*ast.GenDecl); g.Tok == token.VAR {
			l.varDecl(g)
		}
	case *ast.BlockStmt:
		l.line("{")
		l.block(s.List)
		l.line("}")
	case *ast.IfStmt:
		l.ifStmt(s)
	case *ast.ForStmt:
		l.breakable(s, func() { l.forStmt(s) })
	case *ast.RangeStmt:
		l.breakable(s, func() { l.rangeStmt(s) })
	case *ast.SwitchStmt:
		l.breakable(s, func() { l.switchStmt(s) })
	case *ast.TypeSwitchStmt:
		l.breakable(s, func() { l.typeSwitch(s) })
	case *ast.LabeledStmt:
		l.labelledStmt(s)
	case *ast.ReturnStmt:
		l.returnStmt(s)
	case *ast.DeferStmt:
		l.deferStmt(s)
	case *ast.GoStmt:
		l.goStmt(s)
	case *ast.SendStmt:
		l.send(s)
	case *ast.SelectStmt:
		l.breakable(s, func() { l.selectStmt(s) })
	case *ast.BranchStmt:
		l.branch(s)
	default:
		l.fail("%T", s)
	}
}

// statement writes a call whose results nobody wants.
func (l *lowerer) statement(text string) {
	if strings.HasSuffix(text, ")") {
		l.line("%s", text)
		return
	}
	l.line("_ = %s", text)
}

func (l *lowerer) returnStmt(s *ast.ReturnStmt) {
	if len(s.Results) == 0 && (l.around != nil || l.results != nil && l.results.Len() > 0) {
		l.bareReturn()
		return
	}
	l.at(s)
	l.scan(s)
	if len(s.Results) == 1 && l.results.Len() > 1 {
		names := l.several(s.Results[0], l.results.Len())
		from := l.u.Info.TypeOf(s.Results[0]).(*types.Tuple)
		for i, name := range names {
			names[i] = l.become(name, from.At(i).Type(), l.results.At(i).Type())
		}
		l.leave(names)
		return
	}
	parts := make([]string, len(s.Results))
	for i, x := range s.Results {
		parts[i] = l.value(x, l.results.At(i).Type())
	}
	l.leave(parts)
}

func (l *lowerer) incDec(s *ast.IncDecStmt) {
	l.scan(s)
	op := "+"
	if s.Tok == token.DEC {
		op = "-"
	}
	t, typ := l.onlyTarget(s.X), l.u.Info.TypeOf(s.X)
	if l.inPlace(s.X, op) {
		l.line("%s %s= 1", t, op)
		return
	}
	l.line("%s = %s", t, l.rename(typ, fmt.Sprintf("%s %s %s(1)", l.basic(typ, t), op, basicName(typ.Underlying().(*types.Basic)))))
}

// inPlace tells that x op= v, as it is written, is right in the interpreter and
// faster than x = x op v: x is a variable of the function's own, or an element
// of a map, which yaegi then looks up once less, and of a type with no methods.
func (l *lowerer) inPlace(x ast.Expr, op string) bool {
	t := l.u.Info.TypeOf(x)
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v, ok := l.u.Info.ObjectOf(x).(*types.Var); !ok || !l.plainLocal(v) {
			return false
		}
	case *ast.IndexExpr:
		m, ok := l.u.Info.TypeOf(x.X).Underlying().(*types.Map)
		if !ok {
			return false
		}
		t = m.Elem()
	default:
		return false
	}
	b, ok := types.Unalias(t).(*types.Basic)
	return ok && b.Info()&types.IsComplex == 0 && (op == "+" || op == "-" || op == "*")
}

// onlyTarget is target for the only one of an assignment: the key of a map that
// nothing in the statement changes needs no temporary.
func (l *lowerer) onlyTarget(x ast.Expr) string {
	if x, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		m, isMap := l.u.Info.TypeOf(x.X).Underlying().(*types.Map)
		if isMap && types.Identical(l.u.Info.TypeOf(x.Index), m.Key()) && l.steady(x.Index) {
			return l.base(x.X) + "[" + unparen(l.expr(x.Index)) + "]"
		}
	}
	return l.target(x)
}

// steady reports whether an expression is arithmetic with variables of the
// function's own that can't panic: only an assignment to these changes it.
func (l *lowerer) steady(x ast.Expr) bool {
	if l.u.Info.Types[x].Value != nil {
		return true
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := l.u.Info.ObjectOf(x).(*types.Var)
		return ok && l.plainLocal(v)
	case *ast.BinaryExpr:
		return isNumber(l.u.Info.TypeOf(x)) && !l.mayPanic(x) && l.steady(x.X) && l.steady(x.Y)
	}
	return false
}

// target writes what is assigned to; its operands are evaluated and looked at
// before.
func (l *lowerer) target(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if x.Name == "_" {
			return "_"
		}
		return strings.TrimSuffix(strings.TrimPrefix(l.ident(x), "("), ")")
	case *ast.IndexExpr:
		if m, ok := l.u.Info.TypeOf(x.X).Underlying().(*types.Map); ok {
			base := l.base(x.X)
			return base + "[" + l.stable(x.Index, m.Key()) + "]"
		}
		return l.index(x)
	case *ast.SelectorExpr:
		text := l.field(x)
		if isName(text) {
			return strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
		}
		return text
	case *ast.StarExpr:
		return "*" + l.notNil(l.expr(x.X))
	}
	return l.fail("%T on the left", x)
}

func (l *lowerer) assign(s *ast.AssignStmt) {
	if l.assignCall(s) {
		return
	}
	l.scan(s)
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		op := strings.TrimSuffix(s.Tok.String(), "=")
		t := l.onlyTarget(s.Lhs[0])
		v, typ := l.operand(opOf(op), s.Rhs[0]), l.u.Info.TypeOf(s.Lhs[0])
		if l.inPlace(s.Lhs[0], op) {
			l.line("%s %s= %s", t, op, v)
			return
		}
		l.line("%s = %s", t, l.rename(typ, fmt.Sprintf("%s %s %s", l.basic(typ, t), op, v)))
		return
	}
	if len(s.Lhs) == 1 && len(s.Rhs) == 1 && l.anyRisky(s.Lhs[0]) && l.anyRisky(s.Rhs[0]) {
		l.assignLate(s.Lhs[0], s.Rhs[0])
		return
	}
	targets := make([]func(string), len(s.Lhs))
	for i, x := range s.Lhs {
		if id, ok := x.(*ast.Ident); ok && s.Tok == token.DEFINE {
			if v, ok := l.u.Info.Defs[id].(*types.Var); ok && l.ids[v] == "" {
				targets[i] = l.defines(v)
				continue
			}
		}
		t := l.target(x)
		targets[i] = func(text string) { l.store(t, text, l.u.Info.TypeOf(x)) }
	}
	l.assignAll(targets, s.Rhs, func(i int) types.Type { return l.u.Info.TypeOf(s.Lhs[i]) })
}

// assignLate writes an assignment whose target is looked at when the value is
// there: that comes first.
func (l *lowerer) assignLate(target, value ast.Expr) {
	l.keepOperands(ast.Unparen(target))
	t := l.u.Info.TypeOf(target)
	text := l.only(value, t)
	if l.divides(value) {
		text = l.temp(unparen(text))
	}
	l.store(l.target(target), text, t)
}

// keepOperands keeps the operands of a target that may panic themselves in
// temporaries: they come before the value.
func (l *lowerer) keepOperands(target ast.Expr) {
	var operands []ast.Expr
	switch x := target.(type) {
	case *ast.IndexExpr:
		operands = []ast.Expr{x.X, x.Index}
	case *ast.SelectorExpr:
		operands = []ast.Expr{x.X}
	case *ast.StarExpr:
		operands = []ast.Expr{x.X}
	}
	for _, x := range operands {
		tv := l.u.Info.Types[x]
		if tv.Value != nil || l.kept[x] != "" || !l.anyRisky(x) {
			continue
		}
		switch tv.Type.Underlying().(type) {
		case *types.Basic, *types.Pointer, *types.Slice, *types.Map: // of others the place is wanted
			l.kept[x] = l.temp(l.expr(x))
		}
	}
}

// anyRisky reports whether something in an expression may panic.
func (l *lowerer) anyRisky(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		_, literal := n.(*ast.FuncLit)
		if found || literal || n == nil {
			return false
		}
		found = l.mayPanic(n)
		return !found
	})
	return found
}

// divides reports whether an expression holds a division that may panic where it
// is written.
func (l *lowerer) divides(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		_, literal := n.(*ast.FuncLit)
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.QUO || b.Op == token.REM) {
			found = found || l.riskyOperand(b.Op, b.Y)
		}
		return !found && !literal
	})
	return found
}

// assignCall writes x = f(…) and x += f(…) without a temporary, and reports
// whether it may: x is a variable of the function's own, which nothing that f
// does can see, and of a basic type; f is compiled.
func (l *lowerer) assignCall(s *ast.AssignStmt) bool {
	if len(s.Lhs) != 1 || len(s.Rhs) != 1 || s.Tok == token.DEFINE {
		return false
	}
	id, ok1 := ast.Unparen(s.Lhs[0]).(*ast.Ident)
	call, ok2 := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	if !ok1 || !ok2 || id.Name == "_" || !l.callsCompiled(call) {
		return false
	}
	v, ok := l.u.Info.ObjectOf(id).(*types.Var)
	if !ok || !l.plainLocal(v) || !types.Identical(v.Type(), l.u.Info.TypeOf(call)) {
		return false
	}
	op := s.Tok.String()
	if _, ok := types.Unalias(v.Type()).(*types.Basic); !ok || op != "=" && !l.inPlace(id, strings.TrimSuffix(op, "=")) {
		return false
	}
	l.look(s)
	if l.hoist {
		l.hoistOperands(call)
	}
	l.line("%s %s %s", l.local(v), op, l.call(call))
	if l.waits(call) {
		l.lateCheck()
	}
	return true
}

// callsCompiled reports whether a call is one of compiled code by a function's
// or a method's name.
func (l *lowerer) callsCompiled(x *ast.CallExpr) bool {
	fn := l.calledFunc(ast.Unparen(x.Fun))
	if fn == nil || l.parallel || l.opt.Alone || l.u.Info.Types[x].Value != nil {
		return false
	}
	return !l.callsInterpreted(x.Fun)
}

// store writes an assignment. A function that yaegi stores through a pointer
// may end up in a copy; compiled code stores it.
func (l *lowerer) store(target, text string, t types.Type) {
	if t != nil && strings.HasPrefix(target, "*") {
		if _, ok := t.Underlying().(*types.Signature); ok {
			l.line("gbz_rt.Box(%s, %s)", target[1:], text)
			return
		}
	}
	l.line("%s = %s", target, unparen(text))
}

func opOf(op string) token.Token {
	switch op {
	case "<<":
		return token.SHL
	case ">>":
		return token.SHR
	}
	return token.ADD
}

// defines declares a local variable with a value.
func (l *lowerer) defines(v *types.Var) func(string) {
	return func(text string) { l.variable(v, text) }
}

// assignAll assigns values to targets at once.
func (l *lowerer) assignAll(targets []func(string), values []ast.Expr, typeOf func(int) types.Type) {
	if len(targets) == 1 && len(values) == 1 {
		targets[0](l.only(values[0], typeOf(0)))
		return
	}
	temps := make([]string, len(targets))
	if len(values) == 1 {
		temps = l.several(values[0], len(targets))
		for i, from := range l.tupleTypes(values[0], len(temps)) {
			temps[i] = l.become(temps[i], from, typeOf(i))
		}
	} else {
		for i, v := range values {
			if l.u.Info.Types[v].IsNil() && typeOf(i) != nil {
				temps[i] = l.typedNil(typeOf(i))
			} else {
				temps[i] = l.temp(l.value(v, typeOf(i)))
			}
		}
	}
	for i, t := range targets {
		t(temps[i])
	}
}

// only writes the one value of an assignment. What append gives needs no
// temporary: nothing of the statement comes after it.
func (l *lowerer) only(x ast.Expr, to types.Type) string {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || l.kept[call] != "" || to == nil || !types.Identical(to, l.u.Info.TypeOf(x)) {
		return l.value(x, to)
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "append" && l.u.Info.Types[id].IsBuiltin() {
		return l.call(call)
	}
	return l.value(x, to)
}

// tuple writes what has several values.
func (l *lowerer) tuple(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return l.call(x)
	case *ast.IndexExpr:
		return l.index(x)
	case *ast.UnaryExpr:
		return l.receive(x, "recv2")
	case *ast.TypeAssertExpr:
		return l.kind("is", l.u.Info.TypeOf(x.X), l.u.Info.TypeOf(x.Type)) + "(" + l.expr(x.X) + ")"
	}
	return l.fail("%T", x)
}

// tupleTypes returns the types of what has n values.
func (l *lowerer) tupleTypes(x ast.Expr, n int) []types.Type {
	ts := make([]types.Type, n)
	if t, ok := l.u.Info.TypeOf(x).(*types.Tuple); ok {
		for i := range ts {
			ts[i] = t.At(i).Type()
		}
	}
	return ts
}

func (l *lowerer) varDecl(g *ast.GenDecl) {
	for _, sp := range g.Specs {
		s := sp.(*ast.ValueSpec)
		l.at(s)
		l.scan(s)
		targets := make([]func(string), len(s.Names))
		for i, id := range s.Names {
			v, _ := l.u.Info.Defs[id].(*types.Var)
			switch {
			case v == nil || id.Name == "_":
				targets[i] = func(text string) { l.line("_ = %s", text) }
			case l.ids[v] != "":
				p := l.storage[v]
				targets[i] = func(text string) { l.store("*"+p, text, v.Type()) }
			default:
				targets[i] = l.defines(v)
				if len(s.Values) == 0 {
					l.variable(v, "")
				}
			}
		}
		if len(s.Values) == 0 {
			l.line("")
			continue
		}
		l.assignAll(targets, s.Values, func(i int) types.Type {
			if s.Type != nil {
				return l.u.Info.TypeOf(s.Type)
			}
			return l.u.Info.TypeOf(s.Names[i])
		})
	}
}

func (l *lowerer) ifStmt(s *ast.IfStmt) {
	l.line("{")
	l.stmt(s.Init)
	l.at(s.Cond)
	l.scan(s.Cond)
	cond := l.expr(s.Cond)
	l.line("if %s {", unparen(cond))
	l.block(s.Body.List)
	if s.Else != nil {
		l.line("} else {")
		l.stmt(s.Else)
	}
	l.line("}")
	l.line("}")
}
