package compile

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// checkBehind adds a stop check behind a statement that calls a library's
// function without results, for which checkAfter has nothing to hold on to: what
// the function does after a stop is not to be followed by the cell's own
// statements. Where the function may wait the goroutine's cell is asked (3 ns),
// since the flag is down when an abandoned goroutine wakes up; else the flag (half
// a nanosecond), for what computes long.
func (em *emitter) checkBehind(s *ast.ExprStmt, parent ast.Node) {
	if block, ok := parent.(*ast.BlockStmt); em.opt.NoChecks || ok && block == em.timed {
		return
	}
	switch parent.(type) {
	case nil, *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.LabeledStmt:
	default:
		return // a statement before a condition or behind an iteration
	}
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok || !em.u.Info.Types[call].IsVoid() {
		return
	}
	fn := em.callee(call.Fun)
	if fn == nil || fn.Pkg() == nil || standsIn(fn) {
		return
	}
	text := ""
	switch path := fn.Pkg().Path(); {
	case check.Waits(fn) && !(check.IsThirdParty(path) && onlyNumbers(fn)):
		text = "; " + em.rt() + ".Halt()"
	case check.IsThirdParty(path) || mayTakeLong(fn):
		text = ";" + strings.TrimSuffix(em.stopCheck(), "; ")
	}
	em.e.close(em.u.Offset(s.End()), text)
}

// standsIn reports whether the call is written as one of the run-time package,
// which stops by itself.
func standsIn(fn *types.Func) bool {
	name := fn.Origin().FullName()
	return funcStandIns[name] != "" || methodStandIns[name] != ""
}

// onlyNumbers reports whether a function takes numbers and no more, as those
// that set an element of a matrix: it waits for nothing.
func onlyNumbers(fn *types.Func) bool {
	params := fn.Signature().Params()
	for i := range params.Len() {
		b, ok := params.At(i).Type().Underlying().(*types.Basic)
		if !ok || b.Info()&types.IsNumeric == 0 {
			return false
		}
	}
	return params.Len() > 0
}

// longStd are packages of std with functions that compute long without a
// result.
var longStd = map[string]bool{
	"container/heap": true, "image/draw": true, "maps": true, "math/rand": true, "math/rand/v2": true, "runtime": true, "runtime/debug": true,
	"slices": true, "sort": true, "text/template": true, "html/template": true,
}

func mayTakeLong(fn *types.Func) bool {
	return longStd[fn.Pkg().Path()] && fn.FullName() != "runtime.KeepAlive"
}
