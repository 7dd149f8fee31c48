package compile

import (
	"go/ast"
	"go/types"
	"maps"
	"strconv"

	"github.com/goblaze/goblaze/engine/check"
)

// funcStandIns are std functions that a cell calls through the run-time
// package, because Go's own can't be stopped, end the process, or start
// goroutines that belong to nobody.
//
// A stand-in has the signature of what it stands for, so that it serves as a
// value too (exit := os.Exit).
var funcStandIns = map[string]string{
	"fmt.Print":            "Print", // which goes to its own cell, also after that cell's end
	"fmt.Println":          "Println",
	"fmt.Printf":           "Printf",
	"time.Sleep":           "Sleep",
	"time.AfterFunc":       "AfterFunc",
	"os.Exit":              "Exit",
	"flag.Parse":           "FlagParse", // which calls os.Exit
	"syscall.Kill":         "SyscallKill",
	"log.Fatal":            "Fatal",
	"log.Fatalf":           "Fatalf",
	"log.Fatalln":          "Fatalln",
	"context.WithTimeout":  "WithTimeout",
	"context.WithDeadline": "WithDeadline",
	"context.AfterFunc":    "ContextAfterFunc",
	"runtime.SetFinalizer": "SetFinalizer",
	"runtime.AddCleanup":   "AddCleanup",
	"runtime/pprof.Do":     "PprofDo",
	"os/signal.Notify":     "SignalNotify", // so that a wait is no deadlock

	"os/signal.NotifyContext":          "SignalNotifyContext",
	"runtime/pprof.SetGoroutineLabels": "PprofSetGoroutineLabels",
}

// methodStandIns are methods that block or end processes; the stand-in takes the receiver's
// address first.
var methodStandIns = func() map[string]string {
	all := map[string]string{
		"(*log.Logger).Fatal":   "LoggerFatal",
		"(*log.Logger).Fatalf":  "LoggerFatalf",
		"(*log.Logger).Fatalln": "LoggerFatalln",
		"(*flag.FlagSet).Parse": "FlagSetParse",
		"(*os.Process).Signal":  "ProcessSignal",
		"(*os.Process).Kill":    "ProcessKill",
	}
	maps.Copy(all, check.StandIns)
	return all
}()

// valueStandIns are methods that see how cells are compiled; the stand-in takes
// the receiver first.
var valueStandIns = map[string]string{
	"(reflect.Type).NumMethod":  "TypeNumMethod",
	"(reflect.Type).Method":     "TypeMethod",
	"(reflect.Value).NumMethod": "ValueNumMethod",
	"(reflect.Value).Method":    "ValueMethod",
}

// guarded are methods of libraries that call their argument in a goroutine of
// their own: a panic there must fail the cell instead of ending the process.
var guarded = map[string]string{
	"(*golang.org/x/sync/errgroup.Group).Go":    "GuardErr",
	"(*golang.org/x/sync/errgroup.Group).TryGo": "GuardErr",
}

// standIn replaces a function's name, called or not, by its stand-in's.
func (em *emitter) standIn(n *ast.SelectorExpr) {
	if em.opt.NoChecks {
		return
	}
	if fn, ok := em.u.Info.Uses[n.Sel].(*types.Func); ok && fn.Signature().Recv() == nil {
		if to, ok := funcStandIns[fn.FullName()]; ok {
			em.e.replace(em.u.Offset(n.Pos()), em.u.Offset(n.End()), em.rt()+"."+to)
		}
	}
}

// call replaces calls of methods that have a stand-in.
func (em *emitter) call(n *ast.CallExpr, parent ast.Node) {
	if em.opt.NoChecks {
		return
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		em.recovered(n, parent)
		return
	}
	fn, ok := em.u.Info.Uses[sel.Sel].(*types.Func)
	if !ok {
		return
	}
	name := fn.Origin().FullName()
	if wrap, ok := guarded[name]; ok && len(n.Args) == 1 {
		em.e.open(em.u.Offset(n.Args[0].Pos()), em.rt()+"."+wrap+"(")
		em.e.close(em.u.Offset(n.Args[0].End()), ")")
		return
	}
	if to := valueStandIns[name]; to != "" {
		em.methodCall(n, sel, to, true)
		return
	}
	to, ok := methodStandIns[name]
	switch {
	case isGo(parent):
	case ok:
		em.methodCall(n, sel, to, false)
	case (check.Waits(fn) || dynamic(fn)) && !isDefer(parent):
		em.checkAfter(n, parent)
	}
}

// recovered hands what recover yields to rt, when it is used.
func (em *emitter) recovered(n *ast.CallExpr, parent ast.Node) {
	switch parent.(type) {
	case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
		return
	}
	if em.u.Info.Types[n.Fun].IsBuiltin() && calls(n, "recover") {
		em.e.open(em.u.Offset(n.Pos()), em.rt()+".Recovered(")
		em.e.close(em.u.Offset(n.End()), ")")
	}
}

// checkAfter adds a stop check between a call's return and the use of what it
// returned.
func (em *emitter) checkAfter(n *ast.CallExpr, parent ast.Node) {
	if em.u.Info.Types[n].IsVoid() {
		return
	}
	fn := ".Checked("
	if t, ok := em.u.Info.TypeOf(n).(*types.Tuple); ok {
		if t.Len() > 3 {
			return
		}
		fn = ".Checked" + strconv.Itoa(t.Len()) + "("
	}
	em.e.open(em.u.Offset(n.Pos()), em.rt()+fn)
	em.e.close(em.u.Offset(n.End()), ")")
}

// isGo reports whether the call is that of a go statement, whose parts are
// taken apart elsewhere.
func isGo(parent ast.Node) bool {
	_, ok := parent.(*ast.GoStmt)
	return ok
}

func isDefer(parent ast.Node) bool {
	_, ok := parent.(*ast.DeferStmt)
	return ok
}

// methodCall writes x.m(args) as the stand-in's call, of x's address or, when
// byValue is set, of x.
func (em *emitter) methodCall(n *ast.CallExpr, sel *ast.SelectorExpr, to string, byValue bool) {
	s := em.u.Info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return
	}
	path := fieldPath(s)
	var names string
	t := s.Recv()
	for _, st := range path {
		if em.outOfReach(st.field) {
			return // the promoted method itself works, it only can't be stopped
		}
		names += "." + st.field.Name()
		t = st.field.Type()
	}
	prefix := em.rt() + "." + to + "("
	if _, isPtr := t.Underlying().(*types.Pointer); !isPtr && !types.IsInterface(t) && !byValue {
		prefix += "&"
	}
	off := em.u.Offset
	em.e.open(off(n.Pos()), prefix)
	rest := names
	if len(n.Args) > 0 {
		rest += ", "
	}
	em.e.replace(off(sel.X.End()), off(n.Lparen)+1, rest)
}
