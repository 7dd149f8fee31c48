package proof

import (
	"fmt"
	"strings"
)

// localTypes are types that functions and blocks declare.
func localTypes() []string {
	kinds := []struct{ decl, value, other string }{
		{"type T struct{ A int; b string }", `T{1, "x"}`, `T{b: "y"}`},
		{"type T int", "T(3)", "T(4) * 2"},
		{"type T string", `T("a") + "b"`, `T("c")`},
		{"type T float64", "T(1.5)", "T(2) / 4"},
		{"type T [2]int", "T{1, 2}", "T{}"},
		{"type T struct{ Point; n int }", "T{Point{1, 2}, 3}", "T{n: 4}"},
		{"type T struct{ P *Point; Next *int }", "T{}", "T{P: nil}"},
		{"type T bool", "T(limit > 3)", "T(false)"},
		{"type U struct{ k int }\ntype T struct{ U; v any }", "T{U{1}, 2}", "T{v: U{3}}"},
		{"type T Point", "T{1, 2}", "T(Point{3, 4})"},
		{"type T struct{ secret; c [2]string }", `T{hidden(), [2]string{"p", "q"}}`, "T{}"},
		{"type T rune", "T('x')", "T('y') + 1"},
		{"type T uint8", "T(250)", "T(25) * 10"},
		{"type T = Point", "T{1, 2}", "Point{}"},
		{"type T struct{ At Point; D Weekday }", "T{Point{1, 2}, 1}", "T{D: 2}"},
		{"type B struct{ x, y int }\ntype T struct{ *B; z int }", "T{z: 1}", "T{}"},
	}
	uses := []string{
		"x, y := «V», «W»\nfmt.Println(x == y, x == «V», x != y)\nfmt.Printf(\"%T %v %+v\\n\", x, x, y)",
		"x := «V»\np := &x\n*p = «W»\nfmt.Printf(\"%T %v\\n\", p, x == «W»)\nvar z T\nfmt.Printf(\"%v %v\\n\", z, z == x)",
		"xs := []T{«V», «W»}\nxs = append(xs, «V»)\nfor i, v := range xs { fmt.Printf(\"%d %v\\n\", i, v) }\nfmt.Printf(\"%T %d\\n\", xs, len(xs[1:]))",
		"m := map[string]T{\"a\": «V»}\nm[\"b\"] = «W»\nv, ok := m[\"c\"]\nfmt.Printf(\"%v %v %v %T\\n\", len(m), v, ok, m)\nfmt.Println(m[\"a\"] == «V»)",
		"keys := map[T]int{«V»: 1}\nkeys[«W»]++\nkeys[«V»] += 2\nfmt.Println(len(keys), keys[«V»], keys[«W»])",
		"var a any = «V»\n_, ok := a.(T)\n_, isInt := a.(int)\n_, isString := a.(string)\n_, isPoint := a.(Point)\nfmt.Println(ok, isInt, isString, isPoint)\nswitch v := a.(type) { case int: fmt.Println(\"int\", v); case []T: fmt.Println(\"slice\"); case T: fmt.Printf(\"T %T\\n\", v); default: fmt.Println(\"other\") }",
		"f := func(t T) (T, any) { return t, t }\na, b := f(«V»)\nfmt.Println(a == «V», b == any(a), b == any(«W»))\nfmt.Printf(\"%T %T\\n\", f, b)",
		"var a any = «V»\ndefer func() { fmt.Println(recover()) }()\nfmt.Println(a.(error))",
		"var a any = 1.5i\n_ = a\nvar e any = «V»\ndefer func() { fmt.Println(recover()) }()\nfmt.Println(e.(Celsius))",
		"ch := make(chan T, 2)\nch <- «V»\nch <- «W»\nfmt.Println(<-ch == «V», len(ch))\nfmt.Printf(\"%T\\n\", ch)",
		"g := func() any { «D»\nreturn «V» }\nvar a any = «V»\nb := g()\nfmt.Println(a == b, g() == b)\n_, ok := b.(T)\nfmt.Println(ok)\nfmt.Printf(\"%T %T\\n\", a, b)",
		"type outer = T\nvar o outer = «V»\n{\ntype T struct{ other bool }\nvar a any = T{true}\n_, ok := a.(outer)\nfmt.Println(ok, a, o)\n}",
		"b, err := json.Marshal(«V»)\nfmt.Println(string(b), err)\nb, err = json.Marshal(map[string]any{\"k\": []T{«W»}})\nfmt.Println(string(b), err)",
		"var fs []func() T\nfor i := range 3 { type L struct{ i int; t T }\nl := L{i, «V»}\nfs = append(fs, func() T { l.i++; fmt.Printf(\"%T %v\\n\", l, l.i); return l.t }) }\nfor _, f := range fs { fmt.Println(f() == «V») }",
		"type pair struct{ a, b T }\nps := []pair{{«V», «W»}, {b: «V»}}\nfmt.Println(ps[0].a == ps[1].b, ps[0] == ps[1])\nfmt.Printf(\"%T\\n\", ps)\nps[1].a = ps[0].b\nfmt.Println(ps[1] == pair{«W», «V»})",
		"fmt.Println(describe(«V») == describe(«W»), len(fmt.Sprint(«V»)))\nfmt.Printf(\"%T %T\\n\", [2]T{}, struct{ F T }{})",
	}
	var out []string
	for _, k := range kinds {
		for _, u := range uses {
			u = strings.NewReplacer("«V»", k.value, "«W»", k.other, "«D»", k.decl).Replace(u)
			if k.decl == "type T = Point" && strings.Contains(u, "isPoint") {
				u = strings.Replace(u, "_, isPoint := a.(Point)\n", "isPoint := true\n", 1)
			}
			if strings.Contains(k.decl, "B struct") && strings.Contains(u, "json") {
				continue
			}
			out = append(out, fmt.Sprintf("f1 := func() {\n%s\n%s\n}\nf1()", k.decl, strings.ReplaceAll(u, "\ndefer", "\ndefer")))
			if !strings.Contains(u, "defer") {
				out = append(out, fmt.Sprintf("if limit > 0 {\n%s\n%s\n}", k.decl, u))
			}
		}
	}
	out = append(out,
		"f := func() {\ntype node struct{ v int; next *node }\nvar head *node\nfor i := range 4 { head = &node{i, head} }\nfor n := head; n != nil; n = n.next { fmt.Print(n.v, \" \") }\nfmt.Println()\nfmt.Printf(\"%T\\n\", head)\n}\nf()",
		"f := func() {\ntype tree struct{ l, r *tree; v int }\nvar put func(t *tree, v int) *tree\nput = func(t *tree, v int) *tree { if t == nil { return &tree{v: v} }; if v < t.v { t.l = put(t.l, v) } else { t.r = put(t.r, v) }; return t }\nvar root *tree\nfor _, v := range []int{3, 1, 2, 5} { root = put(root, v) }\nvar walk func(*tree)\nwalk = func(t *tree) { if t != nil { walk(t.l); fmt.Println(t.v); walk(t.r) } }\nwalk(root)\n}\nf()",
		"f := func() {\ntype shaper interface{ Area() float64 }\nvar s shaper = shape(2)\nfmt.Println(s.Area())\nsq, ok := s.(Square)\nfmt.Println(sq, ok)\ntype stringer interface{ String() string }\nvar a any = Point{1, 2}\nif st, ok := a.(stringer); ok { fmt.Println(st.String()) }\n_, ok = a.(shaper)\nfmt.Println(ok)\nvar none shaper\nfmt.Println(none == nil)\nfmt.Printf(\"%T\\n\", &none)\n}\nf()",
		"f := func() {\ntype op func(int, int) int\nops := map[string]op{\"+\": func(a, b int) int { return a + b }, \"*\": func(a, b int) int { return a * b }}\nfmt.Println(ops[\"+\"](2, 3), ops[\"*\"](2, 3), ops[\"-\"] == nil)\nfmt.Printf(\"%T\\n\", ops)\n}\nf()",
		"f := func() {\ntype set map[string]bool\ntype graph map[string][]string\ns, g := set{\"a\": true}, graph{\"x\": {\"y\", \"z\"}}\ns[\"b\"] = true\ng[\"y\"] = append(g[\"y\"], \"x\")\nfmt.Println(len(s), s[\"a\"], s[\"q\"], g)\nfmt.Printf(\"%T %T\\n\", s, g)\n}\nf()",
		"f := func() {\ntype T struct{ n int }\na := T{1}\ng := func() any { type T struct{ n int }; return T{1} }\nvar x any = a\nfmt.Println(x == g(), g() == g())\nfmt.Printf(\"%T %T\\n\", x, g())\ndefer func() { fmt.Println(recover()) }()\n_ = g().(T)\n}\nf()",
		"f := func() {\ntype logger struct{ sync.Mutex; lines []string }\nvar l logger\nadd := func(s string) { l.Lock(); defer l.Unlock(); l.lines = append(l.lines, s) }\nvar wg sync.WaitGroup\nfor range 5 { wg.Go(func() { add(\"x\") }) }\nwg.Wait()\nfmt.Println(len(l.lines), l.TryLock())\n}\nf()",
		"f := func() {\ntype emb struct{ *bytes.Buffer; n int }\ne := emb{new(bytes.Buffer), 1}\ne.WriteString(\"hi\")\nfmt.Fprintf(e, \" %d\", e.n)\nfmt.Println(e.Len(), e.String())\nvar w io.Writer = e\n_, ok := w.(fmt.Stringer)\nfmt.Println(ok)\n}\nf()",
		"fmt.Printf(\"%T %T %T\\n\", boxOf(1), boxOf(\"s\"), boxOf([]int{2}))\nfmt.Println(boxOf(1) == boxOf(1), boxOf(1) == boxOf(2), boxOf(1) == boxOf(\"1\"))\nfmt.Printf(\"%v %+v\\n\", boxOf(Point{1, 2}), boxOf(2.5))",
		"type_ := func() {\ntype celsius float64\ntype temp = celsius\nvar t temp = 36.6\nfmt.Printf(\"%T %.1f %v\\n\", t, float64(t)+1, t*2)\nconst c celsius = 3\nfmt.Println(c + t)\n}\ntype_()",
		"f := func() {\ntype color int\nconst (\nred color = iota\ngreen\nblue\n)\nnames := map[color]string{red: \"r\", green: \"g\", blue: \"b\"}\nfor c := red; c <= blue; c++ { fmt.Println(c, names[c]) }\nswitch x := green; x { case red: fmt.Println(\"red\"); case green: fmt.Println(\"green\") }\n}\nf()",
	)
	return out
}
