package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// mapCall writes a call of package vectorizer by a function that the engine
// makes for its types: (context, items, function, options…).
func (l *lowerer) mapCall(x *ast.CallExpr) (string, bool) {
	m, ok := plan.MapCallOf(l.u.Info, x)
	if !ok {
		return "", false
	}
	ft := types.NewSignatureType(nil, nil, nil, types.NewTuple(), types.NewTuple(), false)
	f, _ := l.u.Info.TypeOf(m.Func).Underlying().(*types.Signature)
	if f == nil {
		f = ft
	}
	result := types.Type(types.NewTuple())
	if t := l.u.Info.TypeOf(x); t != nil {
		result = t
	}
	ctx := "nil"
	if m.Context != nil {
		ctx = l.temp(l.expr(m.Context))
	}
	fun := l.temp(l.expr(m.Func))
	items := l.temp(l.expr(m.Items))
	args := []string{ctx, items, fun}
	for _, o := range m.Options {
		args = append(args, l.temp(l.optionCall(ast.Unparen(o).(*ast.CallExpr))))
	}
	ts := []types.Type{l.u.Info.TypeOf(m.Items), f}
	if t, ok := result.(*types.Tuple); ok && t.Len() == 2 {
		ts = append(ts, t.At(0).Type())
	}
	return l.helper(wire.Helper{Kind: "vectorize", Text: m.Kind}, ts...) + "(" + strings.Join(args, ", ") + ")", true
}

// optionCall writes an option.
func (l *lowerer) optionCall(x *ast.CallExpr) string {
	sel := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	args := make([]string, len(x.Args))
	sig := l.u.Info.TypeOf(x.Fun).Underlying().(*types.Signature)
	for i, a := range x.Args {
		args[i] = l.value(a, sig.Params().At(i).Type())
	}
	return l.std(plan.VectorizerPath) + "." + sel.Sel.Name + "(" + strings.Join(args, ", ") + ")"
}
