package compile

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// rangeStmt adds the stop check; a range over a channel becomes a loop of
// stoppable receives.
func (em *emitter) rangeStmt(s *ast.RangeStmt, parent ast.Node) {
	t := em.u.Info.TypeOf(s.X)
	if t == nil {
		return
	}
	if _, ok := t.Underlying().(*types.Chan); !ok || em.opt.NoChecks {
		em.unusedRange(s)
		em.loopCheck(s, s.Body, parent)
		return
	}
	off := em.u.Offset
	ch, val, ok := em.next("gbz_ch"), em.next("gbz_v"), em.next("gbz_ok")
	// for v := range ch {  →  for ch := (ch); ; { val, ok := Recv2(ch); if !ok { break }; v := val
	em.e.replace(off(s.For), off(s.X.Pos()), "for "+ch+" := (")
	head := fmt.Sprintf("%s, %s := %s.Recv2(%s); if !%s { break }; _ = %s; ", val, ok, em.rt(), ch, ok, val)
	em.e.close(off(s.X.End()), "); ; ")
	em.e.open(off(s.Body.Lbrace)+1, " "+head)
	if s.Key == nil || isBlank(s.Key) {
		return
	}
	lo, hi := off(s.Key.Pos()), off(s.Key.End())
	// The key's own text has its edits, but stands in what was replaced.
	key := string(em.u.Src[lo:hi])
	if id, isIdent := s.Key.(*ast.Ident); isIdent {
		if v, is := em.sessionVar(em.u.Info.Uses[id]); is {
			key = "(*" + em.slot(v) + ")"
			em.inRun[v] = em.inRun[v] || s.Pos() > em.u.Run.Pos()
		}
	}
	op := " = "
	if s.Tok == token.DEFINE {
		op = " := "
	}
	text := key + op + val + "; "
	if s.Tok == token.DEFINE && em.u.Unused[s.Key.(*ast.Ident)] {
		text = ""
	}
	em.e.open(off(s.Body.Lbrace)+1, text)
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

func (em *emitter) unusedRange(s *ast.RangeStmt) {
	if s.Tok != token.DEFINE {
		return
	}
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if id, ok := e.(*ast.Ident); ok && em.u.Unused[id] {
			em.e.open(em.u.Offset(s.Body.Lbrace)+1, " _ = "+id.Name+"; ")
		}
	}
}

// goStmt hands the goroutine to the run-time package, which knows its cell:
// the function and the arguments are evaluated now, as Go has it.
func (em *emitter) goStmt(s *ast.GoStmt) {
	if em.opt.NoChecks {
		return
	}
	off := em.u.Offset
	call := s.Call
	if lit, ok := call.Fun.(*ast.FuncLit); ok && len(call.Args) == 0 && lit.Type.Results == nil {
		em.e.replace(off(s.Go), off(lit.Pos()), em.rt()+".Go(")
		em.e.replace(off(call.Lparen), off(call.Rparen)+1, ")")
		return
	}
	fun, args := em.next("gbz_f"), make([]string, len(call.Args))
	if em.keepsName(call.Fun) {
		fun = "" // written inside: a builtin, a conversion, or a function by name
		em.e.replace(off(s.Go), off(call.Fun.Pos()), "{ ")
	} else {
		em.e.replace(off(s.Go), off(call.Fun.Pos()), "{ "+fun+" := ")
	}
	sig, _ := em.under(call.Fun).(*types.Signature)
	prev := call.Lparen
	for i, a := range call.Args {
		args[i] = em.next("gbz_a")
		lead := "; " + args[i] + " := "
		if tv := em.u.Info.Types[a]; tv.Value != nil || tv.IsNil() || isUntyped(tv.Type) {
			if t := paramType(sig, i, call.Ellipsis.IsValid()); t != nil {
				lead = "; var " + args[i] + " " + typeText{em}.of(t) + " = "
			}
		}
		if i == 0 && fun == "" {
			lead = strings.TrimPrefix(lead, "; ")
		}
		em.e.replace(off(prev), off(a.Pos()), lead)
		prev = a.End()
	}
	name := fun
	if fun == "" {
		name = em.nameText(call.Fun)
		em.e.replace(off(call.Fun.Pos()), off(call.Fun.End()), "")
	}
	dots := ""
	if call.Ellipsis.IsValid() {
		dots = "..."
	}
	tail := fmt.Sprintf("; %s.Go(func() { %s(%s%s) }) }", em.rt(), name, strings.Join(args, ", "), dots)
	if len(args) == 0 && fun == "" {
		tail = strings.TrimPrefix(tail, "; ")
	}
	em.e.replace(off(prev), off(call.Rparen)+1, tail)
}

func isUntyped(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

func paramType(sig *types.Signature, i int, ellipsis bool) types.Type {
	if sig == nil {
		return nil
	}
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !ellipsis {
		return sig.Params().At(n - 1).Type().(*types.Slice).Elem()
	}
	if i < n {
		return sig.Params().At(i).Type()
	}
	return nil
}

// keepsName reports whether a called expression needs no evaluation of its
// own: a builtin, or a function (perhaps generic) by its name.
func (em *emitter) keepsName(fun ast.Expr) bool {
	fun = ast.Unparen(fun)
	switch ix := fun.(type) {
	case *ast.IndexExpr:
		if em.u.Info.Types[ix.Index].IsType() {
			fun = ix.X
		}
	case *ast.IndexListExpr:
		fun = ix.X
	}
	if em.u.Info.Types[fun].IsBuiltin() {
		return true
	}
	switch f := fun.(type) {
	case *ast.Ident:
		_, ok := em.u.Info.Uses[f].(*types.Func)
		return ok
	case *ast.SelectorExpr:
		fn, ok := em.u.Info.Uses[f.Sel].(*types.Func)
		return ok && fn.Signature().Recv() == nil
	}
	return false
}

// nameText returns the rewritten text of an expression, to be written once
// more.
func (em *emitter) nameText(e ast.Expr) string {
	sub := em.aside()
	text := sub.textOf(e)
	em.join(sub)
	return text
}

// aside returns an emitter for text that is written beside the one em writes;
// join must follow.
func (em *emitter) aside() *emitter {
	sub := &emitter{}
	*sub = *em
	sub.e = edits{src: em.e.src}
	sub.userIm = map[check.ImportSpec][]int{}
	return sub
}

// textOf returns the rewritten text of a node, for an emitter from aside.
func (em *emitter) textOf(n ast.Node) string {
	for _, r := range em.regions {
		if em.regionEnd[r.stmt] && n.Pos() <= r.stmt.Pos() && r.stmt.End() <= n.End() {
			em.e.open(r.lo, r.head)
		}
	}
	em.walk(n)
	em.e.sorted()
	return em.e.apply(em.u.Offset(n.Pos()), em.u.Offset(n.End()))
}

// join takes over what writing the text of sub has changed.
func (em *emitter) join(sub *emitter) {
	for im, offs := range sub.userIm {
		em.keepIm[im] = em.keepIm[im] || !sub.e.covers(offs, func(int) bool { return false })
	}
	em.count, em.decls, em.inits = sub.count, sub.decls, sub.inits
}

// receive rewrites <-ch, outside select.
func (em *emitter) receive(n *ast.UnaryExpr, parent ast.Node) {
	if n.Op != token.ARROW || em.opt.NoChecks || em.inComm(n) {
		return
	}
	if t := em.u.Info.TypeOf(n.X); t == nil || !isChan(t) {
		return
	}
	fn := ".Recv("
	if tup, ok := em.u.Info.TypeOf(n).(*types.Tuple); ok && tup.Len() == 2 {
		fn = ".Recv2("
	} else if isCommaOk(n, parent) {
		fn = ".Recv2("
	}
	off := em.u.Offset
	em.e.replace(off(n.OpPos), off(n.X.Pos()), em.rt()+fn)
	em.e.close(off(n.End()), ")")
}

func isChan(t types.Type) bool {
	if _, ok := t.(*types.TypeParam); ok || t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func isCommaOk(n ast.Expr, parent ast.Node) bool {
	switch p := parent.(type) {
	case *ast.AssignStmt:
		return len(p.Lhs) == 2 && len(p.Rhs) == 1 && p.Rhs[0] == n
	case *ast.ValueSpec:
		return len(p.Names) == 2 && len(p.Values) == 1 && p.Values[0] == n
	}
	return false
}

// inComm reports whether a receive is the communication of a select clause.
func (em *emitter) inComm(n *ast.UnaryExpr) bool { return em.comms()[n] }

func (em *emitter) comms() map[ast.Node]bool {
	if em.commSet != nil {
		return em.commSet
	}
	em.commSet = map[ast.Node]bool{}
	ast.Inspect(em.u.File, func(n ast.Node) bool {
		c, ok := n.(*ast.CommClause)
		if !ok || c.Comm == nil {
			return true
		}
		em.commSet[c.Comm] = true
		switch s := c.Comm.(type) {
		case *ast.ExprStmt:
			em.commSet[ast.Unparen(s.X)] = true
		case *ast.AssignStmt:
			em.commSet[ast.Unparen(s.Rhs[0])] = true
		}
		return true
	})
	return em.commSet
}

// send rewrites ch <- v, outside select.
func (em *emitter) send(n *ast.SendStmt, _ ast.Node) {
	if em.opt.NoChecks || em.comms()[n] {
		return
	}
	t := em.u.Info.TypeOf(n.Chan)
	if t == nil || !isChan(t) {
		return
	}
	elem := t.Underlying().(*types.Chan).Elem()
	off := em.u.Offset
	send := ".Send[" + typeText{em}.of(elem) + "]("
	if strings.Contains(send, types.Typ[types.Invalid].Name()) {
		send = ".Send(" // of a type of C's, which is none of an interface
	}
	em.e.open(off(n.Chan.Pos()), em.rt()+send)
	em.e.replace(off(n.Chan.End()), off(n.Value.Pos()), ", ")
	em.e.close(off(n.Value.End()), ")")
}

// selectStmt adds a case that a stop makes ready. What stands behind Halt, which
// never lets it happen, keeps the statement a terminating one.
func (em *emitter) selectStmt(n *ast.SelectStmt) {
	if em.opt.NoChecks {
		return
	}
	off := em.u.Offset
	if len(n.Body.List) == 0 {
		em.e.replace(off(n.Pos()), off(n.End()), "{ "+em.rt()+".Forever(); "+em.never()+" }")
		return
	}
	done, timed := ".Done()", false
	var chans []string
	for _, c := range n.Body.List {
		comm := c.(*ast.CommClause).Comm
		if comm == nil {
			return // has a default: never blocks
		}
		em.e.open(off(c.(*ast.CommClause).Colon)+1, em.stopCheck()+em.commAssign(c.(*ast.CommClause)))
		ch := commChan(comm)
		if ch == nil {
			continue
		}
		if t, ok := em.under(ch).(*types.Chan); ok && t.Elem().String() == "time.Time" {
			if pureChan(ch) {
				chans = append(chans, em.nameText(ch))
			} else {
				timed = true
			}
		} else if pureChan(ch) {
			chans = append(chans, em.nameText(ch))
		}
	}
	switch {
	case timed:
		done = ".DoneTimed()"
	case len(chans) > 0:
		done = ".DoneFor(" + strings.Join(chans, ", ") + ")"
	}
	em.e.open(off(n.Body.Lbrace)+1, " case <-"+em.rt()+done+": "+em.rt()+".Halt(); "+em.never()+"; ")
}

func commChan(s ast.Stmt) ast.Expr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.SendStmt:
		return s.Chan
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X
	}
	return nil
}

// pureChan reports whether a channel expression may be evaluated twice.
func pureChan(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return pureChan(e.X)
	}
	return false
}
