package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goblaze/goblaze/engine/check"
)

// Behind the calls of libraries that may wait stands a stop check, before what
// they return is used or the next statement runs: a goroutine that was abandoned
// in one wakes up long after the stop. The flag that it reads is up until the
// last goroutine of the stopped cell has ended.

// waits reports whether a call is of a library's function that may wait.
func (l *lowerer) waits(x *ast.CallExpr) bool {
	fn := l.library(x)
	return fn != nil && check.Waits(fn)
}

// library returns the library's function that a call names, nil for others.
func (l *lowerer) library(x *ast.CallExpr) *types.Func {
	fn, ok := typeutil.Callee(l.u.Info, x).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() == "main" {
		return nil
	}
	return fn
}

// behind writes a check behind a statement that is a call.
func (l *lowerer) behind(x *ast.CallExpr) {
	if l.waits(x) || l.library(x) != nil && l.u.Info.Types[x].IsVoid() {
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
		l.stopCheck()
	}
	return names
}
