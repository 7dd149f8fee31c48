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
// statements. Where the function may wait the flag that it reads is rt.Late, which
// is up as long as goroutines are left; else rt.Stopping, for what computes long.
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
	case dynamic(fn) || check.Waits(fn) && !(check.IsThirdParty(path) && onlyNumbers(fn)):
		text = "; if " + em.rt() + ".Late.Load() != 0 { " + em.rt() + ".Halt() }"
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

// dynamic reports whether a method is one of a cell's interface that libraries'
// types may have too.
func dynamic(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) || fn.Pkg() == nil || fn.Pkg().Path() != "main" {
		return false
	}
	methods, _ := recv.Type().Underlying().(*types.Interface)
	for i := range methods.NumMethods() {
		if !methods.Method(i).Exported() {
			return false
		}
	}
	return true
}

// isLateValue reports whether n is a library's function, or a method of a value,
// that may wait, and is not called here: whoever calls it does not know what it
// is, so it becomes a function that has the check itself.
func (em *emitter) isLateValue(n *ast.SelectorExpr, parent ast.Node) bool {
	if call, ok := parent.(*ast.CallExpr); ok && call.Fun == n || em.opt.NoChecks {
		return false
	}
	fn, ok := em.u.Info.Uses[n.Sel].(*types.Func)
	if !ok || !check.Waits(fn) || check.IsThirdParty(fn.Pkg().Path()) && onlyNumbers(fn) {
		return false
	}
	if _, instance := em.u.Info.Instances[n.Sel]; instance || fn.Signature().TypeParams() != nil || funcStandIns[fn.FullName()] != "" {
		return false
	}
	_, ok = em.u.Info.TypeOf(n).(*types.Signature)
	return ok
}

// haltBehind adds a stop check behind a deferred call that may wait, before the
// function returns to what called it.
func (em *emitter) haltBehind(s *ast.DeferStmt) {
	fn := em.callee(s.Call.Fun)
	if em.opt.NoChecks || fn == nil || fn.Pkg() == nil || !check.Waits(fn) && !dynamic(fn) || standsIn(fn) {
		return
	}
	em.e.open(em.u.Offset(s.Pos()), "defer "+em.rt()+".Halt(); ")
}
