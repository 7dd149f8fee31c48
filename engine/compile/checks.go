package compile

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// Code is stoppable because every way that may be long passes stop checks. A
// check costs a load, a test and a branch, which is nothing beside a call and
// much beside the store that is all of a sieve's inner loop. So a loop whose
// iterations are short (a stretch, see there) gets fewer:
//
//   - none when a constant bounds it;
//   - none, in a copy that is taken when its bounds say that it is short as a
//     whole: if rt.Below(0, n, 65536) { for … } else { for … with checks };
//   - one every so many iterations when its variable counts them:
//     if i&65535 == 0 && stopping;
//   - none of its own when the loops inside have one before they start, and the
//     iterations that skip them are short as a whole.
type loopPlan struct {
	kind  planKind
	every int    // 1<<every iterations, for every
	key   string // the variable that counts them
	guard string // for versions
	other *loopPlan
	ahead []ast.Stmt // the loops inside that check before they start, since this one does not
}

type planKind int

const (
	always    planKind = iota // a check in each iteration
	never                     // no check
	sometimes                 // a check in every so many iterations
	versions                  // no check where the guard holds, else as other has it
)

// stretchWork is what may run from one check to the next, in units of a
// stretch's cost: some milliseconds, and a tenth of a second when each memory
// access misses all caches.
const stretchWork = 1 << 23

// minEvery is the exponent of the least number of iterations for which fewer
// checks than one each pay.
const minEvery = 6

func (em *emitter) stopCheck() string { return em.checkWhen("") }

// checkWhen returns the text of a stop check under a further condition.
func (em *emitter) checkWhen(cond string) string {
	if em.opt.NoChecks {
		return ""
	}
	return " if " + cond + em.rt() + ".Stopping.Load() != 0 { " + em.rt() + ".Halt() }; "
}

// loopCheck adds to a loop the checks that it needs.
func (em *emitter) loopCheck(s ast.Stmt, body *ast.BlockStmt, parent ast.Node) {
	if em.opt.NoChecks {
		return
	}
	p, forced := em.plans[s]
	if !forced {
		p = em.planLoop(s, parent)
		em.plans[s] = p
	}
	if em.ahead[s] {
		em.e.open(em.u.Offset(s.Pos()), em.stopCheck())
	}
	for _, l := range p.ahead {
		em.ahead[l] = true
	}
	inside := em.u.Offset(body.Lbrace) + 1
	switch p.kind {
	case always:
		em.e.open(inside, em.stopCheck())
	case sometimes:
		em.nameKey(s, p.key)
		em.e.open(inside, em.checkWhen(fmt.Sprintf("%s&%#x == 0 && ", p.key, 1<<p.every-1)))
	case versions:
		em.e.open(em.u.Offset(s.Pos()), "if "+p.guard+" { ")
	}
}

// loopEnd closes a loop of two versions with the second.
func (em *emitter) loopEnd(s ast.Stmt) {
	p := em.plans[s]
	if p == nil || p.kind != versions {
		return
	}
	sub := em.aside()
	sub.regionEnd = maps.Clone(em.regionEnd)
	delete(sub.regionEnd, s) // that region is around both
	sub.plans = map[ast.Stmt]*loopPlan{s: p.other}
	sub.ahead = map[ast.Stmt]bool{} // it checks itself
	text := sub.textOf(s)
	em.join(sub)
	em.e.close(em.u.Offset(s.End()), " } else { "+em.at(s)+text+" }")
}

// nameKey gives the key of a range clause the name that the check needs.
func (em *emitter) nameKey(s ast.Stmt, key string) {
	r, ok := s.(*ast.RangeStmt)
	if !ok {
		return
	}
	if r.Key == nil {
		em.e.open(em.u.Offset(r.Range), key+" := ")
	} else if isBlank(r.Key) {
		em.e.replace(em.u.Offset(r.Key.Pos()), em.u.Offset(r.Key.End()), key)
	}
}

// planLoop chooses a loop's checks.
func (em *emitter) planLoop(s ast.Stmt, parent ast.Node) *loopPlan {
	st := em.newStretch()
	st.limit = em.work()
	if st.nested(s) {
		return &loopPlan{kind: never}
	}
	_, labelled := parent.(*ast.LabeledStmt)
	var p *loopPlan
	switch s := s.(type) {
	case *ast.ForStmt:
		p = em.planFor(s)
	case *ast.RangeStmt:
		p = em.planRange(s)
	}
	if p.kind == versions && labelled {
		return p.other // a label can't stand twice
	}
	return p
}

// every returns the exponent of how many iterations of a stretch may run
// without a check.
func (em *emitter) every(st *stretch, t types.Type) int {
	n := log2(max(em.work()/(st.skipping()+1), 1))
	bits, _ := width(t)
	return min(n, bits-1)
}

func (em *emitter) work() int {
	if em.opt.Stretch > 0 {
		return em.opt.Stretch
	}
	return stretchWork
}

func (em *emitter) planFor(f *ast.ForStmt) *loopPlan {
	other := &loopPlan{kind: always}
	st := em.newStretch()
	c, ok := em.counted(f)
	if !ok || !st.iteration(f.Body) || !st.expr(f.Cond) || st.cost > maxStretch || st.names[c.v] || !st.expr(c.step) {
		return other
	}
	if em.fewTrips(f, st) {
		return &loopPlan{kind: never, ahead: st.inner}
	}
	every := em.every(st, c.v.Type())
	if every < minEvery && em.opt.Stretch == 0 {
		return other
	}
	if c.step == nil && st.inner == nil {
		other = &loopPlan{kind: sometimes, every: every, key: c.v.Name()}
	}
	if guard := em.guard(c, st, every); guard != "" {
		return &loopPlan{kind: versions, guard: guard, other: other, ahead: st.inner}
	}
	return other
}

// fewTrips reports whether a constant bounds a loop with loops inside to so few
// iterations that those which skip them need no check.
func (em *emitter) fewTrips(s ast.Stmt, st *stretch) bool {
	trips, ok := em.constantTrips(s)
	return ok && st.inner != nil && trips <= int64(em.work()/(st.skipping()+1))
}

// guard returns the condition under which a counted loop takes at most 1<<every
// iterations, "" when there is none.
func (em *emitter) guard(c counted, st *stretch, every int) string {
	if c.to == nil || !em.newStretch().invariant(c.from, true) || c.step != nil && !st.invariant(c.step, false) {
		return ""
	}
	if c.held != nil {
		if st.names[c.held] || em.shared(c.held) || !em.newStretch().invariant(c.to, true) {
			return ""
		}
	} else if !st.invariant(c.to, c.sure) {
		return ""
	}
	if em.constant(c.from) != nil && em.constant(c.to) != nil && em.constant(c.step) != nil {
		return "" // constantTrips would have known
	}
	t := "[" + typeText{em}.of(c.v.Type()) + "](" + em.nameText(c.from) + ", " + em.nameText(c.to) + ", "
	if c.step == nil && c.op != token.LEQ && c.op != token.GEQ {
		name := ".Below"
		if c.down {
			name = ".Above"
		}
		return fmt.Sprintf("%s%s%s1<<%d)", em.rt(), name, t, every)
	}
	if c.op == token.NEQ {
		return ""
	}
	name, step := ".Upwards", "1"
	if c.down {
		name = ".Downwards"
	}
	if c.step != nil {
		step = em.nameText(c.step)
	}
	return fmt.Sprintf("%s%s%s%s, %d)", em.rt(), name, t, step, every)
}

func (em *emitter) planRange(r *ast.RangeStmt) *loopPlan {
	other := &loopPlan{kind: always}
	t := em.u.Info.TypeOf(r.X)
	st := em.newStretch()
	if t == nil || isTypeParam(t) || !st.ranged(r) || !st.iteration(r.Body) || st.cost > maxStretch {
		return other
	}
	if em.fewTrips(r, st) {
		return &loopPlan{kind: never, ahead: st.inner}
	}
	guard, key := "", types.Type(types.Typ[types.Int])
	switch u := t.Underlying().(type) {
	case *types.Slice:
		guard = ".Short("
	case *types.Array, *types.Pointer:
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			guard, key = ".ShortText(", nil // a key that skips bytes counts nothing
		case u.Info()&types.IsInteger != 0:
			if r.Key != nil {
				t = em.u.Info.TypeOf(r.Key)
			}
			if t == nil || isTypeParam(t) {
				return other
			}
			t = types.Default(t)
			guard, key = ".Below["+typeText{em}.of(t)+"](0, ", t
		}
	default:
		return other
	}
	return em.rangePlan(r, st, guard, key)
}

// rangePlan completes the plan of a range whose key has the type key, nil when
// the key does not count the iterations.
func (em *emitter) rangePlan(r *ast.RangeStmt, st *stretch, guard string, key types.Type) *loopPlan {
	other := &loopPlan{kind: always}
	every := em.every(st, types.Typ[types.Int64])
	if key != nil {
		every = em.every(st, key)
	}
	if every < minEvery && em.opt.Stretch == 0 {
		return other
	}
	if st.inner == nil && key != nil && (r.Tok != token.ASSIGN || r.Key == nil) {
		other = &loopPlan{kind: sometimes, every: every}
		if id, ok := r.Key.(*ast.Ident); ok && id.Name != "_" {
			other.key = id.Name
		} else {
			other.key = em.next("gbz_i")
		}
	}
	if guard == "" || em.u.Info.Types[r.X].Value != nil || !em.newStretch().invariant(r.X, true) {
		return other
	}
	return &loopPlan{kind: versions, guard: fmt.Sprintf("%s%s%s, 1<<%d)", em.rt(), guard, em.nameText(r.X), every), other: other, ahead: st.inner}
}

// gotoCheck adds the stop check to a goto that makes a loop.
func (em *emitter) gotoCheck(n *ast.BranchStmt) {
	if n.Tok != token.GOTO || em.opt.NoChecks {
		return
	}
	if l := em.u.Info.Uses[n.Label]; l != nil && l.Pos() < n.Pos() {
		em.e.open(em.u.Offset(n.Pos()), "{"+em.stopCheck())
		em.e.close(em.u.Offset(n.End()), " }")
	}
}
