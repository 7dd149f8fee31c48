package proof

import "strings"

// defers are functions with deferred calls, which run in order, change results,
// recover, panic again, or are compiled ones.
func defers() []string {
	calls := []string{
		`defer fmt.Println("std", n, r)`, `defer say(say(n) + 1)`, `defer func() { fmt.Println("recovered", recover()) }()`,
		`defer func() { if v := recover(); v != nil { n += 10; fmt.Println("was", v); «R» } }()`, `defer func() { fmt.Println(recover(), recover()) }()`,
		`defer func() { defer func() { fmt.Println("inner", recover()) }(); panic("second") }()`, `defer func() { panic(fmt.Sprint("replaces ", n)) }()`,
		`defer func() { v := recover(); panic(fmt.Sprint("again ", v)) }()`, `defer func(a int) { n += a; fmt.Println("arg", a, n) }(n)`,
		`for i := range 3 { defer func() { fmt.Println("loop", i, n); n++ }() }`, `for i := 0; i < 3; i++ { defer fmt.Print(i, " ") }`, `defer sum(n, 2, say(3))`,
		`pt := Point{n, 2}; defer pt.Scale(3); defer func() { fmt.Println(pt, n) }(); defer fmt.Println(pt.String(), pt.norm())`,
		`var none func(); defer none()`, `later := func(s string) { fmt.Println("later", s, n) }; defer later("x"); later = nil`,
		`defer panic("deferred")`, `defer func() { e, ok := recover().(error); fmt.Println("error", ok, e); «R» }()`,
		`defer func() { if n > 2 { return }; fmt.Println("unreached") }()`, `defer func() (int, string) { fmt.Println("results"); return 1, "x" }()`,
		`defer func(xs ...string) { fmt.Println(len(xs), xs) }("a", fmt.Sprint(n))`, `var e error = &Fail{n}; defer fmt.Println(e, []any{n, r})`,
		`if n > 100 { defer fmt.Println("never") }`, `defer func() { for i := range 2 { func() { defer fmt.Println("deeper", i); if i == 1 { n++ } }() } }()`,
		`x := []int{1, 2}; defer func(y []int) { fmt.Println(x, y, recover()) }(x); x = append(x, n); x[0] = 9`,
		`defer func() { fmt.Println("boom", boom(n)) }()`, `var sh Shape = Square{2}; defer func() { fmt.Println(sh.Area()) }(); sh = nil`,
	}
	ends := []string{
		"fmt.Println(n)", `panic("text")`, `panic(errors.New("an error"))`, "panic(n)", "panic(Fail{n})", "boom(n)", "z := n - 3; fmt.Println(7 / z)", "var p *Point; p.X = n",
		"panic(nil)", "var v any = n; fmt.Println(v.(string))", "xs := []int{1}; xs[n] = 2", `for i := range 9 { if i == n { «E» } }`, `panic(fmt.Sprintf("%d", n))`, "panic(&Fail{n})", "m := map[string]int{}; m[\"a\"]++; fmt.Println(m)",
	}
	results := [][3]string{{"int", "r = n * 7", "return n"}, {"error", "r = fmt.Errorf(\"as %d\", n)", "return nil"}, {"string", `r += "!"`, `return "s"`}, {"Point", "r.X = n", "return Point{1, n}"}, {"any", "r = n", "return n + 1"}, {"[]int", "r = append(r, n)", "r = []int{n}; return"}, {"secret", "r = hidden()", "r = secret{n, 1}; return r"}, {"func() int", "r = func() int { return n }", "return func() int { return -n }"}}
	var out []string
	k := 0
	for i, first := range calls {
		for j, second := range calls {
			for range 2 {
				end, res := ends[k%len(ends)], results[(k/3)%len(results)]
				k += 7 + i%3 + j%2
				shown := "fmt.Println(f(3))"
				if strings.HasPrefix(res[0], "func") {
					shown = "g := f(3); fmt.Println(g != nil)\nif g != nil { fmt.Println(g()) }"
				}
				body := strings.ReplaceAll("{ "+first+" }\n{ "+second+" }\n"+end, "«R»", res[1])
				body = strings.ReplaceAll(body, "«E»", res[2])
				f := "f := func(n int) (r " + res[0] + ") {\n_ = n\n" + body + "\n" + res[2] + "\n}"
				out = append(out, "caught := func(g func()) { defer func() { fmt.Println(\"caught\", recover()) }(); g() }\ncaught(func() {\n"+f+"\n"+shown+"\n})")
			}
		}
	}
	return append(out, moreDefers()...)
}

func moreDefers() []string {
	var out []string
	for _, t := range [][]string{{"int", "1", "2"}, {"string", `"a"`, `"b"`}, {"float64", "1.5", "-2"}, {"Celsius", "3", "4"}, {"[]int", "[]int{1}", "nil"}, {"Point", "Point{1, 2}", "Point{}"}, {"error", "io.EOF", "nil"}, {"any", "7", "nil"}, {"*Point", "&Point{1, 2}", "nil"}, {"map[string]int", `map[string]int{"k": 1}`, "nil"}, {"[2]int", "[2]int{1, 2}", "[2]int{}"}, {"rune", "'x'", "'y'"}, {"secret", "secret{1, 2}", "secret{}"}, {"struct{ a int }", "struct{ a int }{4}", "struct{ a int }{}"}} {
		for _, tm := range []string{
			"f := func() «A» { defer func() { recover() }(); return «B» }\nfmt.Println(f())",
			"f := func() (r «A») { defer func() { r = «B» }(); return «C» }\nfmt.Println(f())",
			"f := func() (r «A») { defer func() { recover(); r = «B» }(); panic(1) }\nfmt.Println(f())",
			"f := func(v «A») (r «A», err error) { defer func() { if e := recover(); e != nil { err = fmt.Errorf(\"%v\", e) } }(); r = v; if limit > 3 { panic(\"p\") }; return «C», nil }\nfmt.Println(f(«B»))",
			"f := func(v «A») (a, b «A») { defer func(w «A») { b = w }(v); v = «C»; return v, v }\nfmt.Println(f(«B»))",
			"f := func(v «A») { defer fmt.Println(v); v = «C»; defer func() { fmt.Println(v) }(); v = «B» }\nf(«B»)",
			"f := func() { defer func() { fmt.Printf(\"%T %v\\n\", recover(), 1) }(); panic(«B») }\nf()",
			"g := func(v «A») «A» { defer fmt.Println(\"g\"); return v }\nf := func() (r «A») { defer func() { r = g(«C») }(); return g(«B») }\nfmt.Println(f())",
		} {
			if (t[2] == "nil" || strings.HasPrefix(t[1], "io") || t[1] == "7") && strings.Contains(tm, "panic(«B»)") && t[1] != "[]int{1}" && t[0] != "any" && t[0] != "error" {
				continue
			}
			out = append(out, fill(tm, t...))
		}
	}
	return out
}
