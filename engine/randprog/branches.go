package randprog

import (
	"fmt"
	"strconv"
	"strings"
)

func (g *gen) ifStmt(depth int) {
	switch g.r.IntN(4) {
	case 0:
		t := g.anyType(1)
		x := g.typed(t, g.expr(t, 2))
		g.push(false)
		g.depth--
		v := g.declareLocal(t)
		v.used = true
		g.line("if %s := %s; %s {", v.name, x, g.condition(v))
	case 1:
		t := g.printableType()
		x := g.expr(tAny, 1)
		g.push(false)
		g.depth--
		v, ok := g.declareLocal(t), g.declareLocal(tBool)
		ok.used, v.used = true, true
		g.line("if %s, %s := (%s).(%s); %s && %s {", v.name, ok.name, x, t, ok.name, g.condition(v))
	default:
		g.line("if (%s) {", g.expr(tBool, 3))
		g.scope = &scope{outer: g.scope}
	}
	g.block(depth)
	if g.chance(3) {
		g.line("} else if (%s) {", g.expr(tBool, 2))
		g.block(depth)
	}
	if g.chance(3) {
		g.line("} else {")
		g.block(depth)
	}
	g.scope = g.scope.outer
	g.line("}")
}

// condition returns a condition that uses v.
func (g *gen) condition(v *variable) string {
	switch v.t.kind {
	case kBool:
		return v.name
	case kSlice, kMap, kString, kArray:
		return "len(" + v.name + ") > " + strconv.Itoa(g.r.IntN(3))
	case kInt:
		return v.name + " > " + strconv.Itoa(g.r.IntN(50))
	}
	return fmt.Sprintf("any(%s) != nil", v.name)
}

func (g *gen) switchStmt(depth int) {
	tag := pick(g, tInt, tString)
	if t := g.declared(func(t *typ) bool { return t.kind == kInt || t.kind == kString }); t != nil && g.chance(2) {
		tag = t
	}
	if g.chance(3) {
		g.line("switch {")
	} else {
		g.line("switch tag := %s; tag {", g.typed(tag, g.expr(tag, 2)))
		g.cases(tag, depth)
		return
	}
	g.cases(nil, depth)
}

func (g *gen) cases(tag *typ, depth int) {
	n := 1 + g.r.IntN(3)
	for i := range n {
		if tag == nil {
			g.line("case %s:", g.expr(tBool, 2))
		} else {
			g.line("case %s:", g.id(g.typed(tag, g.expr(tag, 1))))
		}
		g.block(depth)
		if i < n-1 && g.chance(6) {
			g.line("\tfallthrough")
		}
	}
	if g.chance(2) {
		g.line("default:")
		g.block(depth)
	}
	g.line("}")
}

func (g *gen) typeSwitch(depth int) {
	ts := []*typ{g.printableType()}
	for range g.r.IntN(3) {
		t := g.anyType(1)
		fresh := true
		for _, o := range ts {
			fresh = fresh && o.unaliased() != t.unaliased()
		}
		if fresh {
			ts = append(ts, t)
		}
	}
	x := ts[g.r.IntN(len(ts))]
	g.prints = true
	g.line("switch x := any(%s).(type) {", g.typed(x, g.expr(x, 2)))
	for _, t := range ts {
		g.line("case %s:", t)
		g.push(false)
		v := &variable{name: "x", t: t, used: true}
		g.scope.vars = append(g.scope.vars, v)
		g.line("fmt.Printf(\"%T\\n\", x)")
		g.block(depth)
		g.pop()
	}
	g.line("default:")
	g.line("\tfmt.Printf(\"other %T\\n\", x)")
	g.line("}")
}

// unaliased spells a type so that identical types are spelled alike.
func (t *typ) unaliased() string {
	text := t.String()
	switch text {
	case "rune":
		return "int32"
	case "byte":
		return "uint8"
	}
	return strings.NewReplacer("rune", "int32", "byte", "uint8").Replace(text)
}

// try runs statements whose panic is recovered and printed.
func (g *gen) try(depth int) {
	g.prints = true
	g.line("func() {")
	g.push(false)
	g.line("defer func() {")
	g.line("\tif r := recover(); r != nil {")
	g.line("\t\tfmt.Println(\"recovered:\", r)")
	g.line("\t}")
	g.line("}()")
	was := g.loop
	g.loop = 0
	for range 1 + g.r.IntN(2) {
		g.stmt(depth)
	}
	g.danger()
	g.loop = was
	g.pop()
	g.line("}()")
}

// danger writes a statement that may panic.
func (g *gen) danger() {
	switch g.r.IntN(6) {
	case 0:
		g.line("fmt.Println(%s / (%s))", g.id(g.typed(tInt, g.expr(tInt, 1))), g.id(g.typed(tInt, g.expr(tInt, 1)))+"%2")
	case 1:
		t := sliceOf(g.basic())
		g.line("fmt.Println((%s)[%s])", g.expr(t, 1), g.id(g.typed(tInt, g.expr(tInt, 1))))
	case 2:
		t, u := g.printableType(), g.printableType()
		g.line("fmt.Printf(\"%%v\\n\", any(%s).(%s))", g.typed(t, g.expr(t, 1)), u)
	case 3:
		t := g.printableType()
		g.line("panic(fmt.Sprintf(\"%%v\", %s))", g.typed(t, g.expr(t, 1)))
	case 4:
		g.use("errors")
		g.line("panic(errors.New(%q))", "boom")
	case 5:
		if t := g.declared(func(t *typ) bool {
			return t.kind == kStruct && t.printable() && len(t.fields) > 0 && !t.fields[0].embedded
		}); t != nil {
			g.line("var none *%s", t)
			g.line("fmt.Println(none.%s)", t.fields[0].name)
		}
	}
}
