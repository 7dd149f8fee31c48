package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// methodValue writes x.m as a value: compiled code binds the receiver, as it is
// now, to the method.
func (l *lowerer) methodValue(x *ast.SelectorExpr, sel *types.Selection) string {
	if sel.Kind() == types.MethodExpr {
		return l.temp(l.helper(wire.Helper{Kind: "methodexpr", Text: methodName(sel.Obj().(*types.Func))}, l.u.Info.TypeOf(x)) + "()")
	}
	text := l.method(x, sel)
	dot := strings.LastIndexByte(text, '.')
	recv, name := text[:dot], text[dot+1:]
	t := l.u.Info.TypeOf(x)
	return l.lateValue(l.temp(l.helper(wire.Helper{Kind: "methodvalue", Text: name}, t)+"("+recv+")"), sel.Obj().(*types.Func), t)
}

// instanceValue writes an instance of a generic function as a value, where
// nothing can be compiled.
func (l *lowerer) instanceValue(x ast.Expr) (string, bool) {
	id, fn := plan.InstanceOf(l.u.Info, x)
	if fn == nil {
		return "", false
	}
	inst := l.u.Info.Instances[id]
	if fn.Pkg().Path() != "main" {
		text, _ := l.instance(fn, inst)
		return text, true
	}
	own, ok := l.mono(fn, inst)
	if !ok {
		return "", false
	}
	return l.temp(l.kind("bind", inst.Type) + "(" + l.bare(own) + ")"), true
}
