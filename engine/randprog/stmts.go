package randprog

import (
	"strconv"
	"strings"
)

// stmt writes one statement, with blocks nested up to depth.
func (g *gen) stmt(depth int) {
	g.cost += g.mult
	n := 11
	if depth > 0 {
		n = 22
	}
	switch g.r.IntN(n) {
	case 0, 1, 2:
		g.varStmt()
	case 3, 4, 5:
		g.assign()
	case 6, 7:
		g.print()
	case 8, 9:
		g.callStmt()
	case 10:
		g.mapStmt()
	case 11, 12:
		g.ifStmt(depth - 1)
	case 13, 14, 15:
		g.forStmt(depth - 1)
	case 16:
		g.switchStmt(depth - 1)
	case 17:
		g.typeSwitch(depth - 1)
	case 18:
		g.try(depth - 1)
	case 19:
		g.closure(depth - 1)
	case 20:
		g.line("{")
		g.block(depth - 1)
		g.line("}")
	case 21:
		g.concurrent(depth - 1)
	}
}

func (g *gen) block(depth int) {
	g.push(false)
	for range 1 + g.r.IntN(3) {
		g.stmt(depth)
	}
	g.pop()
}

// varStmt declares variables.
func (g *gen) varStmt() {
	t := g.anyType(2)
	switch g.r.IntN(7) {
	case 0:
		if t.zeroWorks() {
			g.line("var %s %s", g.declareLocal(t).name, t)
			return
		}
	case 1:
		x := g.expr(t, 3)
		g.line("var %s %s = %s", g.declareLocal(t).name, t, x)
		return
	case 2:
		x := g.expr(t, 3)
		u := g.anyType(1)
		y := g.expr(u, 2)
		a, b := g.declareLocal(t), g.declareLocal(u)
		g.line("%s, %s := %s, %s", a.name, b.name, g.typed(t, x), g.typed(u, y))
		return
	case 3:
		if f := g.severalResults(); f != nil {
			names := make([]string, len(f.sig.results))
			args := g.args(f.sig, 2)
			for i, r := range f.sig.results {
				names[i] = g.declareLocal(r).name
			}
			g.effects(&f.method)
			g.line("%s := %s%s", strings.Join(names, ", "), f.name, args)
			return
		}
	}
	x := g.expr(t, 3)
	g.line("%s := %s", g.declareLocal(t).name, g.typed(t, x))
}

func (g *gen) severalResults() *function {
	for _, f := range g.funcs {
		if len(f.sig.results) > 1 && g.affords(f.cost) && g.chance(2) {
			return f
		}
	}
	return nil
}

// effects notes what a call does.
func (g *gen) effects(m *method) {
	g.cost += g.mult * m.cost
	g.writes = g.writes || m.writes
	g.prints = g.prints || m.prints
}

// assign changes something that can be assigned to.
func (g *gen) assign() {
	list := g.reach(func(x val) bool { return x.addr && !strings.HasPrefix(x.text, "(*p") })
	if len(list) == 0 {
		g.varStmt()
		return
	}
	x := list[g.r.IntN(len(list))]
	if x.outer {
		g.writes = true
	}
	t := x.t
	x.v.used = x.v.used || x.text != x.v.name
	switch {
	case t.kind == kInt && g.chance(3):
		g.line("%s%s", x.text, pick(g, "++", "--"))
	case t.kind == kInt && g.chance(2):
		g.line("%s %s= %s", x.text, pick(g, "+", "-", "*", "^", "|", "&^"), g.expr(t, 2))
	case t.kind == kString:
		g.line("%s = %s", x.text, g.typed(t, g.helper("clip")+"(string("+g.expr(t, 2)+"))"))
	case t.kind == kSlice && g.chance(2):
		g.writes = true // perhaps into an array that others see
		g.line("%s = append(%s, %s)", x.text, x.text, g.expr(t.elem, 2))
	case t.kind == kSlice && t.elem.zeroWorks():
		g.writes = true
		i := strconv.Itoa(g.r.IntN(3))
		g.line("if len(%s) > %s {", x.text, i)
		g.line("\t%s[%s] = %s", x.text, i, g.expr(t.elem, 2))
		g.line("}")
	case g.chance(5):
		g.swap(x, list)
	default:
		g.line("%s = %s", x.text, g.expr(t, 3))
	}
}

// swap assigns two values at once.
func (g *gen) swap(x val, list []val) {
	for _, y := range list {
		if y.text != x.text && y.t.kind != kString && y.v != x.v {
			y.v.used = y.v.used || y.text != y.v.name
			g.writes = g.writes || y.outer
			g.line("%s, %s = %s, %s", x.text, y.text, g.expr(x.t, 1), g.expr(y.t, 1))
			return
		}
	}
	g.line("%s = %s", x.text, g.expr(x.t, 1))
}

// print writes some values.
func (g *gen) print() {
	g.prints = true
	list := g.reach(func(x val) bool { return x.t.printable() })
	verbs, args := "", ""
	for range 1 + g.r.IntN(3) {
		var t *typ
		text := ""
		if len(list) > 0 && !g.chance(3) {
			x := list[g.r.IntN(len(list))]
			t, text = x.t, g.read(x)
		} else {
			t = g.printableType()
			text = g.typed(t, g.expr(t, 2))
		}
		verbs += " " + g.verb(t)
		args += ", " + text
	}
	g.line("fmt.Printf(\"%s%s\\n\"%s)", pick(g, "", "p", "=>"), verbs, args)
}

func (g *gen) verb(t *typ) string {
	switch t.kind {
	case kString:
		return pick(g, "%q", "%q", "%v", "%8q|", "%T")
	case kInt:
		return pick(g, "%d", "%v", "%x", "%6d|", "%T", "%#v")
	case kFloat:
		return pick(g, "%.3f", "%v", "%g", "%T")
	}
	return pick(g, "%v", "%+v", "%#v", "%T", "%v")
}

// callStmt calls something for its effects and keeps or drops the results.
func (g *gen) callStmt() {
	type cand struct {
		text string
		m    *method
		v    *variable
	}
	var list []cand
	for _, f := range g.funcs {
		if g.affords(f.cost) {
			list = append(list, cand{f.name, &f.method, nil})
		}
	}
	g.reach(func(x val) bool {
		if x.t.kind == kFunc && g.affords(valueCost) {
			list = append(list, cand{x.text, &method{sig: x.t.sig, writes: true, prints: true, cost: valueCost}, x.v})
		}
		for _, m := range x.t.members() {
			if m.m != nil && g.affords(m.m.cost) && g.addressed(x, m) {
				list = append(list, cand{x.text + "." + m.name, m.m, x.v})
			}
		}
		return false
	})
	if len(list) == 0 {
		g.print()
		return
	}
	c := list[g.r.IntN(len(list))]
	if c.v != nil {
		c.v.used = true
	}
	g.effects(c.m)
	text := c.text + g.args(c.m.sig, 2)
	rs := c.m.sig.results
	switch {
	case len(rs) == 0 || g.chance(6):
		g.line("%s", text)
	case g.chance(8) && g.loop == 0:
		g.line("defer %s", text)
	case len(rs) == 1 && rs[0].printable() && g.chance(2):
		g.prints = true
		g.line("fmt.Printf(\"%s\\n\", %s)", g.verb(rs[0]), text)
	default:
		names := make([]string, len(rs))
		fresh := false
		for i, r := range rs {
			names[i] = "_"
			if i == 0 || g.chance(2) {
				names[i] = g.declareLocal(r).name
				fresh = true
			}
		}
		if !fresh {
			names[0] = g.declareLocal(rs[0]).name
		}
		g.line("%s := %s", strings.Join(names, ", "), text)
	}
}

// mapStmt changes or reads a map.
func (g *gen) mapStmt() {
	list := g.reach(func(x val) bool { return x.t.kind == kMap && !strings.Contains(x.text, "[") })
	if len(list) == 0 {
		g.varStmt()
		return
	}
	m := list[g.r.IntN(len(list))]
	text, key, elem := g.read(m), m.t.key, m.t.elem
	g.writes = true
	switch g.r.IntN(5) {
	case 0:
		g.line("delete(%s, %s)", text, g.expr(key, 1))
	case 1:
		k := g.expr(key, 1)
		v, ok := g.declareLocal(elem), g.declareLocal(tBool)
		v.hidden = !elem.zeroWorks()
		g.line("%s, %s := %s[%s]", v.name, ok.name, text, k)
	case 2:
		g.prints = true
		g.line("fmt.Println(len(%s))", text)
	default:
		if elem.kind == kInt && g.chance(2) {
			g.line("%s[%s] += %s", text, g.expr(key, 1), g.expr(elem, 1))
			return
		}
		g.line("%s[%s] = %s", text, g.expr(key, 1), g.expr(elem, 2))
	}
}

func (g *gen) returnText() string {
	if g.ret == nil || len(g.ret.results) == 0 {
		return "return"
	}
	if g.results != nil && g.chance(2) {
		ok := true
		for _, r := range g.ret.results {
			ok = ok && r.zeroWorks()
		}
		if ok {
			return "return"
		}
	}
	var parts []string
	for _, r := range g.ret.results {
		parts = append(parts, g.expr(r, 2))
	}
	return "return " + strings.Join(parts, ", ")
}
