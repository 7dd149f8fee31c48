package proof

import "strings"

// namedSeqs are slices, maps and arrays whose type has a name.
func namedSeqs() []string {
	var out []string
	for _, n := range []string{"list", "sort.IntSlice"} {
		for _, e := range []string{"x = append(x, 4, 5)", "x[1] = 9", "x[0]++", "x = x[1:]", "x = x[:2]", "x = x[1:2:3]", "y := x[:1]\ny = append(y, 7)", "copy(x, []int{8, 8})", "x = append(x[:1], x[2:]...)", "for i, v := range x { fmt.Print(i, v, \" \") }", "for i := range x { x[i] *= 2 }", "clear(x)", "x = nil", "sort.Sort(sort.Reverse(sort.IntSlice(x)))", "y := []int(x)\ny[0] = 50", "x = «A»([]int{1})", "x = make(«A», 2, 5)", "y := append([]int(nil), x...)\ny[0] = 9\nfmt.Println(y)", "z := append(x, 1)\n_ = z", "x = append(x, list{7, 8}...)", "x, y := x[1:], x[:1]\nfmt.Println(x, y)", "fmt.Println(apply(x))", "fmt.Println(sum(x...))", "var y []int = x\ny[2] = 0"} {
			out = append(out, fill("x := «A»{1, 2, 3}\n"+e+"\nfmt.Println(x, len(x), x == nil, x.Len())\nfmt.Printf(\"%T %v\\n\", x, cap(x) >= len(x))", n))
		}
	}
	for _, e := range []string{"m[\"c\"] = 3", "m[\"a\"]++", "delete(m, \"a\")", "clear(m)", "m = nil", "m = env{}", "m = make(env)", "v, ok := m[\"a\"]\nfmt.Println(v, ok)", "for k, v := range m { n += len(k) + v }", "for k := range m { n += len(k) }", "q := m\nq[\"z\"] = 9", "var q map[string]int = m\nq[\"y\"] = 8\nfmt.Println(total(m))", "q := map[string]int(m)\ndelete(q, \"b\")", "fmt.Println(m.sum(), env(map[string]int{\"x\": 4}).sum())", "m[\"a\"], m[\"b\"] = m[\"b\"], m[\"a\"]", "m[fmt.Sprint(len(m))] += 2", "if v := m[\"b\"]; v > 1 { n = v }"} {
		out = append(out, "m := env{\"a\": 1, \"b\": 2}\nn := 0\n"+e+"\nfmt.Println(m, len(m), m == nil, m.sum(), n, m[\"a\"])\nfmt.Printf(\"%T\\n\", m)")
	}
	for _, e := range []string{"g[0][0] = 7", "g[1] = [3]int{9}", "h := g\nh[0][1] = 5\nfmt.Println(h)", "for i := range g { g[i][i] = i + 1 }", "for _, r := range g { fmt.Print(r[0], \" \"); r[0] = 9 }", "p := &g\np[0][2]++", "r := g[1]\nr[0] = 3", "s := g[0][:2]\ns[1] = 4", "s := g[:]\ns[1][1] = 6", "g = grid{{1}, {2, 3}}", "g = [2][3]int{1: {8}}", "x := [2][3]int(g)\nx[0][0] = 1", "g[n][n+1] += 2"} {
		out = append(out, "g := grid{{1, 2, 3}, {4, 5, 6}}\nn := 1\n_ = n\n"+e+"\nfmt.Println(g, len(g), g == grid{})\nfmt.Printf(\"%T\\n\", g)")
	}
	for _, e := range []string{"b[0] = 'X'", "b = append(b, \"def\"...)", "b = append(b, 'z')", "b = bytesOf(\"new\")", "s := string(b)\nfmt.Println(s)", "for i, c := range b { b[i] = c - 32 }", "b = b[1:]", "fmt.Println(bytes.Contains(b, []byte(\"b\")))", "x := []byte(b)\nx[0]++"} {
		out = append(out, "b := bytesOf(\"abc\")\n"+e+"\nfmt.Println(b, string(b), len(b))\nfmt.Printf(\"%T %s\\n\", b, b)")
	}
	for _, e := range []string{"x.push(4)", "p := &x\np.push(5)", "xs := []list{x, {9}}\nxs[1].push(3)\nfmt.Println(xs)", "m := map[string]list{\"a\": x}\nm[\"a\"] = append(m[\"a\"], 6)\nfmt.Println(m)", "m := map[string]env{\"q\": {\"r\": 1}}\nm[\"q\"][\"s\"]++\nfmt.Println(m, m[\"none\"][\"z\"])", "var s sort.Interface = sort.IntSlice(x)\nfmt.Println(s.Len(), s.Less(0, 1))", "v := any(x)\n_, isInts := v.([]int)\n_, isList := v.(list)\nfmt.Println(isInts, isList)"} {
		out = append(out, "x := list{1, 2}\n"+e+"\nfmt.Println(x, x.Len())")
	}
	return both(out)
}

// bytesAndRunes are the numbers that texts are made of, in every storage.
func bytesAndRunes() []string {
	var out []string
	for _, t := range [][]string{{"byte", "'a'", "255"}, {"rune", "'é'", "-1"}, {"uint8", "0", "128"}, {"int32", "2147483647", "'z'"}, {"int8", "-128", "127"}, {"uint16", "65535", "1"}, {"float32", "0.1", "16777217"}} {
		for _, tm := range []string{
			"xs := []«A»{«B», «C»}\nxs[0], xs[1] = xs[1], xs[0]\nxs = append(xs, xs[0]+1)\nfmt.Printf(\"%T %v\\n\", xs, xs)\nfor i := range xs { xs[i] += xs[i] }\nfmt.Println(xs)",
			"m := map[«A»]int{«B»: 1}\nm[«C»]++\nm[«B»] += 2\nfmt.Println(len(m), m[«B»], m[«C»])",
			"m := map[string]«A»{\"k\": «B»}\nm[\"k\"]++\nm[\"j\"] -= 1\nfmt.Println(m[\"k\"], m[\"j\"])\nv := m[\"k\"]\nv += «C»\nfmt.Println(v)",
			"var a [3]«A»\na[1] = «B»\na[2] = a[1] + a[0] + «C»\nfmt.Printf(\"%T %v\\n\", a[2], a)",
			"p := new(«A»)\n*p = «B»\n*p += «C»\n*p++\nfmt.Println(*p)\nq := p\n*q -= 1\nfmt.Printf(\"%T %v\\n\", *p, *p)",
			"s := struct{ x «A»; Y «A» }{«B», «C»}\ns.x += s.Y\ns.Y *= 2\nfmt.Println(s.x, s.Y)",
			"var v any = «A»(«B»)\nw, ok := v.(«A»)\nw += «C»\nfmt.Printf(\"%T %v %v %v\\n\", w, w, ok, v == any(«A»(«B»)))",
			"f := func(x «A») «A» { return x + «C» }(«B»)\nfmt.Printf(\"%T %v\\n\", f, f)",
			"x, y := «A»(«B»), «A»(«C»)\nx, y = y, x+y\nfmt.Println(x, y, x < y, min(x, y), max(x, y), -x)",
			"t := «A»(0)\nfor _, x := range []«A»{«B», «C», «B»} { t += x; if t > 100 { t -= 100 } }\nfmt.Printf(\"%T %v\\n\", t, t)",
		} {
			out = append(out, fill(tm, t...))
		}
	}
	for _, s := range []string{`"héllo"`, `"日本語"`, `"a\xffb"`, `""`, `"x"`} {
		for _, tm := range []string{
			"s := «A»\nfor i, r := range s { fmt.Printf(\"%d %T %c %d\\n\", i, r, r, r) }",
			"s := «A»\nn := map[rune]int{}\nfor _, r := range s { n[r]++ }\nfmt.Println(len(n), n['a'])",
			"s := «A»\nb := []byte(s)\nfor i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 { b[i], b[j] = b[j], b[i] }\nfmt.Printf(\"%q\\n\", b)",
			"s := «A»\nr := []rune(s)\nfor i := range r { r[i]++ }\nfmt.Printf(\"%q %d\\n\", string(r), len(r))",
			"s := «A»\nt := \"\"\nfor i := 0; i < len(s); i++ { if s[i] >= 'a' && s[i] <= 'z' { t += string(rune(s[i]-32)) } }\nfmt.Println(t)",
			"s := «A»\nh := uint32(2166136261)\nfor i := range len(s) { h ^= uint32(s[i]); h *= 16777619 }\nfmt.Println(h)",
			"s := «A»\nvar sb strings.Builder\nfor _, r := range s { sb.WriteRune(r + 1); sb.WriteByte('.') }\nfmt.Printf(\"%q\\n\", sb.String())",
			"s := «A»\nb := append([]byte(s), '!', 'é'&0xff)\nb = append(b, s...)\nfmt.Println(b, string(b) == s)",
			"s := «A»\nfmt.Println(strings.Map(func(r rune) rune { if r > 127 { return -1 }; return r + 1 }, s))",
		} {
			out = append(out, fill(tm, s))
		}
	}
	return both(out)
}

// order are statements whose parts print or change what other parts read.
func order() []string {
	var out []string
	for _, e := range []string{"m[\"a\"] + set(5)", "set(5) + m[\"a\"]", "x + grow()", "grow() + x", "xs[0] + grow()", "m[\"a\"] + set(5) + m[\"a\"]", "x + grow()*x", "xs[x] + grow()", "say(1) + say(2)*say(3)", "m[fmt.Sprint(say(1))] + say(2)", "p.X + move()", "move() + p.X", "*q + move()", "len(xs) + grow()", "(x) - grow() - x", "double(x) + grow() + double(x)", "a.id + bumpA() + a.id", "bumpA() + a.id", "any(x).(int) + grow()", "v.(int) + setV()"} {
		out = append(out,
			"x, xs, m, p := 1, []int{1, 2, 3, 4}, map[string]int{\"a\": 1}, &Point{1, 2}\nq, v, a := &p.X, any(1), newAcct(1, \"a\")\n_, _, _, _, _, _, _ = x, xs, m, p, q, v, a\n"+
				"set := func(n int) int { m[\"a\"] = n; return n }\ngrow := func() int { x++; xs[0] = 10 * x; return 100 }\nmove := func() int { p.X += 7; return 1000 }\nbumpA := func() int { a.id *= 3; return 10000 }\nsetV := func() int { v = 50; return 5 }\n_, _, _, _, _ = set, grow, move, bumpA, setV\n"+
				"r := "+e+"\nfmt.Println(r, x, xs, m, p.X, a.id, v)")
	}
	var res []string
	for _, p := range out {
		if strings.Contains(p, "_, _, _, _, _ = set") { // the closures are only called
			p = strings.ReplaceAll(p, "_, _, _, _, _ = set, grow, move, bumpA, setV\n", "if x > 99 { set(1); grow(); move(); bumpA(); setV() }\n")
		}
		res = append(res, "if limit > 0 {\n"+p+"\n}")
	}
	res = append(res, beforeCalls()...)
	for _, p := range []string{
		"xs := []int{say(1), say(2), say(say(3) + 1)}\nfmt.Println(xs)", "m := map[int]int{say(1): say(2), say(3): say(4)}\nfmt.Println(len(m))", "p := Point{Y: say(1), X: say(2)}\nfmt.Println(p)", "a := acct{name: fmt.Sprint(say(1)), id: say(2)}\nfmt.Println(a.id)", "fmt.Println(say(1), say(2), double(say(3)), say(4))", "xs := []int{1, 2, 3}\nxs[say(0)], xs[say(1)] = say(5), say(6)\nfmt.Println(xs)", "a, b := say(1), say(2)\na, b = say(b), say(a)\nfmt.Println(a, b)",
		"m := map[string]int{}\nm[fmt.Sprint(\"k\", say(1))] = say(2)\nfmt.Println(m)", "m := map[string][]int{}\nm[fmt.Sprint(say(1))] = append(m[fmt.Sprint(say(2))], say(3))\nfmt.Println(m)", "if say(1) > 5 && say(2) > 0 || say(3) > 2 && say(4) > 0 { fmt.Println(\"in\") }", "fmt.Println(say(1) > 5 && say(2) > 0, say(3) > 1 || say(4) > 1)", "s := struct{ a, b int }{b: say(1), a: say(2)}\nfmt.Println(s)", "var e error = check(say(5))\nfmt.Println(e, say(1))", "xs := []any{say(1), fmt.Sprint(say(2)), nil, say(3)}\nfmt.Println(xs...)", "switch say(2) { case say(1), say(2): fmt.Println(\"hit\"); case say(3): fmt.Println(\"no\") }", "for i := say(0); i < say(2); i += say(1) { fmt.Println(i) }", "n := call2(func(a, b int) int { return say(a) + say(b) }, say(1), say(2))\nfmt.Println(n)", "fmt.Println(newAcct(say(1), fmt.Sprint(say(2))).add(say(3)), say(4))", "x := double(say(1)) + double(say(2))*double(say(3)) - sum(say(4), say(5))\nfmt.Println(x)", "var i any = say(3)\nfmt.Println(i.(int)+say(4), i == any(say(3)))",
		"xs := []int{1, 2, 3}\ni := 0\ni, xs[i] = 2, 9\nfmt.Println(i, xs)", "xs := []int{1, 2, 3}\nj := 1\nxs[j], j = 7, 0\nfmt.Println(xs, j)", "p := &Point{1, 2}\nq := p\np.X, p = 5, &Point{8, 9}\nfmt.Println(q.X, p.X)", "s := \"a\"\ns += fmt.Sprint(say(1)) + s\nfmt.Println(s)",
	} {
		res = append(res, p)
		res = append(res, local([]string{p})[0])
	}
	return res
}

// beforeCalls are operands that a call after them changes.
func beforeCalls() []string {
	var out []string
	for _, e := range [][2]string{
		{"len(xs)", "more()"}, {"cap(xs)", "more()"}, {"len(xs[1:])", "more()"}, {"xs[1:][0]", "grow()"}, {"xs[1]", "grow()"}, {"cap(append(xs[:1:1], 7))", "grow()"}, {"append(xs[:1:1], x)[1]", "grow()"},
		{"min(x, 50)", "grow()"}, {"max(x, 2, xs[1])", "grow()"}, {"len(m)", "set()"}, {"m[\"a\"]", "set()"}, {"len(s)", "setS()"}, {"len([]byte(s))", "setS()"}, {"[]byte(s)[0]", "setS()"}, {"[]rune(s)[0]", "setS()"}, {"s[0]", "setS()"}, {"len(s + s)", "setS()"},
		{"copy(xs, []int{x})", "grow()"}, {"*new(x)", "grow()"}, {"x", "grow()"}, {"x * 2", "grow()"}, {"-x", "grow()"}, {"xs", "grow()"}, {"xs", "more()"}, {"xs[:2]", "more()"}, {"p", "move()"}, {"p.X", "move()"}, {"*q", "move()"}, {"arr", "setArr()"}, {"arr[1]", "setArr()"},
		{"s", "setS()"}, {"s + \"!\"", "setS()"}, {"v", "setV()"}, {"e", "setE()"}, {"f", "setF()"}, {"any(x)", "grow()"}, {"any(p)", "move()"}, {"x > 1", "grow()"}, {"float64(x)", "grow()"}, {"string(rune(65 + x))", "grow()"}, {"&p.X == q", "move()"}, {"[]int{x}", "grow()"}, {"Point{x, 1}", "grow()"},
		{"struct{ n int }{x}", "grow()"}, {"[2]int{x, 1}", "grow()"}, {"map[int]int{x: x}", "grow()"}, {"v.(int)", "setV()"}, {"pp.X", "movePP()"}, {"*pp", "movePP()"}, {"arr == [2]int{1, 2}", "setArr()"}, {"p == Point{1, 2}", "move()"}, {"b", "setB()"}, {"!b", "setB()"}, {"b && x > 0", "setB()"}, {"c8", "setC()"}, {"u", "setU()"}, {"u << 1", "setU()"}, {"fl", "setFl()"}, {"it.At", "setIt()"}, {"it.Tags", "setIt()"}, {"it.Name", "setIt()"},
	} {
		for _, tm := range []string{"fmt.Println(«A», «B», «A»)", "fmt.Println(«B», «A»)", "show(«A», «B»)", "y, z := «A», «B»\nfmt.Println(y, z)", "y := []any{«A», «B», «A»}\nfmt.Println(y...)", "fmt.Println(describe(«A»), «B»)"} {
			if e[0] == "f" && tm != "" {
				continue
			}
			body := fill(tm, e[0], e[1])
			out = append(out, "if limit > 0 {\nx, xs, m, p, s, v, b := 1, []int{1, 2, 3, 4}, map[string]int{\"a\": 1}, Point{1, 2}, \"ab\", any(1), true\nq, arr, pp, e, c8, u, fl, it := &p.X, [2]int{1, 2}, &Point{5, 6}, error(nil), Celsius(3), uint8(7), 1.5, Item{Name: \"n\", Tags: []string{\"t\"}}\n"+
				"more := func() int { xs = append(xs, 5); xs[0]++; return 1 }\ngrow := func() int { x++; xs[0], xs[1] = 10*x, 20*x; return 100 }\nmove := func() int { p.X += 7; return 1000 }\nset := func() int { m[\"b\"] = 2; m[\"a\"] = 9; return 1 }\nsetS := func() int { s = \"xyz\"; return 2 }\nsetV := func() int { v = 50; return 3 }\nsetArr := func() int { arr[1] = 9; return 4 }\nsetE := func() int { e = io.EOF; return 5 }\nmovePP := func() int { pp.X++; pp = &Point{7, 7}; return 6 }\nsetB := func() int { b = false; return 7 }\nsetC := func() int { c8 = 9; return 8 }\nsetU := func() int { u = 200; return 9 }\nsetFl := func() int { fl = -2; return 10 }\nsetIt := func() int { it.Name = \"m\"; it.At.X = 4; it.Tags = nil; return 11 }\nshow := func(vs ...any) { fmt.Println(vs...) }\n"+
				"if x > 99 { fmt.Println(q, e, more(), grow(), move(), set(), setS(), setV(), setArr(), setE(), movePP(), setB(), setC(), setU(), setFl(), setIt()); show() }\n"+body+"\nfmt.Println(x, xs, m, p, s, v, arr, *pp, e, b, c8, u, fl, it.Name)\n}")
		}
	}
	return out
}
