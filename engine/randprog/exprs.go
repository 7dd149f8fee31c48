package randprog

import (
	"fmt"
	"strconv"
	"strings"
)

// A val is an expression that reaches something.
type val struct {
	text  string
	t     *typ
	addr  bool // it may be assigned and its address taken
	v     *variable
	outer bool // assigning to it is seen outside of the function
}

// reach returns the expressions that lead from the variables in scope to what
// ok accepts, through fields, pointers and elements.
func (g *gen) reach(ok func(val) bool) []val {
	var out []val
	for _, v := range g.visible() {
		if !v.hidden {
			g.walk(val{v.name, v.t, !v.fixed, v, v.global}, 3, func(x val) {
				if ok(x) {
					out = append(out, x)
				}
			})
		}
	}
	return out
}

func (g *gen) walk(x val, depth int, yield func(val)) {
	yield(x)
	if depth == 0 {
		return
	}
	next := func(text string, t *typ, addr, outer bool) {
		g.walk(val{text, t, addr, x.v, outer}, depth-1, yield)
	}
	switch x.t.kind {
	case kStruct:
		g.fieldsOf(x, next)
	case kPointer:
		next("(*"+x.text+")", x.t.elem, true, true)
		if x.t.elem.kind == kStruct {
			g.fieldsOf(x, next)
		}
	case kArray:
		next(x.text+"["+strconv.Itoa(g.r.IntN(x.t.n))+"]", x.t.elem, x.addr, x.outer)
	case kSlice:
		if x.t.elem.zeroWorks() {
			next(g.helper("at")+"("+x.text+", "+strconv.Itoa(g.r.IntN(4))+")", x.t.elem, false, false)
		}
	case kMap:
		if x.t.elem.zeroWorks() && depth > 1 {
			next(x.text+"["+g.literal(x.t.key, 0)+"]", x.t.elem, false, false)
		}
	}
}

func (g *gen) fieldsOf(x val, next func(text string, t *typ, addr, outer bool)) {
	for _, m := range x.t.members() {
		if m.f != nil {
			pointer := m.pointer || x.t.kind == kPointer
			next(x.text+"."+m.name, m.f.t, x.addr || pointer, x.outer || pointer)
		}
	}
}

// read marks what an expression starts from as used and returns its text.
func (g *gen) read(x val) string {
	x.v.used = true
	return x.text
}

// expr returns an expression of the type, without effects.
func (g *gen) expr(t *typ, depth int) string {
	g.cost += g.mult
	if depth <= 0 {
		return g.leaf(t, min(depth, 1))
	}
	switch g.r.IntN(10) {
	case 0, 1, 2:
		return g.leaf(t, min(depth, 1))
	case 3, 4:
		if text, ok := g.call(t, depth-1); ok {
			return text
		}
	case 5:
		return g.roundabout(t, depth-1)
	case 6, 7, 8:
		if text, ok := g.operation(t, depth-1); ok {
			return text
		}
	}
	return g.leaf(t, min(depth, 1))
}

// leaf returns a variable, something reached from one, a constant or a literal.
func (g *gen) leaf(t *typ, depth int) string {
	if !g.chance(4) {
		if list := g.reach(func(x val) bool { return same(x.t, t) }); len(list) > 0 {
			return g.read(list[g.r.IntN(len(list))])
		}
	}
	for _, c := range g.consts {
		if same(c.t, t) && g.chance(3) {
			return g.id(c.name)
		}
	}
	return g.literal(t, depth)
}

// id hides that an expression is constant: the compiler refuses constant
// arithmetic that overflows.
func (g *gen) id(text string) string { return g.helper("id") + "(" + text + ")" }

func (g *gen) roundabout(t *typ, depth int) string {
	x := g.expr(t, depth)
	switch g.r.IntN(9) {
	case 0:
		return "(*" + g.helper("ptr") + "(" + g.typed(t, x) + "))"
	case 1:
		return "[]" + t.String() + "{" + x + "}[0]"
	case 2:
		return "func() " + t.String() + " { return " + x + " }()"
	case 3:
		return "any(" + g.typed(t, x) + ").(" + t.String() + ")"
	case 4:
		return "struct{ f " + t.String() + " }{" + x + "}.f"
	case 5:
		return "map[string]" + t.String() + "{\"k\": " + x + "}[\"k\"]"
	case 6:
		return g.helper("cond") + "(" + g.expr(tBool, depth) + ", " + g.typed(t, x) + ", " + g.typed(t, g.expr(t, depth)) + ")"
	case 7:
		return "<-func() chan " + t.String() + " { gate := make(chan " + t.String() + ", 1); gate <- " + x + "; return gate }()"
	}
	return "(" + x + ")"
}

// typed makes sure that an expression has the type itself: literals of basic
// types are untyped, and an interface's implementer has its own.
func (g *gen) typed(t *typ, x string) string {
	if t.kind <= kString || t.kind == kIface || t.kind == kAny || t.kind == kFunc {
		if t.kind == kFunc && !t.named {
			return "(" + t.String() + ")(" + x + ")"
		}
		return t.String() + "(" + x + ")"
	}
	return x
}

// call returns a call of a function or method that has no effect.
func (g *gen) call(t *typ, depth int) (string, bool) {
	type cand struct {
		callee string
		m      *method
		v      *variable
	}
	var list []cand
	fits := func(m *method) bool {
		return !m.writes && !m.prints && len(m.sig.results) == 1 && same(m.sig.results[0], t) && g.affords(m.cost)
	}
	for _, f := range g.funcs {
		if fits(&f.method) {
			list = append(list, cand{f.name, &f.method, nil})
		}
	}
	g.reach(func(x val) bool {
		for _, m := range x.t.members() {
			if m.m != nil && fits(m.m) && g.addressed(x, m) {
				list = append(list, cand{x.text + "." + m.name, m.m, x.v})
			}
		}
		return false
	})
	if len(list) == 0 {
		return "", false
	}
	c := list[g.r.IntN(len(list))]
	if c.v != nil {
		c.v.used = true
	}
	g.cost += g.mult * c.m.cost
	return c.callee + g.args(c.m.sig, depth), true
}

// addressed reports whether a method may be called on a value: one with a
// pointer receiver needs an address.
func (g *gen) addressed(x val, m member) bool {
	return !m.m.pointer || x.addr || m.pointer || x.t.kind == kPointer
}

func (g *gen) affords(cost int) bool { return g.cost+g.mult*cost < g.budget }

func (g *gen) args(sig *signature, depth int) string {
	var parts []string
	for i, p := range sig.params {
		if sig.variadic && i == len(sig.params)-1 {
			if g.chance(3) {
				parts = append(parts, g.expr(p, depth)+"...")
				continue
			}
			for range g.r.IntN(3) {
				parts = append(parts, g.expr(p.elem, depth))
			}
			continue
		}
		parts = append(parts, g.expr(p, depth))
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// operation returns an operator's result or a conversion.
func (g *gen) operation(t *typ, depth int) (string, bool) {
	switch t.kind {
	case kBool:
		if !t.named {
			return g.comparison(depth), true
		}
	case kInt:
		return g.integer(t, depth), true
	case kFloat:
		return g.typed(t, g.id(g.typed(t, g.expr(t, depth)))) + pick(g, " + ", " - ", " * ") + g.expr(t, depth), true
	case kString:
		return g.text(t, depth), true
	case kSlice:
		if !t.named {
			return "append(" + t.String() + "(nil), " + g.expr(t, depth) + "...)", true
		}
	case kStruct:
		return g.converted(t, depth)
	}
	return "", false
}

// converted returns a struct of another type with the same fields.
func (g *gen) converted(t *typ, depth int) (string, bool) {
	for _, o := range g.types {
		if o.kind == kStruct && o.name != t.name && t.named && o.literal() == t.literal() && g.chance(2) {
			return t.name + "(" + g.expr(o, depth) + ")", true
		}
	}
	return "", false
}

func (g *gen) comparison(depth int) string {
	switch g.r.IntN(6) {
	case 0:
		return "!(" + g.expr(tBool, depth) + ")"
	case 1:
		return "(" + g.expr(tBool, depth) + pick(g, " && ", " || ") + g.expr(tBool, depth) + ")"
	case 2:
		if t := g.declared(func(t *typ) bool { return t.comparable() && t.kind >= kStruct }); t != nil {
			return "(" + g.expr(t, depth) + pick(g, " == ", " != ") + g.expr(t, depth) + ")"
		}
	case 3:
		t := g.basic()
		return "any(" + g.typed(t, g.expr(t, depth)) + ") == any(" + g.typed(t, g.expr(t, depth)) + ")"
	}
	t := g.basic()
	op := pick(g, " == ", " != ")
	if t.ordered() {
		op = pick(g, " < ", " >= ", " == ", " > ")
	}
	return "(" + g.typed(t, g.expr(t, depth)) + op + g.expr(t, depth) + ")"
}

func (g *gen) integer(t *typ, depth int) string {
	if o := g.basic(); o.kind == kInt && g.chance(6) {
		return t.String() + "(" + g.id(g.typed(o, g.expr(o, depth))) + ")"
	}
	if c := g.declared(func(o *typ) bool { return o.kind >= kSlice && o.kind <= kMap || o.kind == kString }); c != nil && g.chance(6) {
		return t.String() + "(len(" + g.id(g.typed(c, g.expr(c, depth))) + "))"
	}
	x := g.id(g.typed(t, g.expr(t, depth)))
	switch g.r.IntN(6) {
	case 0:
		return "(" + x + " / (" + g.id(g.typed(t, g.expr(t, depth))) + " | 1))"
	case 1:
		return "(" + x + pick(g, " << ", " >> ") + strconv.Itoa(g.r.IntN(6)) + ")"
	case 2:
		return pick(g, "-", "^") + x
	}
	return "(" + x + pick(g, " + ", " - ", " * ", " & ", " | ", " ^ ", " &^ ") + g.expr(t, depth) + ")"
}

func (g *gen) text(t *typ, depth int) string {
	x := g.expr(t, depth)
	if t.named {
		return t.name + "(" + g.helper("clip") + "(string(" + x + ")))"
	}
	switch g.r.IntN(7) {
	case 0:
		return g.helper("clip") + "(" + x + " + " + g.expr(t, depth) + ")"
	case 1:
		o := g.printableType()
		return "(" + x + ")[:0] + fmt.Sprintf(\"" + pick(g, "%v", "%+v", "%#v", "%T", "<%v>") + "\", " + g.typed(o, g.expr(o, depth)) + ")"
	case 2:
		g.use("strings")
		return "strings." + pick(g, "ToUpper", "TrimSpace", "ToLower") + "(" + x + ")"
	case 3:
		g.use("strings")
		return "strings.Repeat(" + g.helper("clip") + "(" + x + "), " + strconv.Itoa(g.r.IntN(3)) + ")"
	case 4:
		return "string([]rune(" + x + "))"
	case 5:
		return fmt.Sprintf("(%s + string(rune('a'+%s%%26)))", g.helper("clip")+"("+x+")", g.id("uint8("+g.id(g.expr(tInt, depth))+")"))
	}
	return "fmt.Sprint(" + g.typed(t, x) + ", " + g.typed(tInt, g.expr(tInt, depth)) + ")"
}

// printableType returns a type whose values print alike in every run.
func (g *gen) printableType() *typ {
	for range 5 {
		if t := g.anyType(2); t.printable() {
			return t
		}
	}
	return tInt
}
