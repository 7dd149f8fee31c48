package interp

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Compiled code calculates with complex numbers; yaegi only holds them.

var complexKinds = map[token.Token]string{token.ADD: "add", token.SUB: "sub", token.MUL: "mul", token.QUO: "quo"}

// complexOp writes a op b, or -b where a is "", of operands of type t, as a
// temporary: nothing of what it reads may change before it is used.
func (l *lowerer) complexOp(op token.Token, t types.Type, a, b string) string {
	t = types.Default(t)
	if a == "" {
		return l.temp(l.kind("neg", t) + "(" + b + ", " + b + ")")
	}
	kind, ok := complexKinds[op]
	if !ok {
		return l.fail("the operator %s of complex numbers", op)
	}
	return l.temp(l.kind(kind, t) + "(" + a + ", " + b + ")")
}

// asComplex gives a complex number the type t.
func (l *lowerer) asComplex(t types.Type, text string, from types.Type) string {
	return l.become(text, from, types.Default(t))
}

// complexParts writes complex(re, im), real(x) and imag(x).
func (l *lowerer) complexParts(x *ast.CallExpr, name string, t types.Type) string {
	t = types.Default(t)
	if name != "complex" {
		which := map[string]string{"real": "[0]", "imag": "[1]"}[name]
		from := types.Default(l.u.Info.TypeOf(x.Args[0]))
		text := l.temp(l.kind("parts", from)+"("+l.expr(x.Args[0])+")") + which
		if isSingle(t) {
			return "float32(" + text + ")"
		}
		return text
	}
	make, part := "Complex128", "float64"
	if isSingle(t) {
		make, part = "Complex64", "float32"
	}
	from := types.Typ[types.Complex128]
	if isSingle(t) {
		from = types.Typ[types.Complex64]
	}
	re := l.expr(x.Args[0])
	return l.become("gbz_rt."+make+"("+part+"("+re+"), "+part+"("+l.expr(x.Args[1])+"))", from, t)
}

// isSingle reports whether a type is of single precision.
func isSingle(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && (b.Kind() == types.Complex64 || b.Kind() == types.Float32)
}
