package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
)

// call writes a call without keeping its result.
func (l *lowerer) call(x *ast.CallExpr) string {
	if l.parallel {
		if text, ok := l.glueCalled(x); ok {
			return text
		}
	}
	fun := ast.Unparen(x.Fun)
	tv := l.u.Info.Types[fun]
	switch {
	case tv.IsType():
		return l.typeText(tv.Type) + "(" + l.expr(x.Args[0]) + ")"
	case tv.IsBuiltin():
		return l.builtin(x, fun.(*ast.Ident).Name)
	}
	var text string
	tells := false
	switch f := fun.(type) {
	case *ast.Ident:
		text = l.function(l.u.Info.Uses[f])
		tells = l.tellsLine(l.u.Info.Uses[f])
	case *ast.SelectorExpr:
		if sel := l.u.Info.Selections[f]; sel != nil {
			text = l.method(f, sel)
		} else {
			text = l.function(l.u.Info.Uses[f.Sel])
		}
	default:
		l.fail("a call of %T", fun)
	}
	args := l.arguments(x, tv.Type.Underlying().(*types.Signature))
	if tells {
		args = l.withLine(args)
	}
	return text + "(" + args + ")"
}

func (l *lowerer) function(obj types.Object) string {
	fn, ok := obj.(*types.Func)
	if !ok {
		return l.fail("a call of a function value")
	}
	if fn.Pkg().Path() == "main" {
		if l.opt.World.Interprets(fn) {
			return l.interpreted(fn)
		}
		if path, _ := l.opt.World.Home(fn); path == plan.DisplayPath { // the predeclared Display
			return l.std(path) + "." + fn.Name()
		}
		return l.home(fn) + ".F_" + fn.Name()
	}
	return l.std(fn.Pkg().Path()) + "." + fn.Name()
}

// method writes the method's receiver and name; methods of cells are exported
// in compiled code.
func (l *lowerer) method(f *ast.SelectorExpr, sel *types.Selection) string {
	fn := sel.Obj().(*types.Func)
	name := fn.Name()
	if fn.Pkg() != nil && fn.Pkg().Path() == "main" && !ast.IsExported(name) {
		name = "Gbz_" + name
	}
	recv := sel.Recv()
	if types.IsInterface(recv) {
		return l.notNil(l.expr(f.X)) + "." + name
	}
	_, isPtr := recv.Underlying().(*types.Pointer)
	_, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer)
	switch {
	case wantsPtr && !isPtr:
		id, ok := ast.Unparen(f.X).(*ast.Ident)
		if !ok {
			l.fail("a method on an address")
		}
		return l.pointerTo(id) + "." + name
	case isPtr && !wantsPtr:
		return "(*" + l.notNil(l.expr(f.X)) + ")." + name
	}
	return l.place(f.X) + "." + name
}

func (l *lowerer) arguments(x *ast.CallExpr, sig *types.Signature) string {
	args := make([]string, len(x.Args))
	if len(x.Args) == 1 {
		if t, ok := l.u.Info.TypeOf(x.Args[0]).(*types.Tuple); ok {
			return l.spread(x.Args[0], t)
		}
	}
	for i, a := range x.Args {
		args[i] = l.value(a, paramType(sig, i, x.Ellipsis.IsValid()))
	}
	text := strings.Join(args, ", ")
	if x.Ellipsis.IsValid() {
		text += "..."
	}
	return text
}

// spread writes the results of a call that are another's arguments.
func (l *lowerer) spread(x ast.Expr, t *types.Tuple) string {
	names := make([]string, t.Len())
	for i := range names {
		names[i] = l.next("gbz_t")
	}
	list := strings.Join(names, ", ")
	l.line("%s := %s", list, l.tuple(x))
	return list
}

func paramType(sig *types.Signature, i int, ellipsis bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !ellipsis {
		return sig.Params().At(n - 1).Type().(*types.Slice).Elem()
	}
	return sig.Params().At(i).Type()
}

func (l *lowerer) builtin(x *ast.CallExpr, name string) string {
	t := l.u.Info.TypeOf(x)
	switch name {
	case "len", "cap", "copy", "delete":
		args := make([]string, len(x.Args))
		for i, a := range x.Args {
			args[i] = l.place(a)
			if l.u.Info.Types[a].Value != nil {
				args[i] = l.expr(a)
			}
		}
		return name + "(" + strings.Join(args, ", ") + ")"
	case "append":
		return l.appendCall(x, t)
	case "make":
		return l.makeCall(x, t)
	case "min", "max":
		return l.extreme(x, name, t)
	case "new":
		return "new(" + l.typeText(l.u.Info.TypeOf(x.Args[0])) + ")"
	case "panic":
		return "gbz_rt.Panic(" + l.expr(x.Args[0]) + ")"
	}
	return l.fail("the builtin %s", name)
}

func (l *lowerer) appendCall(x *ast.CallExpr, t types.Type) string {
	elem := t.Underlying().(*types.Slice).Elem()
	args := []string{l.expr(x.Args[0])}
	for _, a := range x.Args[1:] {
		if x.Ellipsis.IsValid() {
			args = append(args, l.expr(a)+"...")
		} else {
			args = append(args, l.element(a, elem))
		}
	}
	return "append(" + strings.Join(args, ", ") + ")"
}

func (l *lowerer) makeCall(x *ast.CallExpr, t types.Type) string {
	args := []string{l.typeText(t)}
	for _, a := range x.Args[1:] {
		args = append(args, l.stableInt(a))
	}
	if _, ok := t.Underlying().(*types.Slice); ok {
		c := args[len(args)-1]
		l.line("if %s < 0 || %s < %s { gbz_rt.BadMake(%s, %s) }", args[1], c, args[1], args[1], c)
	}
	return "make(" + strings.Join(args, ", ") + ")"
}

// extreme writes min and max, which yaegi does not know. NaN and the sign of
// zero are those of std's functions, which follow the same rules.
func (l *lowerer) extreme(x *ast.CallExpr, name string, t types.Type) string {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return l.fail("%s of %s", name, t)
	}
	acc := l.temp(l.expr(x.Args[0]))
	for _, a := range x.Args[1:] {
		v := l.stable(a, t)
		switch {
		case b.Kind() == types.Float64:
			fn := strings.ToUpper(name[:1]) + name[1:]
			l.line("%s = %s.%s(%s, %s)", acc, l.std("math"), fn, acc, v)
		case b.Info()&types.IsInteger == 0:
			l.fail("%s of %s", name, t)
		case name == "min":
			l.line("if %s < %s { %s = %s }", v, acc, acc, v)
		default:
			l.line("if %s > %s { %s = %s }", v, acc, acc, v)
		}
	}
	return acc
}
