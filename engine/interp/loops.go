package interp

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"strconv"
	"strings"
)

// stopCheck writes a check for a stop.
func (l *lowerer) stopCheck() {
	if !l.opt.NoChecks {
		l.line("if gbz_stop { gbz_halt() }")
	}
}

func (l *lowerer) forStmt(s *ast.ForStmt) {
	l.line("{")
	l.stmt(s.Init)
	l.here(s) // where it is stopped, should nothing in it tell
	if need, q := l.checksOf(s, s.Body); need != checkStrip || !l.forStrips(s, q) {
		l.forPlain(s, need)
	}
	l.line("}")
}

// forPlain writes a loop with a check in each iteration, or none.
func (l *lowerer) forPlain(s *ast.ForStmt, need checks) {
	post := ""
	if s.Post != nil {
		post = l.simple(s.Post)
	}
	if copies := l.perIteration(s); copies != "" { // an iteration's variables are its own
		post = copies + post + "\n"
	}
	cond := l.condition(s.Cond)
	if strings.Contains(post, "\n") { // a step of several lines stands before the condition
		again := l.temp("false")
		l.line("for {")
		l.line("if %s {\n%s\n}", again, post)
		l.line("%s = true", again)
		cond = ""
	} else {
		l.line("for ; %s; %s {", cond, post)
	}
	if need != checkNever {
		l.stopCheck()
	}
	if s.Cond != nil && cond == "" {
		l.at(s.Cond)
		l.scan(s.Cond)
		l.line("if !(%s) { break }", l.expr(s.Cond))
	}
	l.loopBody(s.Body)
	l.line("}")
}

// condition writes a loop's condition where it needs no lines before it, else
// "".
func (l *lowerer) condition(x ast.Expr) string {
	if x == nil || l.u.Info.Types[x].Value != nil {
		return ""
	}
	before, kept, count := l.b.String(), maps.Clone(l.kept), l.count
	l.b.Reset()
	l.at(x)
	l.scan(x)
	text, lines := l.expr(x), l.b.Len()
	l.b.Reset()
	l.b.WriteString(before)
	if lines > 0 { // they are written inside the loop
		l.kept, l.count = kept, count
		return ""
	}
	return unparen(text)
}

// unparen takes the parentheses around a text away: each pair is a step of the
// interpreter.
func unparen(text string) string {
	if !strings.HasPrefix(text, "(") || strings.ContainsAny(text, "{\"'`") {
		return text
	}
	depth := 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			if i == len(text)-1 {
				return text[1:i]
			}
			return text
		}
	}
	return text
}

// perIteration writes the copies of a loop's variables for the next iteration,
// where somebody may hold the addresses of this one's.
func (l *lowerer) perIteration(s *ast.ForStmt) string {
	as, ok := s.Init.(*ast.AssignStmt)
	if !ok || as.Tok != token.DEFINE {
		return ""
	}
	var b strings.Builder
	for _, x := range as.Lhs {
		v, ok := l.u.Info.Defs[x.(*ast.Ident)].(*types.Var)
		if !ok || v.Name() == "_" || !l.isBoxed(v) {
			continue
		}
		fresh, name := l.next("gbz_t"), l.local(v)
		fmt.Fprintf(&b, "%s := new(%s)\n*%s = *%s\n%s = %s\n", fresh, l.typeText(v.Type()), fresh, name, name, fresh)
	}
	return b.String()
}

// simple writes a loop's step apart.
func (l *lowerer) simple(s ast.Stmt) string {
	if text, ok := l.stepByOne(s); ok {
		return text
	}
	before := l.b.String()
	l.b.Reset()
	switch s := s.(type) {
	case *ast.IncDecStmt:
		l.incDec(s)
	case *ast.AssignStmt:
		l.assign(s)
	default:
		l.fail("%T after a loop's body", s)
	}
	text := strings.TrimSuffix(l.b.String(), "\n")
	l.b.Reset()
	l.b.WriteString(before)
	return text
}

// stepByOne writes the step of a variable of the function's own: of an integer,
// whose type has no name.
func (l *lowerer) stepByOne(s ast.Stmt) (text string, ok bool) {
	step, ok := s.(*ast.IncDecStmt)
	if !ok {
		return "", false
	}
	id, ok := ast.Unparen(step.X).(*ast.Ident)
	if !ok {
		return "", false
	}
	v, ok := l.u.Info.ObjectOf(id).(*types.Var)
	if !ok || !l.plainLocal(v) {
		return "", false
	}
	b, ok := types.Unalias(v.Type()).(*types.Basic)
	return l.local(v) + step.Tok.String(), ok && b.Info()&types.IsInteger != 0
}

func (l *lowerer) rangeStmt(s *ast.RangeStmt) {
	l.scan(s.X)
	l.line("{")
	l.here(s)
	switch t := l.u.Info.TypeOf(s.X).Underlying().(type) {
	case *types.Basic:
		if t.Info()&types.IsString != 0 {
			l.rangeString(s)
		} else {
			l.rangeInt(s)
		}
	case *types.Slice, *types.Array, *types.Pointer:
		l.rangeSlice(s, t)
	case *types.Map:
		l.rangeMap(s)
	case *types.Chan:
		l.rangeChan(s, l.u.Info.TypeOf(s.X))
	case *types.Signature:
		l.rangeFunc(s, t)
	default:
		l.fail("a range over %s", t)
	}
	l.line("}")
}

// bind gives a loop variable its value of this iteration.
func (l *lowerer) bind(s *ast.RangeStmt, x ast.Expr, text string) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Name == "_" {
		return
	}
	if s.Tok == token.DEFINE {
		v, _ := l.u.Info.Defs[id].(*types.Var)
		l.defines(v)(text)
		return
	}
	l.line("%s = %s", l.target(id), text)
}

func isBlank(x ast.Expr) bool {
	if x == nil {
		return true
	}
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

func (l *lowerer) body(s *ast.RangeStmt) {
	l.loopBody(s.Body)
	l.line("}")
}

// counting writes a range whose variable of its own, i, counts to n, both of
// type t; bind writes what an iteration begins with.
func (l *lowerer) counting(s *ast.RangeStmt, i, n string, t types.Type, bind func()) {
	text := l.typeText(t)
	need, q := l.checksOf(s, s.Body)
	if need == checkStrip && counts(t) {
		c := counter{name: i, typ: text, op: token.LSS, step: 1, first: constant.MakeInt64(0)}
		l.line("%s := %s(0)", i, text)
		lim := l.strips(c, n)
		bind()
		l.loopBody(s.Body)
		l.stripsEnd(c, lim, n, q)
		return
	}
	l.line("for %s := %s(0); %s < %s; %s++ {", i, text, i, n, i)
	if need != checkNever {
		l.stopCheck()
	}
	bind()
	l.body(s)
}

func (l *lowerer) rangeInt(s *ast.RangeStmt) {
	t := l.u.Info.TypeOf(s.X)
	if id, ok := s.Key.(*ast.Ident); ok && id.Name != "_" {
		if kt := l.u.Info.TypeOf(id); kt != nil {
			t = kt
		}
	}
	text := l.typeText(t)
	n := l.next("gbz_t")
	l.line("var %s %s = %s", n, text, l.expr(s.X))
	i := l.next("gbz_t")
	l.counting(s, i, n, t, func() { l.bind(s, s.Key, i) })
}

func (l *lowerer) rangeSlice(s *ast.RangeStmt, t types.Type) {
	if a := arrayOf(t); a != nil && isBlank(s.Value) {
		l.rangeIndices(s, a)
		return
	}
	base := l.base(s.X)
	if _, isPtr := t.(*types.Pointer); !isPtr { // the range is over the value as it is now
		base = l.temp(base)
	}
	n := l.temp("len(" + base + ")")
	i := l.next("gbz_t")
	l.counting(s, i, n, types.Typ[types.Int], func() {
		l.bind(s, s.Key, i)
		if !isBlank(s.Value) {
			l.bind(s, s.Value, base+"["+i+"]")
		}
	})
}

// arrayOf returns the array type that t is or points to, nil when it does not.
func arrayOf(t types.Type) *types.Array {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	a, _ := t.Underlying().(*types.Array)
	return a
}

// rangeIndices writes a range over the indices of an array, which is looked at
// only where finding it calls something: a pointer to it may be nil.
func (l *lowerer) rangeIndices(s *ast.RangeStmt, a *types.Array) {
	calls := false
	ast.Inspect(s.X, func(n ast.Node) bool {
		calls = calls || n != nil && l.isOrdered(n)
		return !calls
	})
	if calls {
		l.line("_ = %s", l.expr(s.X))
	}
	i := l.next("gbz_t")
	l.counting(s, i, strconv.FormatInt(a.Len(), 10), types.Typ[types.Int], func() { l.bind(s, s.Key, i) })
}

// rangeString writes a range over a string, whose runes compiled code decodes
// some hundreds at a time: yaegi takes an invalid byte for three, and each look
// at a byte of a string takes it longer than all else that such loops do.
//
//	runes, offsets := Runes(s, 0)
//	n, i := len(runes), 0
//	for ; ; i++ {
//		if i == n {
//			check
//			if offsets[n] == len(s) { break }
//			runes, offsets = Runes(s, offsets[n])
//			n, i = len(runes), 0
//		}
//		…
//	}
func (l *lowerer) rangeString(s *ast.RangeStmt) {
	need, _ := l.checksOf(s, s.Body)
	base := l.temp(l.text(s.X))
	runes, offsets, n, i := l.next("gbz_t"), l.next("gbz_t"), l.next("gbz_t"), l.next("gbz_t")
	l.line("%s, %s := gbz_rt.Runes(%s, 0)", runes, offsets, base)
	l.line("%s := len(%s)", n, runes)
	l.line("%s := 0", i)
	l.line("for ; ; %s++ {", i)
	if need == checkEach {
		l.stopCheck()
	}
	l.line("if %s == %s {", i, n)
	if need == checkStrip {
		l.stopCheck()
	}
	l.line("if %s[%s] == len(%s) { break }", offsets, n, base)
	l.line("%s, %s = gbz_rt.Runes(%s, %s[%s])", runes, offsets, base, offsets, n)
	l.line("%s = len(%s)", n, runes)
	l.line("%s = 0", i)
	l.line("}")
	l.bind(s, s.Key, offsets+"["+i+"]")
	l.bind(s, s.Value, runes+"["+i+"]")
	l.body(s)
}

func (l *lowerer) rangeMap(s *ast.RangeStmt) {
	base := l.temp(l.base(s.X))
	k, v := l.next("gbz_t"), l.next("gbz_t")
	if isBlank(s.Value) {
		l.line("for %s := range %s {", k, base)
		l.line("_ = %s", k)
	} else {
		l.line("for %s, %s := range %s {", k, v, base)
		l.line("_, _ = %s, %s", k, v)
	}
	l.stopCheck()
	l.bind(s, s.Key, k)
	l.bind(s, s.Value, v)
	l.body(s)
}
