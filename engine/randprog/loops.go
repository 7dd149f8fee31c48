package randprog

import (
	"fmt"
	"strconv"
)

// forStmt writes a loop of a few rounds.
func (g *gen) forStmt(depth int) {
	rounds := 2 + g.r.IntN(3)
	if g.cost+g.mult*rounds*20 > g.budget {
		g.print()
		return
	}
	label := ""
	if g.chance(5) && g.ret != nil {
		g.labels++
		label = fmt.Sprintf("loop%d", g.labels)
	}
	header := g.loopHeader(rounds)
	if label != "" {
		g.line("%s:", label)
	}
	g.depth--
	g.line("%s", header)
	g.depth++
	was := g.mult
	g.mult *= rounds
	g.loop++
	for range 1 + g.r.IntN(3) {
		g.stmt(depth)
	}
	if g.chance(3) {
		g.line("if (%s) {", g.expr(tBool, 2))
		g.line("\t%s", pick(g, "continue", "break"))
		g.line("}")
		g.stmt(0)
	}
	if label != "" {
		g.line("if (%s) {", g.expr(tBool, 2))
		g.line("\t%s %s", pick(g, "continue", "break"), label)
		g.line("}")
	}
	g.loop--
	g.mult = was
	g.pop()
	g.line("}")
}

// loopHeader opens a loop's scope, with its variables, and returns its header.
func (g *gen) loopHeader(rounds int) string {
	declare := func(t *typ, fixed bool) string {
		v := g.declareLocal(t)
		v.used, v.fixed = fixed, fixed
		return v.name
	}
	n := strconv.Itoa(rounds)
	switch g.r.IntN(10) {
	case 0, 1:
		g.push(false)
		i := declare(tInt, true)
		return "for " + i + " := 0; " + i + " < " + n + "; " + i + "++ {"
	case 2:
		g.push(false)
		return "for " + declare(tInt, false) + " := range " + n + " {"
	case 3:
		g.push(false)
		return "for range " + n + " {"
	case 4:
		x := g.limited(sliceOf(g.anyType(1)))
		g.push(false)
		return "for " + declare(tInt, false) + ", " + declare(x.t.elem, false) + " := range " + x.text + " {"
	case 5:
		x := g.expr(tString, 2)
		g.push(false)
		return "for " + declare(tInt, false) + ", " + declare(&typ{kind: kInt, name: "rune", bits: 32, signed: true}, false) + " := range " + g.helper("clip") + "(" + x + ") {"
	case 6:
		x := g.limited(sliceOf(g.basic()))
		g.use("slices")
		g.push(false)
		return "for " + declare(tInt, false) + ", " + declare(x.t.elem, false) + " := range slices." + pick(g, "All", "Backward") + "(" + x.text + ") {"
	case 7:
		m := mapOf(tString, g.anyType(1))
		x := g.expr(m, 2)
		g.use("slices")
		g.use("maps")
		g.push(false)
		return "for _, " + declare(tString, false) + " := range slices.Sorted(maps.Keys(" + x + ")) {"
	case 8:
		g.use("iter")
		t := g.basic()
		x := g.expr(t, 1)
		g.push(false)
		return "for " + declare(tInt, false) + ", " + declare(t, false) + " := range " + g.helper("times") + "(" + n + ", " + g.typed(t, x) + ") {"
	}
	g.push(false)
	i := declare(tInt, true)
	return "for " + i + " := " + n + "; " + i + " > 0; " + i + "-- {"
}

// limited returns a slice of at most a few elements.
func (g *gen) limited(t *typ) val {
	return val{text: g.helper("few") + "(" + g.typed(t, g.expr(t, 2)) + ")", t: t}
}

// closure declares a function variable that captures, and calls it.
func (g *gen) closure(depth int) {
	if g.cost+g.mult*500 > g.budget {
		g.print()
		return
	}
	sig := g.signature(1)
	t := &typ{kind: kFunc, sig: sig}
	x := g.funcLiteral(t, 2)
	v := g.declareLocal(t)
	g.line("%s := %s", v.name, x)
	v.used = true
	for range 1 + g.r.IntN(2) {
		g.effects(&method{writes: true, prints: true, cost: 100})
		if len(sig.results) == 1 && sig.results[0].printable() {
			g.line("fmt.Printf(\"%s\\n\", %s%s)", g.verb(sig.results[0]), v.name, g.args(sig, 1))
		} else {
			g.line("%s%s", v.name, g.args(sig, 1))
		}
	}
}

// concurrent writes goroutines whose output does not depend on their order.
func (g *gen) concurrent(depth int) {
	t := g.printableType()
	n := strconv.Itoa(2 + g.r.IntN(3))
	body := func() string {
		was := g.scope
		g.scope = &scope{closed: true, vars: []*variable{{name: "job", t: tInt, used: true, fixed: true}}}
		was2 := g.consts
		text := g.pure(t)
		g.scope, g.consts = was, was2
		return text
	}
	g.prints = true
	switch g.r.IntN(5) {
	case 0:
		g.use("sync")
		g.line("{")
		g.line("\tvar wg sync.WaitGroup")
		g.line("\tout := make([]%s, %s)", t, n)
		g.line("\tfor job := range out {")
		g.line("\t\twg.Go(func() { out[job] = %s })", body())
		g.line("\t}")
		g.line("\twg.Wait()")
		g.line("\tfmt.Printf(\"%s\\n\", out)", g.verb(sliceOf(t)))
		g.line("}")
	case 1:
		g.line("{")
		g.line("\tch := make(chan %s)", t)
		g.line("\tgo func(n int) {")
		g.line("\t\tdefer close(ch)")
		g.line("\t\tfor job := range n {")
		g.line("\t\t\t_ = job")
		g.line("\t\t\tch <- %s", body())
		g.line("\t\t}")
		g.line("\t}(%s)", n)
		g.line("\tfor v := range ch {")
		g.line("\t\tfmt.Printf(\"%s\\n\", v)", g.verb(t))
		g.line("\t}")
		g.line("}")
	case 2:
		g.line("{")
		g.line("\tdone, data := make(chan struct{}), make(chan %s, 1)", t)
		g.line("\tgo func() { job := %s; _ = job; data <- %s; close(done) }()", n, body())
		g.line("\t<-done")
		g.line("\tselect {")
		g.line("\tcase v, ok := <-data:")
		g.line("\t\tfmt.Printf(\"%s %%v\\n\", v, ok)", g.verb(t))
		g.line("\tdefault:")
		g.line("\t\tfmt.Println(\"none\")")
		g.line("\t}")
		g.line("}")
	case 3:
		g.use("sync")
		g.line("{")
		g.line("\tvar mu sync.Mutex")
		g.line("\tvar wg sync.WaitGroup")
		g.line("\ttotal := 0")
		g.line("\tfor i := 1; i <= %s; i++ {", n)
		g.line("\t\twg.Add(1)")
		g.line("\t\tgo func(k int) {")
		g.line("\t\t\tdefer wg.Done()")
		g.line("\t\t\tmu.Lock()")
		g.line("\t\t\tdefer mu.Unlock()")
		g.line("\t\t\ttotal += k * i")
		g.line("\t\t}(i)")
		g.line("\t}")
		g.line("\twg.Wait()")
		g.line("\tfmt.Println(total)")
		g.line("}")
	case 4:
		g.line("{")
		g.line("\tin, out := make(chan int), make(chan %s)", t)
		g.line("\tgo func() { defer close(out); for job := range in { _ = job; out <- %s } }()", body())
		g.line("\tfor i := range %s {", n)
		g.line("\t\tin <- i")
		g.line("\t\tfmt.Printf(\"%s\\n\", <-out)", g.verb(t))
		g.line("\t}")
		g.line("\tclose(in)")
		g.line("\t_, ok := <-out")
		g.line("\tfmt.Println(ok)")
		g.line("}")
	}
}

// pure returns an expression that reads only the innermost scope.
func (g *gen) pure(t *typ) string {
	was := g.funcs
	g.funcs = nil
	text := g.expr(t, 2)
	g.funcs = was
	return text
}
