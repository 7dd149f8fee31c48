package randprog

import (
	"fmt"
	"strings"
)

// declareType adds a declared type and returns the text of its declaration.
func (g *gen) declareType() {
	switch g.r.IntN(12) {
	case 0, 1, 2, 3, 4:
		t := &typ{kind: kStruct, name: g.typeName(pick(g, "point", "account", "node", "user", "event")), named: true}
		t.fields = g.fields(1+g.r.IntN(4), 2, true)
		g.addType(t, "type %s %s", t.name, t.literal())
		if g.chance(4) {
			t.fields = append(t.fields, &field{name: "link", t: pointerTo(t), mayNil: true})
			g.decls[len(g.decls)-1] = fmt.Sprintf("type %s %s", t.name, t.literal())
		}
	case 5, 6:
		b := *g.basic()
		b.name, b.named, b.methods = g.typeName(pick(g, "celsius", "level", "title", "id")), true, nil
		under := pick(g, "int", "string", "float64", "uint8")
		switch under {
		case "int":
			b.kind, b.bits, b.signed = kInt, 64, true
		case "string":
			b.kind = kString
		case "float64":
			b.kind = kFloat
		case "uint8":
			b.kind, b.bits, b.signed = kInt, 8, false
		}
		g.addType(&b, "type %s %s", b.name, under)
		if b.kind == kInt {
			g.enum(&b)
		}
	case 7, 8:
		t := g.anyType(2)
		if t.kind != kSlice && t.kind != kMap && t.kind != kArray && t.kind != kFunc {
			t = sliceOf(t)
		}
		d := *t
		d.name, d.named, d.methods = g.typeName(pick(g, "list", "table", "grid", "handler")), true, nil
		g.addType(&d, "type %s %s", d.name, t)
	case 9, 10:
		g.declareIface()
	case 11:
		if t := g.declared(func(t *typ) bool { return t.kind == kStruct && !strings.Contains(t.name, "[") }); t != nil {
			d := *t
			d.name, d.methods = g.typeName("kind"), nil
			g.addType(&d, "type %s %s", d.name, t.name)
			d.methods = nil
		}
	}
}

func (g *gen) addType(t *typ, format string, args ...any) {
	g.types = append(g.types, t)
	g.decl(format, args...)
}

// enum declares constants of an integer type by iota.
func (g *gen) enum(t *typ) {
	var names, lines []string
	for i := range 2 + g.r.IntN(3) {
		name := g.globalName(pick(g, "low", "mid", "High", "top"))
		names = append(names, name)
		line := name
		if i == 0 {
			line += " " + t.name + " = " + pick(g, "iota", "1 << iota", "iota*3 + 1", "10 - iota")
		} else if g.chance(5) {
			line = "_\n\t" + name
		}
		lines = append(lines, line)
	}
	for _, name := range names {
		g.consts = append(g.consts, constant{name, t})
	}
	g.decl("const (\n\t%s\n)", strings.Join(lines, "\n\t"))
	if g.chance(2) {
		g.stringer(t, names)
	}
}

// stringer gives an enumeration names.
func (g *gen) stringer(t *typ, names []string) {
	var cases strings.Builder
	for _, n := range names[:1+g.r.IntN(len(names))] {
		fmt.Fprintf(&cases, "\tcase %s:\n\t\treturn %q\n", n, n)
	}
	t.methods = append(t.methods, &method{name: "String", sig: &signature{results: []*typ{tString}}, cost: 5})
	g.use("strconv")
	g.decl("func (v %s) String() string {\n\tswitch v {\n%s\t}\n\treturn \"#\" + strconv.Itoa(int(v))\n}", t.name, cases.String())
}

// declareIface declares an interface that some declared type implements.
func (g *gen) declareIface() {
	t := g.declared(func(t *typ) bool { return t.kind != kIface && len(t.methods) > 0 && !strings.Contains(t.name, "[") })
	if t == nil {
		return
	}
	d := &typ{kind: kIface, name: g.typeName(pick(g, "shape", "namer", "sizer")), named: true}
	var lines []string
	for _, m := range t.methods {
		if len(d.methods) == 0 || g.chance(2) {
			d.methods = append(d.methods, &method{name: m.name, sig: m.sig, writes: true, prints: true, cost: valueCost})
			lines = append(lines, m.name+m.sig.String())
		}
	}
	if g.chance(4) {
		if e := g.declared(func(x *typ) bool { return x.kind == kIface && t.implements(x) && x.name != d.name }); e != nil {
			lines = append(lines, e.name)
			for _, m := range e.methods {
				if !d.has(m.name) {
					d.methods = append(d.methods, m)
				}
			}
		}
	}
	g.addType(d, "type %s interface {\n\t%s\n}", d.name, strings.Join(lines, "\n\t"))
	g.impls[d.name] = t
}

func (t *typ) has(name string) bool {
	for _, m := range t.methods {
		if m.name == name {
			return true
		}
	}
	return false
}
