package proof

import "strings"

// fill replaces «A», «B» … in a template.
func fill(template string, with ...string) string {
	pairs := make([]string, 0, 2*len(with))
	for i, w := range with {
		pairs = append(pairs, "«"+string(rune('A'+i))+"»", w)
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// combine fills every template with every row, unless adapt says that the two
// make no program or gives another template; adapt may be nil.
func combine(rows [][]string, templates []string, adapt func(row []string, template string) (string, bool)) []string {
	var out []string
	for _, r := range rows {
		for _, t := range templates {
			if adapt != nil {
				adapted, ok := adapt(r, t)
				if !ok {
					continue
				}
				t = adapted
			}
			out = append(out, fill(t, r...))
		}
	}
	return out
}

// hiddenFields are unexported fields of compiled types: every way to reach one,
// at types of every kind. «A» is the field, «B» and «C» are values of it.
func hiddenFields() []string {
	fields := [][]string{
		{"id", "7", "-3"}, {"name", `"x"`, `"yy"`}, {"tags", `[]string{"p", "q"}`, "[]string(nil)"}, {"at", "Point{1, 2}", "Point{X: 5}"}, {"next", `newAcct(4, "n")`, "nil"},
		{"by", `map[string]int{"a": 1}`, "nil"}, {"rate", "2.5", "-0.5"}, {"on", "true", "false"}, {"b", "200", "'x'"}, {"trio", "[3]int{1, 2, 3}", "[3]int{2: 9}"},
		{"v", "5", `"any"`}, {"v", "Point{3, 4}", "nil"}, {"err", "io.EOF", "nil"}, {"err", "&Fail{3}", "io.EOF"}, {"sh", "Square{2}", "nil"}, {"Pub", "1", "2"},
	}
	templates := []string{
		"a := acct{«A»: «B»}\nfmt.Println(a.«A»)\na.«A» = «C»\nfmt.Println(a.«A», a.label())",
		"a := acct{«A»: «B»}\nb := a\nb.«A» = «C»\nfmt.Printf(\"%v %v\\n\", a.«A», b.«A»)",
		"p := &acct{«A»: «B»}\nq := p\nq.«A» = «C»\nfmt.Println(p.«A», p == q)\n*p = acct{«A»: «B»}\nfmt.Println(q.«A», (*q).«A»)",
		"xs := []acct{{«A»: «B»}, {name: \"z\"}}\nxs[1].«A» = xs[0].«A»\nxs[0].«A» = «C»\nfmt.Println(xs[0].«A», xs[1].«A», len(xs))\nfor _, x := range xs { x.«A» = «B»; fmt.Println(x.«A») }\nfmt.Println(xs[0].«A»)",
		"xs := []*acct{{«A»: «B»}, nil}\nxs[0].«A» = «C»\nfmt.Println(xs[0].«A»)\nfmt.Println(xs[1].«A»)",
		"m := map[string]acct{\"k\": {«A»: «B»}}\nfmt.Println(m[\"k\"].«A», m[\"none\"].«A»)\na := m[\"k\"]\na.«A» = «C»\nfmt.Println(m[\"k\"].«A», a.«A»)",
		"a := acctOf(3)\na.«A» = «B»\nf := &a.«A»\nfmt.Println(*f)\n*f = «C»\nfmt.Println(a.«A», acctOf(1).«A»)",
		"o := outer{acct: newAcct(1, \"o\"), extra: 2}\no.«A» = «B»\nfmt.Println(o.acct.«A», o.extra)\no.acct.«A» = «C»\nfmt.Println(o.«A», o.label())",
		"a := acct{next: &acct{«A»: «B»}}\na.next.«A» = «C»\nfmt.Println(a.next.«A», a.next.self().«A», newAcct(1, \"s\").self().«A»)",
		"var a acct\nfmt.Println(a.«A»)\nif a.id == 0 { a.«A» = «B» }\nfmt.Println(a.«A»)",
		"a, b := acct{«A»: «B»}, acct{«A»: «C»}\na.«A», b.«A» = b.«A», a.«A»\nfmt.Println(a.«A», b.«A»)",
		"var p *acct\nfmt.Println(\"go\")\np.«A» = «B»",
		"var o outer\nfmt.Println(o.k, o.arr)\nfmt.Println(o.«A»)",
		"arr := [2]acct{{«A»: «B»}}\narr[1].«A» = arr[0].«A»\nbrr := arr\nbrr[0].«A» = «C»\nfmt.Println(arr[0].«A», arr[1].«A», brr[0].«A»)",
		"a := acct{«A»: «B»}\nfmt.Println(describe(a.«A»))\nxs := []any{a.«A», 1}\nfmt.Println(xs...)",
		"t := table{{«A»: «B»}}\nt = append(t, acct{«A»: «C»})\nfmt.Println(len(t), t[0].«A», t[1].«A»)",
		"s := struct{ in acct }{acct{«A»: «B»}}\ns.in.«A» = «C»\nfmt.Println(s.in.«A»)",
		"for i := 0; i < 2; i++ { a := acct{id: i}; a.«A» = «B»; p := &a; p.add(1); fmt.Println(a.«A», p.id) }",
	}
	out := pointersByLabel(combine(fields, templates, withoutAddresses))
	for _, e := range []string{"a.id++", "a.id += 5", "a.id <<= 2", "a.id %= 3", "a.name += \"!\"", "a.rate *= 3", "a.b++", "a.b -= 201", "a.trio[1]++", "a.trio[a.id] = 4", "a.tags = append(a.tags, \"z\")", "a.tags[0] = \"w\"", "a.by[\"n\"]++", "a.at.X = 9", "a.at.Scale(3)", "a.add(4)", "a.next = &acct{id: 8}", "a.next.next = nil", "a.sh = Square{3}", "a.v = a.id", "a.on = !a.on && a.id > 0", "a.trio = [3]int{a.id}", "a.at = a.at.Add(Point{a.id, 1})", "a.name = fmt.Sprint(a.name, a.id)", "a.tags = a.tags[:1]", "a.id, a.name = 9, \"both\"", "delete(a.by, \"a\")", "copy(a.tags, []string{\"c\"})", "clear(a.by)"} {
		out = append(out,
			"a := acct{id: 2, name: \"n\", tags: []string{\"t\", \"u\"}, by: map[string]int{\"a\": 1}, rate: 1.5, b: 100}\n"+e+"\nfmt.Println(a.id, a.name, a.tags, a.at, a.by, a.rate, a.on, a.b, a.trio, a.v, a.next == nil, a.sh)",
			"a := newAcct(2, \"n\")\na.tags, a.by, a.next = []string{\"t\"}, map[string]int{}, newAcct(1, \"m\")\n"+e+"\nfmt.Println(a.id, a.name, a.tags, a.at, a.by, a.rate, a.on, a.b, a.trio, a.v, a.next == nil, a.sh)")
	}
	for _, e := range []string{"o.k = 4", "o.k++", "o.inner.k += 3", "o.arr[1] = 5", "o.p.X = 7", "o.p.Scale(2)", "o.bump()", "o.inner.bump()", "o.add(3)", "o.acct.add(2)", "o.inner = inner{k: 6}", "o.acct = acctOf(5).self()", "o.extra = o.twice() + o.k", "q := o\nq.k, q.id = 9, 9\nfmt.Println(q.k, q.id)"} {
		if strings.Contains(e, "acctOf(5).self") {
			e = "x := acctOf(5)\no.acct = x.self()"
		}
		out = append(out, "o := outer{inner{k: 1, p: Point{1, 2}}, newAcct(1, \"o\"), 2}\n"+e+"\nfmt.Println(o.k, o.arr, o.p, o.extra, o.id, o.inner.k, o.acct.id, o.twice(), o.label())",
			"o := &outer{inner: inner{k: 1}, acct: newAcct(1, \"o\")}\n"+strings.Replace(e, "q := o\n", "q := *o\n", 1)+"\nfmt.Println(o.k, o.arr, o.p, o.extra, o.id, o.inner.k, o.acct.id, o.twice(), o.label())")
	}
	for _, e := range []string{"h.in.k = 3", "h.ptr.k = 3", "h.all[1].k = 3", "h.in.arr[2]++", "h.ptr.p.X++", "h.all[0].p = Point{5, 5}", "h.in.bump()", "h.ptr.bump()", "h.all[1].bump()", "h.in = h.all[0]", "*h.ptr = h.in", "h.ptr = &h.in\nh.ptr.k = 8", "h.all = append(h.all, h.in)", "h.ptr = &h.all[1]\nh.ptr.k = 9", "i := h.in\ni.k = 77", "h.in.k, h.ptr.k = h.ptr.k, h.in.k", "s := h.in.arr[1:]\ns[0] = 6", "for i := range h.all { h.all[i].k += i }", "for _, x := range h.all { x.k = 50 }"} {
		out = append(out, "h := holder{in: inner{k: 1}, ptr: &inner{k: 2}, all: []inner{{k: 10}, {k: 11, arr: [3]int{1}}}}\n"+e+"\nfmt.Println(h.in, *h.ptr, h.all)")
	}
	return both(out)
}

// withoutAddresses changes or refuses a template that would print the address
// in the field next.
func withoutAddresses(field []string, t string) (string, bool) {
	if field[0] != "next" {
		return t, true
	}
	t = strings.NewReplacer("xs...", "len(xs)", "describe(a.«A»)", "a.«A» == nil").Replace(t)
	return t, !strings.Contains(t, "\"%v %v\\n\", a.«A», b.«A»")
}

// pointersByLabel prints accounts behind pointers by their label: an address is
// another each time.
func pointersByLabel(ps []string) []string {
	var out []string
	for _, p := range ps {
		if strings.Contains(p, "newAcct(4") || strings.Contains(p, ".next)") || strings.Contains(p, ".next, ") || strings.Contains(p, "*f") && strings.Contains(p, "&a.next") {
			continue
		}
		out = append(out, p)
	}
	return append(out,
		"a := acct{next: newAcct(4, \"n\")}\nfmt.Println(a.next.id, a.next.label())\na.next = nil\nfmt.Println(a.next == nil)",
		"a := acct{next: newAcct(4, \"n\")}\nb := a\nb.next.id = 9\nfmt.Println(a.next.id, a.next == b.next)\nb.next = nil\nfmt.Println(a.next == nil)",
		"l := &acct{id: 1}\nfor i := 2; i < 6; i++ { l = &acct{id: i, next: l} }\nn := 0\nfor p := l; p != nil; p = p.next { n += p.id; fmt.Print(p.id, \" \") }\nfmt.Println(n, l.next.next.id)",
		"a := acct{}\npp := &a.next\n*pp = newAcct(1, \"pp\")\nfmt.Println(a.next.label(), (*pp).id)\nfmt.Println(a.next.next.id)",
	)
}

// anonymous are structs without a name.
func anonymous() []string {
	fields := [][]string{{"int", "1", "2"}, {"string", `"a"`, `"bb"`}, {"float64", "1.5", "-2"}, {"bool", "true", "false"}, {"[]int", "[]int{1}", "nil"}, {"Point", "Point{1, 2}", "Point{}"},
		{"Celsius", "3", "4.5"}, {"byte", "'x'", "255"}, {"error", "io.EOF", "nil"}, {"any", `"v"`, "Point{1, 1}"}, {"[2]int", "[2]int{1, 2}", "[2]int{}"}, {"map[string]int", `map[string]int{"k": 1}`, "nil"}, {"*Point", "&Point{1, 2}", "nil"}, {"acct", "acctOf(2)", "acct{}"}}
	templates := []string{
		"v := struct{ x «A»; Y int }{«B», 1}\nfmt.Println(v.Y)\nfmt.Printf(\"%T\\n\", v)\nv.x = «C»\nv.Y++\nw := v\nw.Y = 9\nw.x = «B»\nfmt.Printf(\"%v %v %v\\n\", v.Y, w.Y, v.x)",
		"v := struct{ X «A» }{X: «B»}\nfmt.Printf(\"%T %v\\n\", v, v.X)\np := &v\np.X = «C»\nfmt.Printf(\"%v %v\\n\", v.X, (*p).X)",
		"tests := []struct{ name string; in «A»; want int }{{\"one\", «B», 1}, {name: \"two\", in: «C»}}\nfor i, tt := range tests { fmt.Printf(\"%d %s %v %d\\n\", i, tt.name, tt.in, tt.want) }\ntests[0].want += 4\ntests = append(tests, tests[0])\nfmt.Println(len(tests), tests[2].want, tests[2].name)",
		"for _, tt := range []struct{ in «A»; n int }{{«B», 1}, {«C», 2}, {n: 3}} { tt.n *= 2; fmt.Printf(\"%v %d\\n\", tt.in, tt.n) }",
		"m := map[string]struct{ a «A»; B int }{\"k\": {«B», 2}}\nfmt.Printf(\"%v %v\\n\", m[\"k\"].B, m[\"k\"].a)\nm[\"l\"] = struct{ a «A»; B int }{«C», 3}\nv, ok := m[\"l\"]\nfmt.Println(v.B, ok, len(m))",
		"var v struct{ x, y «A» }\nv.x = «B»\nfmt.Printf(\"%v %v\\n\", v.x, v.y)\nv = struct{ x, y «A» }{«C», «B»}\nfmt.Printf(\"%v %v\\n\", v.x, v.y)",
		"ps := []*struct{ a «A» }{{«B»}, nil}\nps[0].a = «C»\nfmt.Printf(\"%v\\n\", ps[0].a)\nfmt.Println(ps[1].a)",
		"v := struct{ in struct{ z «A» } }{}\nv.in.z = «B»\nw := v.in\nw.z = «C»\nfmt.Printf(\"%v %v\\n\", v.in.z, w.z)",
		"arr := [2]struct{ a «A»; n int }{{«B», 1}}\narr[1] = arr[0]\narr[1].n = 2\nfmt.Printf(\"%v %v %v\\n\", arr[0].n, arr[1].n, arr[1].a)",
		"v := struct { Name «A» `json:\"name\"` }{«B»}\n_ = v\nfmt.Printf(\"%T\\n\", v)",
	}
	out := combine(fields, templates, func(f []string, t string) (string, bool) {
		return t, !strings.Contains(f[0], "*") || !strings.Contains(t, "%v") // an address is another each time
	})
	out = append(out, "s := anonOf()\nfmt.Println(s.x, s)", "xs := anons()\nfor _, x := range xs { fmt.Println(x.x) }", "fmt.Println(takesAnon(struct{ x int }{4}))", "var w wraps\nw.in.x = 5\nfmt.Println(w.in.x, w)", "w := wraps{in: struct{ x int }{3}}\nfmt.Println(w)", "r := rows{{1}, {2}}\nfmt.Println(len(r), r[0].x)\nfor _, x := range r { fmt.Println(x.x) }", "v := struct{ x int }{7}\nx := xer(v)\nv = x\nv.x++\nfmt.Println(x.x, v.x)", "var x xer = struct{ x int }{8}\nfmt.Println(x.x)", "f := anonOf\nfmt.Println(f().x)", "var v any = anonOf()\n_, ok := v.(struct{ x int })\nfmt.Println(ok)", "v := struct{ x int }{7}\nvar a any = v\n_, ok := a.(struct{ x int })\nfmt.Println(ok, describe(v))", "m := anonMap()\nfmt.Println(m[\"a\"].x, len(m))\nm[\"b\"] = struct{ x int }{9}\nfmt.Println(len(m))")
	for _, x := range []string{"struct{ a int; B string }{1, \"x\"}", "struct{ A, b float64 }{b: 2}", "struct{}{}", "[]struct{ x int }{{1}, {2}}", "map[string]struct{ n int }{\"a\": {1}}", "struct{ p Point; q *int }{Point{1, 2}, nil}", "[2]struct{ s string }{{\"q\"}}", "struct{ F func() }{}", "struct{ t [2]struct{ u int } }{}"} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%T"} {
			out = append(out, fill("fmt.Printf(\"«B»\\n\", «A»)\nv := «A»\nfmt.Println(fmt.Sprintf(\"«B»\", v))", x, verb))
		}
	}
	out = append(out, "seen := map[string]struct{}{}\nseen[\"a\"] = struct{}{}\n_, ok := seen[\"a\"]\nfmt.Println(ok, len(seen))\nfor _, w := range []string{\"a\", \"b\", \"a\"} { if _, dup := seen[w]; !dup { seen[w] = struct{}{} } }\nfmt.Println(len(seen))",
		"type_ := struct{ x, y int }{1, 2}\nm := map[struct{ x, y int }]string{{1, 2}: \"p\"}\nfmt.Println(m[type_], len(m))\nm[struct{ x, y int }{3, 4}] = \"q\"\ndelete(m, type_)\nfmt.Println(len(m), m)", "a, b := struct{ x int }{1}, struct{ x int }{1}\nfmt.Println(a == b, a != b)\nb.x++\nfmt.Println(a == b)",
		"pts := []struct{ X, Y int }{{1, 2}, {3, 4}}\nsort.Slice(pts, func(i, j int) bool { return pts[i].X > pts[j].X })\nfmt.Println(pts)\nb, _ := json.Marshal(pts)\nfmt.Println(len(b) > 0)")
	return both(out)
}

// addresses are pointers to variables, fields and elements.
func addresses() []string {
	types := [][]string{{"int", "1", "2"}, {"string", `"a"`, `"b"`}, {"float64", "1.5", "2.5"}, {"byte", "7", "9"}, {"bool", "true", "false"}, {"Point", "Point{1, 2}", "Point{3, 4}"}, {"[]int", "[]int{1}", "[]int{2, 3}"}, {"any", "1", `"s"`}, {"inner", "inner{k: 1}", "inner{k: 2}"}, {"Celsius", "1", "2"}, {"[2]int", "[2]int{1, 2}", "[2]int{3}"}, {"map[string]int", "nil", `map[string]int{"a": 1}`}}
	templates := []string{
		"xs := []«A»{«B», «C»}\np := &xs[1]\n*p = «B»\nfmt.Println(xs)\nxs[1] = «C»\nfmt.Println(*p)\nxs = append(xs, «B»)\n*p = «B»\nfmt.Println(len(xs))",
		"var a [3]«A»\np := &a[1]\n*p = «B»\nq := &a\nq[2] = «C»\nfmt.Println(a, *p, q[1], len(q))\nfor i, x := range q { fmt.Print(i, x, \" \") }\nb := a\nb[0] = «C»\nfmt.Println(a[0], b[0])",
		"var x «A» = «B»\np, q := &x, &x\n*p = «C»\nfmt.Println(x, *q, p == q)\npp := &p\n**pp = «B»\nfmt.Println(x)",
		"a := [4]«A»{«B», «C», «B»}\ns := a[1:3]\ns[0] = «B»\nfmt.Println(a, s, len(s), cap(s))\nt := a[:]\nt[3] = «C»\nfmt.Println(a[3], len(t))",
		"p := new(«A»)\nfmt.Println(*p)\n*p = «B»\nq := p\n*q = «C»\nfmt.Println(*p)",
		"for i := 0; i < 3; i++ { var v «A» = «B»; p := &v; if i == 1 { *p = «C» }; fmt.Println(v) }",
		"ps := []*«A»{}\nfor _, v := range []«A»{«B», «C»} { ps = append(ps, &v) }\nfor _, p := range ps { fmt.Println(*p) }",
		"p := &[]«A»{«B»}\n*p = append(*p, «C»)\nfmt.Println(*p, len(*p), (*p)[1])",
		"m := map[string]*«A»{}\nx := «A»(«B»)\nm[\"k\"] = &x\n*m[\"k\"] = «C»\nfmt.Println(x)\nfmt.Println(*m[\"none\"])",
		"i := 5\nxs := []«A»{«B»}\nfmt.Println(\"go\")\np := &xs[i]\nfmt.Println(*p)",
	}
	out := combine(types, templates, nil)
	out = append(out, "ps := []*int{}\nfor i := 0; i < 3; i++ { ps = append(ps, &i) }\nfor _, p := range ps { fmt.Print(*p, \" \") }\nfmt.Println()", "ps := []*int{}\nfor i := 0; i < 6; i++ { ps = append(ps, &i); i++ }\nfor _, p := range ps { *p += 10; fmt.Print(*p, \" \") }\nfmt.Println()", "ps := []*int{}\nfor i, j := 0, 10; i < j; i, j = i+1, j-3 { ps = append(ps, &i, &j); if i == 1 { continue } }\nfor _, p := range ps { fmt.Print(*p, \" \") }\nfmt.Println()", "ps := []*int{}\nfor i := range 3 { ps = append(ps, &i) }\nfor _, p := range ps { fmt.Print(*p, \" \") }\nfmt.Println()",
		"xs := []Point{{1, 2}, {3, 4}}\nfor i := range xs { xs[i].Scale(2) }\nxs[0].Scale(10)\nfmt.Println(xs)", "d := Derived{Base: Base{1}, Point: &Point{1, 2}}\nd.Bump()\nd.Scale(3)\nd.Base.Bump()\nfmt.Println(d.ID, *d.Point, d.Tag(), d.String(), d.Add(Point{1, 1}))", "ds := []Derived{{Base: Base{1}, Point: &Point{1, 2}}}\nds[0].Bump()\nds[0].Scale(2)\nfmt.Println(ds[0].ID, ds[0].X, ds[0].Tag())", "p := &Derived{Base: Base{1}, Point: &Point{1, 2}}\np.Bump()\np.Scale(2)\nfmt.Println(p.ID, p.X, p.norm(), p.Tag())", "b := Box{P: Point{1, 2}, S: []Point{{3, 4}}}\nb.P.Scale(2)\nb.S[0].Scale(2)\nb.A[1] = 5\nq := &b.A\nq[0] = 6\nfmt.Println(b)\ns := b.A[:]\ns[0] = 1\nfmt.Println(b.A)", "var sb strings.Builder\nsb.WriteString(\"a\")\np := &sb\np.WriteByte('b')\nfmt.Println(sb.String(), sb.Len(), p.String())", "a := [3][2]int{}\nr := &a[1]\nr[0] = 5\na[1][1] = 6\nfmt.Println(a, *r, len(a[0]))\nfor i := range a { for j := range a[i] { a[i][j] += i * j } }\nfmt.Println(a)", "p := &Point{1, 2}\nx := &p.X\n*x = 9\nfmt.Println(p.X)\np = nil\ny := &p.Y\nfmt.Println(y)", "g := grid{}\ng[1][2] = 5\nh := g\nh[0][0] = 1\nfmt.Println(g, h, g == h, len(g), len(g[0]))\np := &g\np[0][1] = 7\nfmt.Println(g)")
	return both(out)
}
