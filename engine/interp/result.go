package interp

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// last writes the cell's last expression, whose value is its result. The rules
// are those of package compile.
func (l *lowerer) last(s *ast.ExprStmt) {
	x := s.X
	tv := l.u.Info.Types[x]
	l.at(s)
	call, isCall := ast.Unparen(x).(*ast.CallExpr)
	isCall = isCall && tv.Value == nil
	if isCall && l.resultCall(call) {
		return
	}
	l.scan(x)
	if t, ok := tv.Type.(*types.Tuple); ok {
		l.lastTuple(call, t)
		return
	}
	switch {
	case tv.IsVoid() || isCall && l.printsOnly(call):
		l.statement(l.call(call))
		if isCall {
			l.behind(call)
		}
	case isCall && isError(tv.Type):
		l.line("gbz_rt.ResultErr(%s)", l.expr(x))
	case tv.Value != nil && tv.Value.Kind() == constant.Int && !fits(tv):
		l.line("gbz_rt.Result(%q, %q)", tv.Value.ExactString(), "untyped int constant")
	default:
		text := l.expr(x)
		l.line("gbz_rt.Result(%s, %q)", text, static(tv.Type))
	}
}

// resultCall writes a last expression that is a call of compiled code and needs no
// temporary, and reports whether it is one.
func (l *lowerer) resultCall(x *ast.CallExpr) bool {
	t := l.u.Info.TypeOf(x)
	if _, ok := types.Unalias(t).(*types.Basic); !ok || !l.callsCompiled(x) || l.waits(x) {
		return false
	}
	l.look(x)
	if l.hoist {
		l.hoistOperands(x)
	}
	l.line("gbz_rt.Result(%s, %q)", l.call(x), static(t))
	return true
}

// fits reports whether an untyped integer constant has a value of type int.
func fits(tv types.TypeAndValue) bool {
	if b, ok := tv.Type.(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 {
		return true
	}
	_, exact := constant.Int64Val(tv.Value)
	return exact
}

func (l *lowerer) lastTuple(call *ast.CallExpr, t *types.Tuple) {
	if l.printsOnly(call) || t.Len() == 0 {
		l.line("%s", l.call(call))
		return
	}
	names, statics := l.several(call, t.Len()), make([]string, t.Len())
	for i := range statics {
		statics[i] = fmt.Sprintf("%q", static(t.At(i).Type()))
	}
	n := t.Len()
	if isError(t.At(n - 1).Type()) {
		l.line("gbz_rt.ResultErr(%s)", names[n-1])
		n--
	}
	if n == 1 {
		l.line("gbz_rt.Result(%s, %s)", names[0], statics[0])
	} else {
		l.line("gbz_rt.Results([]string{%s}, %s)", strings.Join(statics[:n], ", "), strings.Join(names[:n], ", "))
	}
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// static writes a type as the user would.
func static(t types.Type) string {
	return types.TypeString(types.Default(t), func(p *types.Package) string { return p.Name() })
}

// printsOnly reports whether a call is one of fmt's printing functions, whose
// results nobody wants to see.
func (l *lowerer) printsOnly(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := l.u.Info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(fn.Name(), "Print") || strings.HasPrefix(fn.Name(), "Fprint")
}
