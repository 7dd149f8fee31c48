package interp

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"

	"github.com/goblaze/goblaze/engine/plan"
)

// A stop check in each iteration takes two steps of the interpreter (6 ns),
// where the shortest useful iteration takes twelve. So loops whose bodies are
// quick have fewer:
//
//   - none where constants bound them to few iterations;
//   - one every stripLength iterations where they count: the loop is cut into
//     strips, each a loop of its own to a nearer bound.
//
// All others check in each iteration.

// A counter is what a loop counts with: a local integer of 64 bits that nothing
// but the loop's step changes.
type counter struct {
	name  string      // the variable as it is written
	typ   string      // int or int64
	op    token.Token // how it is compared with the bound: < <= > >=
	bound ast.Expr
	step  int64 // above 0
	down  bool
	// Where it starts and the bound, nil when they are no constants.
	first, last constant.Value
}

const (
	maxStep = 1 << 20 // of counters, so that a strip is far from where integers end
	far     = 1 << 62 // no loop counts from there to where integers end: it would take centuries
)

// counter takes the header of a loop apart. What the bound is made of is for
// others to look at.
func (l *lowerer) counter(s *ast.ForStmt) (c counter, ok bool) {
	id, step, down := stepOf(l.u.Info, s.Post)
	if id == nil || step <= 0 || step > maxStep {
		return c, false
	}
	v, isVar := l.u.Info.ObjectOf(id).(*types.Var)
	if !isVar || !counts(v.Type()) || !l.plainLocal(v) || l.assignedIn(s.Body, v) {
		return c, false
	}
	c = counter{name: l.local(v), typ: l.typeText(v.Type()), step: step, down: down}
	c.op, c.bound = comparison(l.u.Info, s.Cond, v)
	if c.bound == nil || (c.op == token.GTR || c.op == token.GEQ) != down {
		return c, false
	}
	c.first, c.last = l.firstValue(s.Init, v), l.u.Info.Types[c.bound].Value
	return c, true
}

// counts reports whether a type is an integer of 64 bits with a sign.
func counts(t types.Type) bool {
	b, ok := types.Unalias(t).(*types.Basic)
	return ok && (b.Kind() == types.Int && strconv.IntSize == 64 || b.Kind() == types.Int64)
}

// near reports whether a counter never comes to where integers end: it starts
// or stops at a constant that is far from there.
func (c counter) near() bool {
	_, starts := within(c.first, far)
	_, stops := within(c.last, far)
	return starts || stops
}

// within returns a constant integer from -limit to limit.
func within(v constant.Value, limit int64) (n int64, ok bool) {
	if v == nil {
		return 0, false
	}
	n, ok = constant.Int64Val(constant.ToInt(v))
	return n, ok && -limit <= n && n <= limit
}

// stepOf returns the variable that a loop's last part steps by a constant.
func stepOf(info *types.Info, post ast.Stmt) (id *ast.Ident, step int64, down bool) {
	switch p := post.(type) {
	case *ast.IncDecStmt:
		id, _ = ast.Unparen(p.X).(*ast.Ident)
		return id, 1, p.Tok == token.DEC
	case *ast.AssignStmt:
		if len(p.Lhs) != 1 || p.Tok != token.ADD_ASSIGN && p.Tok != token.SUB_ASSIGN {
			return nil, 0, false
		}
		id, _ = ast.Unparen(p.Lhs[0]).(*ast.Ident)
		if v := info.Types[p.Rhs[0]].Value; v != nil && v.Kind() == constant.Int {
			step, _ = constant.Int64Val(v)
		}
		return id, step, p.Tok == token.SUB_ASSIGN
	}
	return nil, 0, false
}

// comparison returns what the condition compares the variable with, and how.
func comparison(info *types.Info, cond ast.Expr, v *types.Var) (op token.Token, bound ast.Expr) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return 0, nil
	}
	is := func(x ast.Expr) bool {
		id, ok := ast.Unparen(x).(*ast.Ident)
		return ok && info.Uses[id] == v
	}
	turned := map[token.Token]token.Token{token.LSS: token.GTR, token.LEQ: token.GEQ, token.GTR: token.LSS, token.GEQ: token.LEQ}
	switch _, ordered := turned[b.Op]; {
	case !ordered:
		return 0, nil
	case is(b.X):
		return b.Op, b.Y
	case is(b.Y):
		return turned[b.Op], b.X
	}
	return 0, nil
}

// firstValue returns the constant that a loop's variable starts with, nil when
// it is none.
func (l *lowerer) firstValue(init ast.Stmt, v *types.Var) constant.Value {
	as, ok := init.(*ast.AssignStmt)
	if !ok || len(as.Lhs) != len(as.Rhs) || as.Tok != token.DEFINE && as.Tok != token.ASSIGN {
		return nil
	}
	for i, x := range as.Lhs {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok && l.u.Info.ObjectOf(id) == v {
			return l.u.Info.Types[as.Rhs[i]].Value
		}
	}
	return nil
}

// plainLocal reports whether a variable is the function's own: only its name
// reads and writes it.
func (l *lowerer) plainLocal(v *types.Var) bool {
	if _, session := plan.SessionVar(l.u, v); session || v.IsField() {
		return false
	}
	return l.chunk.alias[v] == "" && !l.isBoxed(v)
}

// assignedIn reports whether a variable is assigned by its name below n.
func (l *lowerer) assignedIn(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		for _, x := range plan.Assigned(n) {
			id, ok := ast.Unparen(x).(*ast.Ident)
			found = found || ok && l.u.Info.ObjectOf(id) == v
		}
		return !found
	})
	return found
}

// unchanged reports whether an expression has the same value in all iterations
// of a loop whose body was scanned.
func (l *lowerer) unchanged(x ast.Expr, q *quick) bool {
	if l.u.Info.Types[x].Value != nil {
		return true
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := l.u.Info.ObjectOf(x).(*types.Var)
		return ok && !q.writes[v] && (!q.stores || l.plainLocal(v))
	case *ast.BinaryExpr:
		return (x.Op == token.ADD || x.Op == token.SUB || x.Op == token.MUL) && l.unchanged(x.X, q) && l.unchanged(x.Y, q)
	case *ast.CallExpr:
		return q.builtin(x) == "len" && l.unchanged(x.Args[0], q)
	}
	return false
}

// How many checks a loop has.
type checks int

const (
	checkEach  checks = iota // one in each iteration
	checkNever               // none
	checkStrip               // one a strip, if it counts
)

// checksOf chooses how many checks a loop has, with what is known of its body
// where that is quick.
func (l *lowerer) checksOf(s ast.Stmt, body *ast.BlockStmt) (checks, *quick) {
	if l.opt.NoChecks {
		return checkNever, nil
	}
	q, ok := l.scanLoop(s, body)
	if !ok {
		return checkEach, nil
	}
	if trips, ok := l.constantTrips(s); ok && trips <= maxUnchecked && int(trips)*(q.cost+stepsVar) <= maxUnchecked {
		return checkNever, q
	}
	if q.cost > maxSteps {
		return checkEach, q
	}
	return checkStrip, q
}

// forStrips writes a loop in strips, and reports whether that can be done.
func (l *lowerer) forStrips(s *ast.ForStmt, q *quick) bool {
	c, ok := l.counter(s)
	if !ok || !l.unchanged(c.bound, q) || !c.near() && (c.step > 1 || c.op == token.LEQ || c.op == token.GEQ) {
		return false
	}
	bound, ok := l.apart(c.bound)
	if !ok {
		return false
	}
	lim := l.strips(c, bound)
	l.loopBody(s.Body)
	l.stripsEnd(c, lim, bound, q)
	return true
}

// apart writes an expression; ok is false when it needs lines before it.
func (l *lowerer) apart(x ast.Expr) (text string, ok bool) {
	before := l.b.String()
	l.b.Reset()
	text = l.expr(x)
	ok = l.b.Len() == 0
	l.b.Reset()
	l.b.WriteString(before)
	return text, ok
}

// strips opens a loop in strips:
//
//	for {
//		lim = i + 256
//		if lim > n || lim < i { lim = n }
//		for ; i < lim; i++ {
//			…
//		}
//		if i < lim { break }   // where the body breaks
//		if i >= n { break }
//		check
//	}
func (l *lowerer) strips(c counter, bound string) (lim string) {
	lim = l.limit(c.typ)
	step, beyond, wrapped := "+", ">", "<"
	if c.down {
		step, beyond, wrapped = "-", "<", ">"
	}
	l.line("for {")
	l.line("%s = %s %s %s(%d)", lim, c.name, step, c.typ, stripLength*c.step)
	if c.near() {
		l.line("if %s %s %s { %s = %s }", lim, beyond, bound, lim, bound)
	} else {
		l.line("if %s %s %s || %s %s %s { %s = %s }", lim, beyond, bound, lim, wrapped, c.name, lim, bound)
	}
	next := fmt.Sprintf("%s = %s %s %s(%d)", c.name, c.name, step, c.typ, c.step)
	if c.step == 1 {
		next = c.name + step + step
	}
	l.line("for ; %s %s %s; %s {", c.name, c.op, lim, next)
	return lim
}

// limit declares the variable that holds where a strip ends. Strips hold no
// others, so a function needs one; what is written as a function literal of the
// interpreter shares its variables, so each loop there has its own.
func (l *lowerer) limit(typ string) string {
	if l.parallel {
		return l.temp(typ + "(0)")
	}
	if l.limits == nil {
		l.limits = map[string]string{}
	}
	name, ok := l.limits[typ]
	if !ok {
		name = l.next("gbz_t")
		l.limits[typ] = name
		l.decls = append(l.decls, "var "+name+" "+typ)
	}
	return name
}

// stripsEnd closes a loop in strips.
func (l *lowerer) stripsEnd(c counter, lim, bound string, q *quick) {
	over := map[token.Token]token.Token{token.LSS: token.GEQ, token.LEQ: token.GTR, token.GTR: token.LEQ, token.GEQ: token.LSS}
	l.line("}")
	if q.breaks {
		l.line("if %s %s %s { break }", c.name, c.op, lim)
	}
	l.line("if %s %s %s { break }", c.name, over[c.op], bound)
	l.stopCheck()
	l.line("}")
}
