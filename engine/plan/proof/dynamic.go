package proof

import (
	"fmt"
	"strings"
)

// values are things of every kind, with what fmt says of them alike each run.
var values = []string{"1", "2.5", "'a'", `"s"`, "true", "uint8(3)", "Point{1, 2}", "&Point{1, 2}", "[]int{1, 2}", "Celsius(2)", "Weekday(1)", `map[string]int{"a": 1}`, "Square{2}", "&Fail{3}", "fault{4}", "io.EOF", "[2]int{1, 2}",
	"twin{1, \"a\"}", "twinB{1, \"a\"}", "acctOf(2)", "list{1, 2}", "env{\"a\": 1}", "grid{{1}}", "time.Second", "MakePair(\"k\", 1)", "int64(7)", "[]any{1, nil}", "struct{}{}", "nil"}

// comparableValues are those that == takes.
func comparableValue(v string) bool {
	return !strings.Contains(v, "[]") && !strings.HasPrefix(v, "map") && !strings.HasPrefix(v, "list") && !strings.HasPrefix(v, "env") && !strings.HasPrefix(v, "acctOf")
}

// boxed are values that become interfaces wherever they can.
func boxed() []string {
	var out []string
	for _, v := range values {
		for _, tm := range []string{
			"var x any = «A»\nfmt.Printf(\"%T %v\\n\", x, x)\nx = 1\nx = «A»\nfmt.Println(describe(x))",
			"xs := []any{«A», 2}\nxs = append(xs, «A»)\nxs[1] = «A»\nfor _, x := range xs { fmt.Println(describe(x)) }",
			"m := map[string]any{\"k\": «A», \"j\": nil}\nm[\"l\"] = «A»\nx := m[\"k\"]\ny, ok := m[\"none\"]\nfmt.Println(describe(x), y, ok, len(m), describe(m[\"l\"]))",
			"s := struct{ v any; w any }{v: «A»}\ns.w = «A»\nfmt.Println(describe(s.v), describe(s.w))",
			"var x any\nx, y := «A», 1\n_ = y\nfmt.Printf(\"%T\\n\", any(x))",
			"f := func(x any) any { return x }\nfmt.Println(describe(f(«A»)))",
			"f := func() any { return «A» }\nx := f()\nfmt.Println(describe(x), describe(f()))",
			"var arr [2]any\narr[0] = «A»\nbrr := arr\nbrr[1] = arr[0]\nfmt.Println(describe(brr[1]), arr[1] == nil)",
			"p := new(any)\n*p = «A»\nfmt.Println(describe(*p))",
			"a := acct{v: «A»}\nb := a\nb.v = 5\nfmt.Println(describe(a.v), b.v)",
			"x := any(«A»)\ny := x\nx = nil\nfmt.Println(describe(y), x == nil, y == nil)",
			"fmt.Println(describe(Pair[string, any]{Key: \"k\", Val: «A»}.Val))",
		} {
			if v == "nil" && strings.Contains(tm, "x, y := «A»") {
				continue
			}
			if strings.Contains(tm, "x, y := «A»") {
				tm = strings.Replace(tm, "var x any\nx, y", "x, y", 1)
			}
			out = append(out, fill(tm, v))
		}
	}
	for _, v := range []string{"io.EOF", "&Fail{3}", "fault{4}", "check(9)", "check(1)", "nil"} {
		for _, tm := range []string{
			"var err error = «A»\nfmt.Println(err, err == nil)\nerr = nil\nfmt.Println(err != nil)",
			"errs := []error{«A», fault{1}}\nerrs = append(errs, «A», nil)\nfmt.Println(errs, len(errs), errs[0] == nil)",
			"m := map[string]error{\"a\": «A»}\nm[\"b\"] = «A»\nerr, ok := m[\"b\"]\nfmt.Println(m[\"a\"], err, ok)",
			"f := func(n int) (int, error) { if n > 1 { return n, «A» }; return 0, nil }\nn, err := f(2)\nfmt.Println(n, err)\nn, err = f(0)\nfmt.Println(n, err == nil)",
			"var err error = «A»\nvar v any = err\nfmt.Println(v == nil, v)\nfmt.Println(errors.Is(err, io.EOF))\nvar f *Fail\nfmt.Println(errors.As(err, &f), f == nil)\nvar g fault\nfmt.Println(errors.As(err, &g), g.code)",
			"a := acct{err: «A»}\nfmt.Println(a.err)\na.err = fault{a.id}\nfmt.Println(a.err.Error())",
			"panic(«A»)",
		} {
			if strings.Contains(tm, "panic") && strings.Contains(v, "nil") {
				continue
			}
			out = append(out, fill(tm, v))
		}
	}
	for _, v := range []string{"Square{2}", "shape(3)", "nil"} {
		out = append(out, fill("var s Shape = «A»\nfmt.Println(s == nil)\nss := []Shape{«A», Square{1}}\nss = append(ss, «A»)\nfmt.Println(ss[0] == nil, len(ss))\nm := map[string]Shape{\"a\": «A»}\nfmt.Println(m)\nfmt.Println(ss[2].Area(), m[\"a\"].Area(), s.Area())", v))
	}
	for _, v := range []string{"Point{1, 2}", "&Point{3, 4}", "Weekday(1)", "time.Second"} {
		out = append(out, fill("var s fmt.Stringer = «A»\nfmt.Println(s.String(), s)\nxs := []fmt.Stringer{«A», Weekday(2)}\nfor _, x := range xs { fmt.Print(x.String(), \" \") }\nvar v any = xs[0]\nfmt.Println(v)\nfmt.Printf(\"%T\\n\", s)", v))
	}
	for _, v := range []string{"1", `"text"`, "2.5", "Point{1, 2}", "&Fail{1}", "[]int{1}", "Weekday(2)", "true", "'x'", "struct{}{}", "int8(3)"} {
		if !strings.Contains(v, "{") || strings.Contains(v, "Fail") { // Go prints others by their memory
			out = append(out, fill("fmt.Println(\"before\")\npanic(«A»)", v))
		}
		out = append(out, fill("fmt.Println(safely(func() { panic(«A») }))\nfmt.Println(\"after\")", v))
	}
	return both(out)
}

var assertedTypes = []string{"int", "string", "float64", "rune", "bool", "Point", "*Point", "[]int", "Celsius", "Weekday", "map[string]int", "twin", "twinB", "error", "fmt.Stringer", "Shape", "any", "fault", "*Fail", "list", "Pair[string, int]", "acct", "func()", "[2]int"}

// assertions are v.(T), and with ok, of everything to everything.
func assertions() []string {
	var out []string
	for i, v := range values {
		for j, t := range assertedTypes {
			if (i+j)%2 == 0 {
				out = append(out, fill("var v any = «A»\nx, ok := v.(«B»)\nfmt.Println(ok)\nif ok { fmt.Println(describe(x)) }\nif _, ok := v.(«B»); !ok { fmt.Println(\"no\") }", v, t))
			} else {
				out = append(out, fill("var v any = «A»\nfmt.Println(\"go\")\nx := v.(«B»)\nfmt.Println(describe(x))", v, t))
			}
		}
	}
	for _, v := range []string{"io.EOF", "&Fail{3}", "fault{4}", "nil"} {
		for _, t := range []string{"*Fail", "fault", "fmt.Stringer", "any"} {
			out = append(out, fill("var e error = «A»\nx, ok := e.(«B»)\nfmt.Println(ok, describe(x) != \"\")\ny := e.(«B»)\nfmt.Println(describe(y))", v, t))
		}
	}
	out = append(out, "var s Shape = Square{3}\nq := s.(Square)\nq.S++\nfmt.Println(q.S, s.Area(), s.(Square).S)\n_, ok := s.(fmt.Stringer)\nfmt.Println(ok)", "xs := []any{1, \"a\", 2.5}\nn := 0\nfor _, x := range xs { if i, ok := x.(int); ok { n += i }; if s, ok := x.(string); ok { n += len(s) } }\nfmt.Println(n)", "var v any = &Point{1, 2}\nv.(*Point).X = 9\nfmt.Println(v.(*Point).X, v.(fmt.Stringer).String())", "var v any = map[string]any{\"a\": []any{1.5}}\nfmt.Println(v.(map[string]any)[\"a\"].([]any)[0].(float64) * 2)", "var v any = json.Unmarshal\n_ = v\nvar m map[string]any\nerr := json.Unmarshal([]byte(`{\"a\": {\"b\": [1, \"x\"]}}`), &m)\nfmt.Println(err, m[\"a\"].(map[string]any)[\"b\"].([]any)[1].(string))")
	return both(out)
}

// typeSwitches are switches over dynamic types.
func typeSwitches() []string {
	var out []string
	for _, v := range values {
		for _, tm := range []string{
			"switch x := any(«A»).(type) {\ncase int: fmt.Println(\"int\", x+1)\ncase string: fmt.Println(\"string\", x+\"!\")\ncase Point: x.X++; fmt.Println(\"Point\", x.X)\ncase *Point: fmt.Println(\"*Point\", x.Y)\ncase []int: fmt.Println(\"ints\", len(x), x[0])\ncase twin: fmt.Println(\"twin\", x.id)\ncase nil: fmt.Println(\"nil\", x == nil)\ndefault: fmt.Println(\"other\", describe(x))\n}",
			"var v any = «A»\nswitch v.(type) {\ncase error: fmt.Println(\"error\")\ncase fmt.Stringer: fmt.Println(\"Stringer\")\ncase Shape: fmt.Println(\"Shape\")\ndefault: fmt.Println(\"none\")\n}",
			"var v any = «A»\nswitch x := v.(type) {\ncase int, int64, uint8, float64: fmt.Println(\"number\", describe(x))\ncase twinB, twin: fmt.Println(\"twins\", x)\ncase map[string]int, env: fmt.Println(\"map\", x)\ncase nil, bool: fmt.Println(\"nil or bool\", x)\n}\nfmt.Println(\"end\")",
			"for i, v := range []any{«A», 1, \"s\", nil} { switch x := v.(type) { case int: fmt.Println(i, x*2); continue; case string: fmt.Println(i, len(x)); case nil: fmt.Println(\"nil\"); default: fmt.Println(i, describe(x)) }; fmt.Println(\"next\") }",
			"switch n := 3; x := any(«A»).(type) { default: fmt.Println(n, describe(x)); case Weekday: fmt.Println(x.String(), n); case Celsius: fmt.Println(x.F()); case fault: fmt.Println(x.code); case acct: fmt.Println(x.id, x.label()); case list: x.push(1); fmt.Println(x) }",
		} {
			out = append(out, fill(tm, v))
		}
	}
	for _, v := range []string{"io.EOF", "&Fail{3}", "fault{4}", "nil", "check(9)"} {
		out = append(out, fill("var e error = «A»\nswitch x := e.(type) {\ncase *Fail: fmt.Println(\"Fail\", x.Code)\ncase fault: fmt.Println(\"fault\", x.code)\ncase nil: fmt.Println(\"nil\")\ncase interface{ Unwrap() error }: fmt.Println(\"wraps\", x.Unwrap())\ndefault: fmt.Println(\"other\", x)\n}", v), fill("var e error = «A»\nswitch x := e.(type) {\ncase *Fail: fmt.Println(\"Fail\", x.Code)\ncase fault: fmt.Println(\"fault\", x.code)\ncase nil: fmt.Println(\"nil\")\ndefault: fmt.Println(\"other\", x)\n}", v))
	}
	return both(out)
}

// equalities are == and != of everything that has them.
func equalities() []string {
	var out []string
	cmp := []string{}
	for _, v := range values {
		if comparableValue(v) && v != "nil" {
			cmp = append(cmp, v)
		}
	}
	for i, a := range cmp {
		out = append(out, fill("a, b := «A», «A»\nfmt.Println(a == b, a != b)\nvar v, w any = a, b\nfmt.Println(v == w, v != w, v == any(a), v == nil)\nif a == b { fmt.Println(\"same\") }\nxs := []any{a, b}\nfmt.Println(xs[0] == xs[1])", a))
		for j := range 4 {
			b := cmp[(i+j*5+1)%len(cmp)]
			out = append(out, fmt.Sprintf("var v, w any = %s, %s\nfmt.Println(v == w, v != w)\nswitch v { case w: fmt.Println(\"w\"); case %s: fmt.Println(\"a\"); default: fmt.Println(\"none\") }\nm := map[any]int{v: 1}\nm[w]++\nfmt.Println(len(m))", a, b, a))
		}
	}
	for _, e := range []string{"any([]int{1}) == any([]int{1})", "any(map[string]int{}) == any(1)", "any(map[string]int{}) == any(map[string]int{})", "any(acctOf(1)) == any(acctOf(1))", "any(list{}) == any(list{})"} {
		out = append(out, "fmt.Println(\"go\")\nfmt.Println("+e+")")
	}
	for _, e := range []string{"Point{1, 2} == Point{1, 2}", "p == Point{1, 2}", "p != q", "[2]Point{p, q} == [2]Point{p, p}", "[3]int{1} == [3]int{}", "twin{1, \"a\"} == twin{1, \"b\"}", "inner{k: 1} == inner{k: 1}", "Base{1} == Base{2}", "e == io.EOF", "e != nil", "s == Shape(Square{2})", "s == Square{2}", "Square{3} == s", "any(p) == any(q)", "any(p) == q", "fn == nil", "fn2 != nil", "ch == nil", "x == nil", "gr == grid{}", "MakePair(\"a\", 1) == MakePair(\"a\", 1)", "struct{ a int }{1} == struct{ a int }{1}", "v == 1", "v == p", "1 == v", "w == nil", "(&p == &p) == true", "p == q && q != p || p.X == 1"} {
		out = append(out, "p, q := Point{1, 2}, Point{X: 1}\nvar e error = io.EOF\ns := shape(2)\nvar fn func()\nfn2 := double\nvar ch chan int\nvar x []int\nvar gr grid\nvar v, w any = 1, nil\n_, _, _, _, _, _, _, _, _, _, _ = p, q, e, s, fn, fn2, ch, x, gr, v, w\nfmt.Println("+e+")\nif !("+e+") { fmt.Println(\"not\") }\nb := "+e+"\nfmt.Printf(\"%T\\n\", b)")
	}
	for _, e := range []string{"p == struct{ X, Y int }{1, 2}", "struct{ X, Y int }{1, 2} != p", "l2 == t2", "any(p) == any(struct{ X, Y int }{1, 2})", "tw == struct{ id int; name string }{1, \"a\"}"} {
		out = append(out, "p, tw := Point{1, 2}, twin{1, \"a\"}\nl2, t2 := [2]Point{{1, 2}}, [2]Point{}\n_, _, _, _ = p, tw, l2, t2\nfmt.Println("+e+")")
	}
	for _, e := range []string{"m[any([]int{1})] = 2", "fmt.Println(m[map[string]int{}])", "delete(m, v)", "m[p] = 4", "m[v]++", "fmt.Println(map[any]int{v: 1, \"x\": 2})", "m[1], m[\"a\"] = 5, 6"} {
		for _, v := range []string{"1", "[]int{1}", "acctOf(1)", "nil"} {
			out = append(out, "m := map[any]int{1: 1}\nvar v any = "+v+"\np := Point{1, 2}\n_, _ = p, v\nfmt.Println(len(m))\n"+e+"\nfmt.Println(len(m))")
		}
	}
	for _, e := range []string{"switch p { case Point{1, 2}: fmt.Println(1); case q: fmt.Println(2) }", "switch e { case io.EOF: fmt.Println(\"EOF\"); case nil: fmt.Println(\"nil\") }", "switch v { case 1: fmt.Println(\"one\"); case \"a\": fmt.Println(\"a\"); case nil: fmt.Println(\"nil\") }", "switch [2]int{1, 2} { case a: fmt.Println(\"a\"); default: fmt.Println(\"d\") }"} {
		for _, v := range []string{"1", "\"a\"", "nil", "2.5"} {
			out = append(out, "p, q, a := Point{1, 2}, Point{}, [2]int{1, 2}\nvar e error = io.EOF\nvar v any = "+v+"\n_, _, _, _, _ = p, q, a, e, v\n"+e)
		}
	}
	return both(out)
}
