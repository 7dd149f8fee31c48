package interp

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/plan"
)

// value writes an expression where a value of type t is wanted; t is nil when
// any will do.
func (l *lowerer) value(x ast.Expr, t types.Type) string {
	if l.u.Info.Types[x].IsNil() {
		if t == nil {
			l.fail("nil")
		}
		return l.null(t)
	}
	return l.become(l.expr(x), l.u.Info.TypeOf(x), t)
}

// become gives a value the type it is assigned to, where that is another: it
// becomes an interface, or gets or loses a name.
func (l *lowerer) become(text string, from, to types.Type) string {
	if to == nil || from == nil {
		return text
	}
	if from = types.Default(from); types.Identical(from, to) {
		return text
	}
	return l.kind("convert", from, to) + "(" + text + ")"
}

// null writes the nil of a type.
func (l *lowerer) null(t types.Type) string {
	switch u := types.Unalias(t).(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return "(" + l.typeText(t) + ")(nil)"
	case *types.Interface:
		if u.Empty() {
			return "nil"
		}
	}
	if isError(t) {
		return "nil"
	}
	name := l.next("gbz_t")
	l.line("var %s %s", name, l.typeText(t))
	return name
}

// typedNil writes nil as a value that has a type of its own.
func (l *lowerer) typedNil(t types.Type) string {
	text := l.null(t)
	if text != "nil" {
		return text
	}
	name := l.next("gbz_t")
	l.line("var %s %s", name, l.typeText(t))
	return name
}

// conversion writes T(x).
func (l *lowerer) conversion(x *ast.CallExpr) string {
	arg := x.Args[0]
	to, from := l.u.Info.TypeOf(x), l.u.Info.TypeOf(arg)
	if l.u.Info.Types[arg].IsNil() {
		return l.typedNil(to)
	}
	if plan.IsComplex(to) {
		return l.become(l.expr(arg), from, to)
	}
	t1, b1 := to.Underlying().(*types.Basic)
	t2, b2 := from.Underlying().(*types.Basic)
	if b1 && b2 && t2.Info()&types.IsFloat != 0 && t1.Info()&types.IsInteger != 0 && t1.Kind() != types.Int && t1.Kind() != types.Int64 {
		return l.kind("convert", from, to) + "(" + l.expr(arg) + ")" // what does not fit becomes what compiled code makes of it
	}
	plain := unnamed(to) && unnamed(from)
	if b1 && b2 || plain && (b1 || b2) { // numbers and strings; strings and bytes
		return l.typeText(to) + "(" + l.expr(arg) + ")"
	}
	return l.become(l.expr(arg), from, to)
}

func unnamed(t types.Type) bool {
	_, named := types.Unalias(t).(*types.Named)
	return !named
}

// assertion writes x.(T), whose panic has Go's words.
func (l *lowerer) assertion(x *ast.TypeAssertExpr) string {
	return l.temp(l.kind("assert", l.u.Info.TypeOf(x.X), l.u.Info.TypeOf(x.Type)) + "(" + l.expr(x.X) + ")")
}

// equality writes == and !=. Numbers, strings, truth values and pointers are
// compared by yaegi, everything else in compiled code.
func (l *lowerer) equality(x *ast.BinaryExpr) string {
	not := ""
	if x.Op == token.NEQ {
		not = "!"
	}
	if l.u.Info.Types[x.X].IsNil() {
		return not + l.isNil(x.Y)
	}
	if l.u.Info.Types[x.Y].IsNil() {
		return not + l.isNil(x.X)
	}
	tx, ty := l.u.Info.TypeOf(x.X), l.u.Info.TypeOf(x.Y)
	if simple(tx) && simple(ty) {
		a := loose(x.X, l.basic(tx, l.expr(x.X)), x.Op.Precedence()+1)
		return "(" + a + " " + x.Op.String() + " " + loose(x.Y, l.basic(ty, l.expr(x.Y)), x.Op.Precedence()+1) + ")"
	}
	a := l.expr(x.X)
	return not + l.equal(a, tx, l.expr(x.Y), ty)
}

// simple reports whether yaegi compares values of the type.
func simple(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsComplex == 0
	case *types.Pointer:
		_ = t
		return true
	}
	return false
}

// equal writes a == b.
func (l *lowerer) equal(a string, ta types.Type, b string, tb types.Type) string {
	if !types.IsInterface(ta) && !types.IsInterface(tb) { // one may have a name, and the other none
		if types.AssignableTo(tb, ta) || !types.AssignableTo(ta, tb) { // a channel both ways becomes one of one way
			b, tb = l.become(b, tb, types.Default(ta)), ta
		} else {
			a, ta = l.become(a, ta, tb), tb
		}
	}
	return l.kind("equal", types.Default(ta), types.Default(tb)) + "(" + a + ", " + b + ")"
}

// isNil writes x == nil.
func (l *lowerer) isNil(x ast.Expr) string {
	t := l.u.Info.TypeOf(x)
	switch types.Unalias(t).(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return "(" + l.stable(x, nil) + " == nil)"
	}
	return l.kind("isnil", t) + "(" + l.expr(x) + ")"
}
