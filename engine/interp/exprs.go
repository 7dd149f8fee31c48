package interp

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
)

// expr writes an expression; what must happen before it is written as lines.
func (l *lowerer) expr(x ast.Expr) string {
	tv := l.u.Info.Types[x]
	if tv.Value != nil {
		return l.constant(tv)
	}
	if name, ok := l.kept[x]; ok {
		return name
	}
	if text, ok := l.instanceValue(x); ok {
		return text
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return l.expr(x.X)
	case *ast.Ident:
		return l.ident(x)
	case *ast.SelectorExpr:
		return l.field(x)
	case *ast.IndexExpr:
		return l.index(x)
	case *ast.SliceExpr:
		return l.slice(x)
	case *ast.StarExpr:
		return "(*" + l.notNil(l.expr(x.X)) + ")"
	case *ast.UnaryExpr:
		return l.unary(x)
	case *ast.BinaryExpr:
		return l.binary(x)
	case *ast.CallExpr:
		text := l.call(x)
		if l.hoist && !tv.IsVoid() {
			return l.temp(text)
		}
		return text
	case *ast.CompositeLit:
		return l.composite(x)
	case *ast.TypeAssertExpr:
		return l.assertion(x)
	case *ast.FuncLit:
		return l.closure(x)
	}
	return l.fail("%T", x)
}

// constant writes a constant as the checker folded it, with its type.
func (l *lowerer) constant(tv types.TypeAndValue) string {
	t := types.Default(tv.Type)
	v := tv.Value
	var text string
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return l.fail("a constant of type %s", t)
	}
	switch {
	case b.Info()&types.IsBoolean != 0:
		text = strconv.FormatBool(constant.BoolVal(v))
	case b.Info()&types.IsString != 0:
		text = strconv.Quote(constant.StringVal(v))
	case b.Info()&types.IsInteger != 0:
		text = constant.ToInt(v).ExactString()
	case b.Info()&types.IsFloat != 0:
		text = floatText(v, b.Kind() == types.Float32)
	case b.Info()&types.IsComplex != 0:
		single := b.Kind() == types.Complex64
		return l.asComplex(t, fmt.Sprintf("gbz_rt.Complex128(%s, %s)", floatText(constant.Real(v), single), floatText(constant.Imag(v), single)), types.Typ[types.Complex128])
	default:
		return l.fail("a constant of type %s", t)
	}
	if bt, ok := types.Unalias(t).(*types.Basic); ok {
		switch bt.Kind() {
		case types.Bool, types.String:
			return text
		case types.Int:
			if text[0] == '-' {
				return "(" + text + ")"
			}
			return text
		}
	}
	return l.typeText(t) + "(" + text + ")"
}

// floatText writes a constant rounded to its type.
func floatText(v constant.Value, single bool) string {
	f, _ := constant.Float64Val(v)
	bits := 64
	if single {
		s, _ := constant.Float32Val(v)
		f, bits = float64(s), 32
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', 1, bits)
	}
	return strconv.FormatFloat(f, 'g', -1, bits)
}

func (l *lowerer) unary(x *ast.UnaryExpr) string {
	switch x.Op {
	case token.ARROW:
		return l.temp(l.receive(x, "recv"))
	case token.AND:
		return l.address(ast.Unparen(x.X))
	case token.ADD, token.SUB, token.XOR, token.NOT:
		t := l.u.Info.TypeOf(x)
		if plan.IsComplex(t) {
			if x.Op == token.ADD {
				return l.expr(x.X)
			}
			return l.complexOp(token.SUB, t, "", l.expr(x.X))
		}
		text := l.basic(t, l.expr(x.X))
		if token.IsIdentifier(text) || x.Op == token.NOT && strings.HasPrefix(text, "!") {
			return l.rename(t, x.Op.String()+text) // yaegi takes a name in parentheses at the front of && or || for the condition
		}
		return l.rename(t, x.Op.String()+"("+text+")")
	}
	return l.fail("the operator %s", x.Op)
}

func (l *lowerer) binary(x *ast.BinaryExpr) string {
	switch x.Op {
	case token.LAND, token.LOR:
		return l.shortCircuit(x)
	case token.EQL, token.NEQ:
		return l.rename(l.u.Info.TypeOf(x), l.equality(x))
	}
	t := l.u.Info.TypeOf(x.X)
	if plan.IsComplex(t) {
		a := l.expr(x.X)
		return l.complexOp(x.Op, l.u.Info.TypeOf(x), a, l.expr(x.Y))
	}
	a := loose(x.X, l.basic(t, l.expr(x.X)), x.Op.Precedence())
	b := loose(x.Y, l.operand(x.Op, x.Y), x.Op.Precedence()+1)
	text := "(" + a + " " + x.Op.String() + " " + b + ")"
	switch x.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		t = l.u.Info.TypeOf(x)
	case token.QUO, token.REM:
		if l.riskyOperand(x.Op, x.Y) && x.End() <= l.lastChecked { // it panics before what stands behind it
			return l.temp(l.rename(t, text))
		}
	}
	return l.rename(t, text)
}

// loose writes an arithmetic operand without parentheses where it binds as
// tightly as is needed: each pair is a step of the interpreter.
func loose(x ast.Expr, text string, needed int) string {
	if b, ok := ast.Unparen(x).(*ast.BinaryExpr); ok && b.Op.Precedence() >= max(needed, token.ADD.Precedence()) {
		return unparen(text)
	}
	return text
}

// basic writes a value of a named basic type as one of the basic type: yaegi
// loses the name of what it computes.
func (l *lowerer) basic(t types.Type, text string) string {
	if _, named := types.Unalias(t).(*types.Named); !named {
		return text
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		return basicName(b) + "(" + text + ")"
	}
	return text
}

// rename gives a computed value its named type back.
func (l *lowerer) rename(t types.Type, text string) string {
	if _, named := types.Unalias(t).(*types.Named); !named {
		return text
	}
	return l.typeText(t) + "(" + text + ")"
}

// operand writes the right operand of an operator; a shift count has a type of
// its own.
func (l *lowerer) operand(op token.Token, y ast.Expr) string {
	if op == token.SHL || op == token.SHR {
		if v := l.u.Info.Types[y].Value; v != nil {
			return "uint(" + constant.ToInt(v).ExactString() + ")"
		}
		if b, ok := l.u.Info.TypeOf(y).Underlying().(*types.Basic); ok && b.Info()&types.IsUnsigned == 0 {
			n := l.temp(l.expr(y))
			l.line("if %s < 0 { gbz_rt.BadShift(int(%s)) }", n, n)
			return "uint(" + n + ")"
		}
	}
	return l.basic(l.u.Info.TypeOf(y), l.expr(y))
}

// shortCircuit writes && and ||; when the right side needs lines before it, as
// an if.
func (l *lowerer) shortCircuit(x *ast.BinaryExpr) string {
	left := l.expr(x.X)
	before := l.b.String()
	l.b.Reset()
	l.hoistCalls(x.Y)
	right := l.expr(x.Y)
	lines := l.b.String()
	l.b.Reset()
	l.b.WriteString(before)
	if lines == "" {
		return "(" + left + " " + x.Op.String() + " " + right + ")"
	}
	t := l.temp(left)
	if x.Op == token.LAND {
		l.line("if %s {", t)
	} else {
		l.line("if !%s {", t)
	}
	l.b.WriteString(lines)
	l.line("%s = %s", t, right)
	l.line("}")
	return t
}
