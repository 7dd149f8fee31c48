package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goblaze/goblaze/engine/check"
)

// Behind calls that may wait stands a check for a stop, before what they return
// is used or the next statement runs: a goroutine that was abandoned in one
// wakes up long after the stop. The flag that it reads is up until the last
// goroutine of the stopped cell has ended.

// lateCheck writes that check.
func (l *lowerer) lateCheck() {
	if !l.opt.NoChecks {
		l.line("if gbz_late { gbz_halt() }")
	}
}

// waits reports whether a call may wait: of a library's function that does, of
// compiled code of a cell, or of a value, which may be either. Interpreted
// functions have checks of their own.
func (l *lowerer) waits(x *ast.CallExpr) bool {
	if fn := l.library(x); fn != nil {
		return check.Waits(fn)
	}
	fun := ast.Unparen(x.Fun)
	if _, literal := fun.(*ast.FuncLit); literal || l.callsInterpreted(fun) {
		return false
	}
	return l.changes(x) && !l.leaf(x)
}

// leaf reports whether a call is one of a session's function that only computes:
// no operation in it waits, and it calls nothing of the user's.
func (l *lowerer) leaf(x *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(l.u.Info, x).(*types.Func)
	if !ok {
		return false
	}
	decl, info, ok := l.opt.World.Body(fn)
	if !ok || decl.Body == nil {
		return false
	}
	computes := true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt, *ast.SelectStmt, *ast.SendStmt, *ast.FuncLit:
			computes = false
		case *ast.UnaryExpr:
			computes = computes && n.Op != token.ARROW
		case *ast.RangeStmt:
			switch info.TypeOf(n.X).Underlying().(type) {
			case *types.Basic, *types.Slice, *types.Array, *types.Pointer, *types.Map:
			default:
				computes = false
			}
		case *ast.CallExpr:
			computes = computes && leafCall(info, n)
		}
		return computes
	})
	return computes
}

// leafCall reports whether a call is a conversion, a builtin's, or one of a
// library's function that neither waits nor is given anything to call.
func leafCall(info *types.Info, x *ast.CallExpr) bool {
	if tv := info.Types[ast.Unparen(x.Fun)]; tv.IsType() || tv.IsBuiltin() {
		return true
	}
	fn, ok := typeutil.Callee(info, x).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() == "main" || fn.Signature().Recv() != nil || check.Waits(fn) {
		return false
	}
	for _, a := range x.Args {
		t := info.TypeOf(a)
		if s, ok := types.Unalias(t).(*types.Slice); ok {
			t = s.Elem()
		}
		if _, ok := types.Unalias(t).(*types.Basic); !ok {
			return false
		}
	}
	return true
}

// library returns the library's function that a call names, nil for others.
func (l *lowerer) library(x *ast.CallExpr) *types.Func {
	fn, ok := typeutil.Callee(l.u.Info, x).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() == "main" {
		return nil
	}
	return fn
}

// behind writes a check behind a statement that is a call. A library's function
// without results may compute long.
func (l *lowerer) behind(x *ast.CallExpr) {
	if l.waits(x) {
		l.lateCheck()
	} else if l.library(x) != nil && l.u.Info.Types[x].IsVoid() {
		l.stopCheck()
	}
}

// several writes what has n values into as many temporaries.
func (l *lowerer) several(x ast.Expr, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = l.next("gbz_t")
	}
	l.line("%s := %s", strings.Join(names, ", "), l.tuple(x))
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && l.waits(call) {
		l.lateCheck()
	}
	return names
}

// lateValue writes a library's function or method as a value: one that may wait
// gets the check itself, since compiled code may call it.
func (l *lowerer) lateValue(text string, fn *types.Func, t types.Type) string {
	if l.opt.NoChecks || fn.Pkg() == nil || !check.Waits(fn) {
		return text
	}
	return l.temp(l.kind("late", t) + "(" + text + ")")
}
