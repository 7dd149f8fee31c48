package proof

// closures are function literals that don't outlive their statement.
func closures() []string {
	var out []string
	types := [][]string{{"int", "1", "2", "+"}, {"string", `"a"`, `"b"`, "+"}, {"float64", "1.5", "2", "*"}, {"byte", "7", "250", "+"}, {"Celsius", "3", "4", "-"}, {"rune", "'a'", "1", "+"}, {"uint64", "3", "9", "^"}}
	for _, t := range types {
		for _, tm := range []string{
			"x := func(a, b «A») «A» { return a «D» b }(«B», «C»)\nfmt.Printf(\"%T %v\\n\", x, x)",
			"var v «A» = «B»\nfunc() { v = v «D» «C» }()\nfmt.Println(v)\nfunc(w «A») { v = w }(«B»)\nfmt.Println(v)",
			"f := func(a «A») «A» { return a «D» «C» }\nfmt.Println(f(«B»), f(f(«C»)))",
			"var v «A»\nadd := func(x «A») { v = v «D» x }\nadd(«B»)\nadd(«C»)\nfmt.Println(v)\nv = «B»\nadd(v)\nfmt.Println(v)",
			"get := func() («A», bool) { return «B», true }\nv, ok := get()\nfmt.Println(v, ok)\nfmt.Println(get())",
			"xs := []«A»{«C», «B», «C»}\nfor i, x := range xs { once(func() { fmt.Println(i, x); x = «B»; xs[i] = x }) }\nfmt.Println(xs)",
			"xs := []«A»{«C», «B», «C»}\nsort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })\nfmt.Println(xs)\nslices.SortFunc(xs, func(a, b «A») int { if a > b { return -1 } else if a < b { return 1 }; return 0 })\nfmt.Println(xs, slices.IndexFunc(xs, func(x «A») bool { return x == «B» }))",
			"p := &struct{ v «A» }{«B»}\nonce(func() { p.v = p.v «D» «C» })\nfmt.Println(p.v)\nq := p\np = nil\nonce(func() { q.v = «B» })\nfmt.Println(q.v, p == nil)",
			"outer := func(a «A») «A» { in := func(b «A») «A» { return a «D» b }; return in(a) «D» in(«C») }\nfmt.Println(outer(«B»))",
			"n := 0\nm := map[string]«A»{}\nset := func(k string, v «A») int { m[k] = v; n++; return n }\nfmt.Println(set(\"a\", «B»), set(\"b\", «C»), set(\"a\", «C»), len(m), m[\"a\"])",
		} {
			p := fill(tm, t...)
			if !contains(p, "f := func") && !contains(p, "add := func") && !contains(p, "get := func") && !contains(p, "outer := func") && !contains(p, "set := func") {
				out = append(out, p)
			}
			out = append(out, local([]string{p})[0])
		}
	}
	for _, loop := range []string{"for i := 0; i < 4; i++ {", "for i := range 4 {", "for _, i := range []int{3, 1, 2} {", "for i := range []string{\"a\", \"b\", \"c\"} {", "for i, r := range \"héy\" { i += int(r) % 7;", "for i := 8; i > 1; i /= 2 {", "for i, j := 0, 9; i < j; i, j = i+2, j-1 { i := i + j;"} {
		for _, body := range []string{
			"f := func() int { return i * i }; fmt.Print(f(), \" \")", "once(func() { fmt.Print(i, \" \") })", "once(func() { i += 100; fmt.Print(i, \" \") })\nfmt.Print(i, \";\")", "x := i * 10; once(func() { x++; n += x })\nfmt.Print(x, \" \")", "for k := range 2 { once(func() { n += i*k + 1 }) }", "n += call2(func(a, b int) int { return a*b + i }, i, 2)", "eachOf([]int{1, 2}, func(x int) { n += x * i })", "fmt.Print(mapOf([]int{1, 2}, func(x int) int { return x + i }), \" \")", "if i == 2 { continue }; once(func() { n += i })", "if i == 3 { break }; func() { n += i; if n > 5 { return }; n++ }()", "ps = append(ps, &i); once(func() { *ps[len(ps)-1] += 50 })", "fmt.Print(through(func(x int) int { i++; return x * i }, 3), \" \")",
		} {
			if contains(loop, "i /= 2") && (contains(body, "i += 100") || contains(body, "+= 50")) {
				continue // it would not end
			}
			p := "n := 0\nps := []*int{}\n_ = ps\n" + loop + "\n" + body + "\n}\nfmt.Println(n, len(ps))\nfor _, p := range ps { fmt.Print(*p, \" \") }"
			if !contains(body, "f := func") {
				out = append(out, p)
			}
			out = append(out, local([]string{p})[0])
		}
	}
	for _, p := range []string{
		"fmt.Println(fold([]string{\"a\", \"b\"}, \"\", func(x, y string) string { return x + y + \".\" }))", "fmt.Println(ask(func(q string) (int, error) { return len(q), nil }), ask(func(q string) (int, error) { return 0, fault{len(q)} }))", "fmt.Println(safely(func() { var xs []int; fmt.Println(xs[3]) }))", "fmt.Println(safely(func() { var p *Point; p.X = 1 }))", "fmt.Println(safely(func() { z := 0; fmt.Println(1 / z) }))", "fmt.Println(safely(func() { panic(fmt.Sprint(\"own \", 3)) }))", "fmt.Println(safely(func() { var v any = 1; fmt.Println(v.(string)) }))", "once(func() { fmt.Println(\"in\"); panic(\"out\") })", "a := acct{tags: []string{\"x\", \"yy\", \"z\"}}\nn := 0\nfmt.Println(a.each(func(s string) bool { n += len(s); return len(s) == 1 }), n)", "fmt.Println(Keep([]int{1, 2, 3, 4}, func(x int) bool { return x%2 == 0 }), Keep([]string{\"a\", \"bb\"}, func(s string) bool { return len(s) > 1 }))", "fmt.Println(MapG([]int{1, 2}, func(x int) string { return fmt.Sprint(x * x) }), MapG([]string{\"a\", \"bcd\"}, func(s string) int { return len(s) }))", "k := 3\nfmt.Println(MapG([]Point{{1, 2}, {3, 4}}, func(p Point) int { p.Scale(k); return p.X + p.Y }))", "people := []acct{{name: \"Bo\", id: 3}, {name: \"Al\", id: 3}, {name: \"Cy\", id: 1}}\nsort.SliceStable(people, func(i, j int) bool { return people[i].id < people[j].id })\nfor _, p := range people { fmt.Print(p.label(), \" \") }", "people := []acct{{name: \"Bo\", id: 3}, {name: \"Al\", id: 3}, {name: \"Cy\", id: 1}}\nslices.SortFunc(people, func(a, b acct) int { return cmp.Compare(a.name, b.name) })\nfor _, p := range people { fmt.Print(p.label(), \" \") }\nslices.SortStableFunc(people, func(a, b acct) int { return b.id - a.id })\nfor _, p := range people { fmt.Print(p.label(), \" \") }", "fmt.Println(strings.FieldsFunc(\"a1b22c\", func(r rune) bool { return r >= '0' && r <= '9' }), strings.IndexFunc(\"abC\", unicode.IsUpper), strings.TrimFunc(\"xxhixx\", func(r rune) bool { return r == 'x' }))", "i := sort.Search(100, func(n int) bool { return n*n >= 50 })\nfmt.Println(i)", "re := regexp.MustCompile(`[a-z]+`)\nfmt.Println(re.ReplaceAllStringFunc(\"ab 12 cd\", func(s string) string { return strings.ToUpper(s) + fmt.Sprint(len(s)) }))", "func() { fmt.Println(\"once\") }()", "fmt.Println(func() int { return 7 }(), func(xs []int) int { return len(xs) }([]int{1, 2}))", "fmt.Println(func() (a, b int) { return 1, 2 }())", "v := func() any { return Point{1, 2} }()\nfmt.Println(v)\ne := func() error { return nil }()\nfmt.Println(e == nil)", "var x any = 1\nonce(func() { x = \"s\" })\nfmt.Println(x)", "arr := [3]int{1, 2, 3}\nonce(func() { arr[1] = 9; b := arr; b[0] = 5 })\nfmt.Println(arr)", "pt := Point{1, 2}\nonce(func() { pt.X = 4; pt.Scale(2); q := &pt; q.Y = 0 })\nfmt.Println(pt)", "x := 1\nonce(func() { x := 5; x++; once(func() { x *= 2 }); fmt.Println(x) })\nfmt.Println(x)", "if x := 3; x > 1 { once(func() { x = 9 }); fmt.Println(x) }", "switch x := double(2); { case x > 3: once(func() { x++ }); fmt.Println(x) }", "switch v := any(Point{1, 2}).(type) { case Point: once(func() { v.X = 8 }); fmt.Println(v) }", "var fs []func() int\nfor i := range 3 { fs = append(fs, func() int { return i }) }\nfor _, f := range fs { fmt.Print(f(), \" \") }", "add := func(xs ...int) int { return len(xs) }\nfmt.Println(add(1, 2))", "f := func(n int) (r int) { defer func() { r *= 2 }(); return n }\nfmt.Println(f(4))", "var fib func(int) int\nfib = func(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\nfmt.Println(fib(10))", "c := adder(1)\nfmt.Println(c(2), c(3), adder(5)(6))",
	} {
		out = append(out, p, local([]string{p})[0])
	}
	return out
}

// funcValues are functions as values, compiled ones.
func funcValues() []string {
	var out []string
	for _, f := range [][]string{{"double", "3", "func(int) int"}, {"strings.ToUpper", `"ab"`, "func(string) string"}, {"math.Sqrt", "2", "func(float64) float64"}, {"acctOf", "4", "func(int) acct"}, {"describe", "Point{1, 2}", "func(any) string"}, {"check", "5", "func(int) error"}, {"adder(2)", "3", "func(int) int"}, {"aFunc()", `"q"`, "func(string) string"}, {"utf8.RuneLen", "'é'", "func(rune) int"}, {"total", "map[string]int{\"a\": 2}", "func(map[string]int) int"}, {"apply", "[]int{2, 3}", "func([]int) []int"}} {
		for _, tm := range []string{
			"f := «A»\nfmt.Println(f(«B»))\ng := f\nfmt.Println(g(«B»), f != nil)", "var f «C»\nfmt.Println(f == nil)\nf = «A»\nfmt.Println(f(«B»))", "fs := []«C»{«A», nil}\nfmt.Println(fs[0](«B»), len(fs), fs[1] == nil)\nfs[1] = fs[0]\nfs = append(fs, «A»)\nfor _, f := range fs { fmt.Println(f(«B»)) }", "m := map[string]«C»{\"k\": «A»}\nfmt.Println(m[\"k\"](«B»))\nif f, ok := m[\"k\"]; ok { fmt.Println(f(«B»)) }\nfmt.Println(m[\"none\"] == nil)\nm[\"none\"](«B»)", "s := struct{ f «C»; n int }{«A», 1}\nfmt.Println(s.f(«B»), s.n)\ns.f = nil\nfmt.Println(s.f == nil)", "var f «C»\nfmt.Println(\"go\")\nf(«B»)", "var v any = «A»\nf, ok := v.(«C»)\nfmt.Println(ok, f(«B»))\nfmt.Printf(\"%T\\n\", v)", "p := new(«C»)\n*p = «A»\nfmt.Println((*p)(«B»))",
		} {
			out = append(out, fill(tm, f...))
		}
	}
	for _, p := range []string{"o := ops{double, \"d\", strings.ToUpper}\nfmt.Println(o.f(4), o.G(\"x\"), o.name)\no.f = adder(10)\nfmt.Println(o.f(1), o.f(1))\nq := &o\nq.f = nil\nfmt.Println(o.f == nil)\nfmt.Println(q.f(2))", "h := handler(double)\nfmt.Println(h(2), h.twice(3))\nfmt.Printf(\"%T\\n\", h)\nf := (func(int) int)(h)\nfmt.Println(f(5))\nvar g func(int) int = h\nfmt.Println(g(6))", "fmt.Println(mapOf([]int{1, 2, 3}, double), call2(nil2(), 1, 2))", "fmt.Println(mapOf([]int{1, 2}, adder(3)), through(double, 4), strings.Map(unicode.ToUpper, \"abc\"))", "table := []struct{ name string; f func(float64) float64 }{{\"sqrt\", math.Sqrt}, {\"abs\", math.Abs}}\nfor _, e := range table { fmt.Printf(\"%s %.2f\\n\", e.name, e.f(2)) }", "f := double\nf = adder(1)\nfmt.Println(f(1), f(1))\nx := 1\nfor range 3 { x = f(x) }\nfmt.Println(x)", "a := acctOf(3)\nf := a.label\nfmt.Println(f())", "f := Point.Add\nfmt.Println(f(Point{1, 2}, Point{3, 4}))"} {
		if contains(p, "nil2") {
			continue
		}
		out = append(out, p)
	}
	return both(out)
}
