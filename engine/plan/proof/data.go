package proof

import (
	"fmt"
)

func texts() []string {
	var out []string
	for _, s := range []string{`"hello"`, `""`, `"héllo wörld"`, `"a\x00b\xff"`, `"日本"`} {
		for _, i := range []string{"0", "1", "3", "5", "9", "-1"} {
			out = append(out, fmt.Sprintf("s, i := %s, %s\nfmt.Println(len(s), s+\"!\", s+s)\nfmt.Println(s[i])", s, i),
				fmt.Sprintf("s, i := %s, %s\nfmt.Println(s[i:])", s, i), fmt.Sprintf("s, i := %s, %s\nfmt.Println(s[:i])", s, i),
				fmt.Sprintf("s, i := %s, %s\nt := s[i:len(s)-1]\nfmt.Printf(\"%%T %%q\\n\", t, t)", s, i), fmt.Sprintf("s, i := %s, %s\nc := s[i]\nc++\nfmt.Printf(\"%%T %%v %%v\\n\", c, c, s[i] == 'l')", s, i))
		}
		out = append(out, fmt.Sprintf("s := %s\nfor i, r := range s { fmt.Println(i, r, string(r)) }\nfor i := range s { fmt.Print(i, s[i], \" \") }\nn := 0\nfor range s { n++ }\nfor _, r := range s { if r == 'l' { continue }; n += int(r) }\nfmt.Println(n)", s),
			fmt.Sprintf("s := %s\nr := \"\"\nfor _, c := range s { r = string(c) + r }\nfmt.Println(r, r == s, r < s)\ns += r\ns += \"x\"\nfmt.Println(s, len(s))", s),
			fmt.Sprintf("s := %s\nfor i := 0; i < len(s); i++ { fmt.Print(s[i], \" \", s[i:i+1] == s[:1], \" \") }\nfmt.Println()", s))
	}
	// Ranges decode 256 runes at a time: texts that end before, at and after.
	for _, piece := range []string{`"a"`, `"é"`, `"\xff"`, `"日a\xe6\x97"`, `"𝄞"`} {
		for _, n := range []int{63, 85, 127, 128, 255, 256, 257, 300, 512, 1000} {
			head := fmt.Sprintf("s := strings.Repeat(%s, %d)\ncnt, hash := 0, 0\n", piece, n)
			for _, loop := range []string{
				"for i, r := range s { cnt++; hash = (hash*31 + i + int(r)) % 1000003 }", "for i := range s { cnt++; hash += i }\nfor range s { cnt++ }", "var i int\nvar r rune\nfor i, r = range s { cnt++ }\nhash = i*1000 + int(r)",
				"for i, r := range s { if i%7 == 3 { continue }; cnt += int(r) % 3; if i > 700 { hash = i; break } }", "for i, r := range s { s = \"\"; cnt += i; hash += int(r) + len(s) }", "for i := range s { for j, r := range s[:min(i, 300)] { if j > 290 { break }; cnt += int(r) & 1 }; hash++; if i > 40 { break } }",
				"f := []func() int{}\nfor i, r := range s { if i < 4 || i > 510 && i < 514 { f = append(f, func() int { return i + int(r) }) } }\nfor _, g := range f { hash += g() }", "at := func(c rune, k int) int { for i, r := range s { if r == c { if k == 0 { return i }; k-- } }; return -1 }\ncnt, hash = at('a', 256), at('é', 255)",
				"for i, r := range s { p := &i; *p += int(r); cnt += i }", "for _, r := range s { cnt += len(string(r)); fmt.Print(double(int(r)) % 10) }",
			} {
				out = append(out, head+loop+"\nfmt.Println(cnt, hash, len(s))")
			}
		}
	}
	return both(out)
}

func slices() []string {
	var out []string
	for _, x := range []string{"[]int{1, 2, 3, 4, 5}", "[]int{}", "[]int(nil)", "make([]int, 3, 10)"} {
		for _, i := range []string{"0", "2", "4", "5", "-1", "7"} {
			out = append(out, fmt.Sprintf("xs, i := %s, %s\nfmt.Println(len(xs), cap(xs), xs == nil)\nfmt.Println(xs[i])", x, i), fmt.Sprintf("xs, i := %s, %s\nxs[i] = 9\nfmt.Println(xs)", x, i),
				fmt.Sprintf("xs, i := %s, %s\nxs[i]++\nxs[i] += 3\nxs[i] *= xs[i]\nfmt.Println(xs)", x, i), fmt.Sprintf("xs, i := %s, %s\nys := xs[i:]\nfmt.Println(ys, len(ys), cap(ys))\nys = append(ys, 8)\nfmt.Println(xs, ys)", x, i),
				fmt.Sprintf("xs, i := %s, %s\nfmt.Println(xs[:i], xs[0:i:i])", x, i), fmt.Sprintf("xs, i := %s, %s\nfmt.Println(xs[1:i], xs[i:i], cap(xs[:i]))", x, i), fmt.Sprintf("xs, i := %s, %s\nfmt.Println(xs[i:2], \"after\")", x, i))
		}
		out = append(out, fmt.Sprintf("xs := %s\nfor i := 0; i < 20; i++ { xs = append(xs, i); fmt.Print(len(xs), cap(xs), \" \") }\nfmt.Println(xs)", x), fmt.Sprintf("xs := %s\nys := append(xs, 1, 2, 3, 4, 5, 6, 7)\nfmt.Println(ys, len(ys), cap(ys))\nys = append(ys, xs...)\nfmt.Println(ys, cap(ys))", x),
			fmt.Sprintf("xs := %s\nfor i, v := range xs { xs[i] = v * v; xs = append(xs, v) }\nfmt.Println(xs)", x), fmt.Sprintf("xs := %s\nys := xs\nzs := make([]int, 3)\nn := copy(zs, xs)\nif len(ys) > 0 { ys[0] = 42 }\nfmt.Println(xs, ys, zs, n)", x),
			fmt.Sprintf("xs := %s\ns := 0\nfor _, v := range xs { s += v }\nfor i := range xs { s += i }\nfor range xs { s++ }\nfor i := len(xs)-1; i >= 0; i-- { s = s*2 + xs[i] }\nfmt.Println(s)", x))
	}
	for _, e := range []struct{ t, a, b string }{{"string", `"a"`, `"b"`}, {"float64", "1.5", "-2"}, {"bool", "true", "false"}, {"byte", "1", "255"}, {"rune", "'x'", "'y'"}, {"int8", "-1", "127"}, {"Point", "{1, 2}", "{3, 4}"}, {"*Point", "{1, 2}", "{X: 3}"}, {"[]int", "{1}", "nil"}, {"map[string]int", `{"a": 1}`, "nil"}, {"Celsius", "1.5", "2"}, {"Weekday", "0", "1"}, {"[2]int", "{1, 2}", "{3, 4}"}, {"time.Duration", "1", "time.Second"}, {"uint64", "1", "18446744073709551615"}} {
		out = append(out, fmt.Sprintf("xs := []%s{%s, %s}\nfmt.Printf(\"%%T %%v %%d\\n\", xs, len(xs), cap(xs))\nxs = append(xs, xs[0])\nxs[1] = xs[2]\nys := xs[1:2]\nfmt.Println(len(ys), cap(ys), len(xs))\nvar zs []%s\nzs = append(zs, xs...)\nfmt.Println(zs == nil, len(zs), cap(zs))\nfor i, v := range zs { fmt.Printf(\"%%d %%T\\n\", i, v) }", e.t, e.a, e.b, e.t))
	}
	for _, n := range []string{"0", "3", "-1"} {
		for _, c := range []string{"0", "5", "2"} {
			out = append(out, fmt.Sprintf("n, c := %s, %s\nxs := make([]string, n, c)\nfmt.Printf(\"%%q %%d %%d\\n\", xs, len(xs), cap(xs))", n, c), fmt.Sprintf("n := %s\nxs := make([]int, n)\nxs = append(xs, %s)\nfmt.Println(xs, cap(xs))", n, c))
		}
	}
	out = append(out, "g := [][]int{{1, 2}, {3}, nil}\ng[0][1] = 7\ng[2] = append(g[2], 5, 6)\nfor i := range g { for j, v := range g[i] { fmt.Print(i, j, v, \" \") } }\nfmt.Println(g, g[1][0], len(g[2]))\nfmt.Println(g[1][1])",
		"n := 4\ng := make([][]int, n)\nfor i := range g { g[i] = make([]int, n); for j := range g[i] { g[i][j] = i * j } }\nfmt.Println(g)\ng[1], g[2] = g[2], g[1]\nfmt.Println(g, len(g[0]))",
		"b := append([]byte(\"abc\"), \"def\"...)\nb = append(b, '!')\nfmt.Println(string(b), len(b))", "xs := []int{5: 1, 2, 1: 9}\nfmt.Println(xs, len(xs))", "xs := []string{2: \"c\", 0: \"a\"}\nfmt.Printf(\"%q\\n\", xs)",
		"xs := []int{3, 1, 2}\nsort.Ints(xs)\nfmt.Println(xs, sort.SearchInts(xs, 2))", "xs := []int{1, 2, 3}\nfor i, j := 0, len(xs)-1; i < j; i, j = i+1, j-1 { xs[i], xs[j] = xs[j], xs[i] }\nfmt.Println(xs)",
		"xs := []int{1, 2, 3}\ncopy(xs, xs[1:])\nfmt.Println(xs, copy(xs[1:], []int{8, 9, 10}), xs)", "xs := []int{1, 2, 3, 4}\ni := 1\nxs = append(xs[:i], xs[i+1:]...)\nfmt.Println(xs, len(xs), cap(xs))", "var xs []int\nxs = append(xs, sum(1, 2), double(len(xs)))\nfmt.Println(xs)")
	return both(out)
}

func arrays() []string {
	var out []string
	for _, i := range []string{"0", "2", "3", "-1"} {
		out = append(out, fmt.Sprintf("var a [3]int\ni := %s\na[1] = 5\nfmt.Println(a, len(a), cap(a))\na[i] = 7\nb := a\nb[i]++\nfmt.Println(a, b, a[i], a == b)", i))
	}
	out = append(out, "a := [3]string{\"x\", \"y\"}\nb := a\na[0] = \"z\"\nfmt.Printf(\"%q %q %T\\n\", a, b, a)", "a := [...]int{1, 2, 3}\nfor i, v := range a { a[2] = 10; fmt.Print(i, v, \" \") }\nfmt.Println(a)", "var g [2][3]int\ng[1][2] = 4\nh := g\nh[0][0] = 1\nfmt.Println(g, h)", "a := [3]int{1, 2, 3}\nfor i := range a { a[i] *= 2 }\nfmt.Println(a, len(a))",
		"a := [2]Point{{1, 2}, {3, 4}}\nb := a\nb[0].X = 9\nfmt.Println(a, b)", "m := map[[2]int]string{{1, 2}: \"a\"}\nm[[2]int{3, 4}] = \"b\"\nfmt.Println(m[[2]int{1, 2}], len(m))")
	return both(out)
}

func maps() []string {
	var out []string
	for _, e := range []struct{ k, v, a, b, x, y string }{{"string", "int", `"a"`, `"b"`, "1", "2"}, {"int", "string", "1", "-5", `"x"`, `"y"`}, {"rune", "bool", "'a'", "'b'", "true", "false"}, {"float64", "float64", "1.5", "2.5", "3", "4"}, {"string", "[]int", `"a"`, `"b"`, "{1, 2}", "nil"}, {"Point", "string", "{1, 2}", "{3, 4}", `"p"`, `"q"`}, {"string", "Point", `"a"`, `"b"`, "{1, 2}", "{X: 3}"}, {"string", "*Point", `"a"`, `"b"`, "{1, 2}", "{X: 3}"}, {"Weekday", "int", "0", "1", "5", "6"}, {"string", "map[string]int", `"a"`, `"b"`, `{"z": 1}`, "nil"}, {"uint8", "uint16", "255", "0", "65535", "1"}, {"bool", "string", "true", "false", `"t"`, `"f"`}} {
		keyA := e.a
		if keyA[0] == '{' {
			keyA = e.k + keyA
		}
		out = append(out, fmt.Sprintf("m := map[%s]%s{%s: %s}\nfmt.Printf(\"%%T %%d\\n\", m, len(m))\nv, ok := m[%s]\nfmt.Println(len(m), ok, m == nil)\nm[%s] = v\n_, ok = m[%s]\nfmt.Println(ok)\ndelete(m, %s)\nfmt.Println(len(m))\nw, ok := m[%s]\nfmt.Printf(\"%%T %%v\\n\", w, ok)", e.k, e.v, e.a, e.x, keyA, keyA, keyA, keyA, keyA),
			fmt.Sprintf("m := map[%s]%s{%s: %s, %s: %s}\nfor k, v := range m { fmt.Printf(\"%%T %%T\\n\", k, v); break }\nn := 0\nfor k := range m { _ = k; n++ }\nfor range m { n++ }\nfmt.Println(n, len(m))\nq := m\ndelete(q, %s)\nfmt.Println(len(m), len(q))", e.k, e.v, e.a, e.x, e.b, e.y, keyA))
	}
	for _, e := range []struct{ t, a, b, c string }{{"int", "7", "-3", "n"}, {"int8", "127", "100", "int8(n)"}, {"uint8", "250", "9", "uint8(n)"}, {"int32", "-2147483648", "-1", "rune('a')"}, {"uint64", "18446744073709551615", "3", "uint64(n)"}, {"float32", "0.1", "1e-3", "float32(n)"}, {"float64", "0.1", "1e300", "float64(n)"}, {"uintptr", "1", "2", "uintptr(n)"}} {
		for _, k := range [][2]string{{"string", `"a"+strconv.Itoa(n)`}, {"int", "n%2"}, {"Point", "Point{n, 1}"}, {"[2]int", "[2]int{n, n}"}, {"Weekday", "Weekday(n)"}, {"float64", "float64(n) / 2"}} {
			out = append(out, fmt.Sprintf("m := map[%s]%s{}\nfor n := 1; n < 4; n++ { m[%s] += %s; m[%s]++; m[%s] *= %s; m[%s] -= %s; m[%s]-- }\nfmt.Println(m, len(m))", k[0], e.t, k[1], e.a, k[1], k[1], e.b, k[1], e.c, k[1]))
		}
		out = append(out, fmt.Sprintf("m, n := map[int]%s{5: %s}, 2\nm[n] += m[5] * m[5] - %s\nm[n] -= m[n]\nm[say(5)] *= m[say(5)] + m[say(2)]\nfmt.Println(m)\nm[say(7)] += m[5] / m[say(8)]\nfmt.Println(m)", e.t, e.a, e.c),
			fmt.Sprintf("var m map[string]%s\nn := 1\nfmt.Println(m, n)\nm[\"x\"] += %s", e.t, e.c), fmt.Sprintf("m := map[int]map[int]%s{1: {}}\nn := 3\nm[1][n] += %s\nm[1][n]++\nfmt.Println(m)\nm[2][n]--", e.t, e.c))
	}
	out = append(out, "m := map[string]int{}\nfor _, w := range strings.Fields(\"a b a c b a\") { m[w]++ }\nfmt.Println(m, m[\"zz\"], len(m))", "m := map[string][]int{}\nfor i := 0; i < 9; i++ { k := strconv.Itoa(i % 3); m[k] = append(m[k], i) }\nfmt.Println(m)",
		"m := map[int]int{1: 2}\nm[1] += 5\nm[2] -= 3\nm[1] *= 4\nm[7]--\nm[1] <<= 2\nfmt.Println(m)", "var m map[string]int\nfmt.Println(m[\"a\"], len(m), m == nil)\nfor range m { fmt.Println(\"no\") }\ndelete(m, \"a\")\nm[\"a\"] = 1", "var m map[string]int\nm[\"x\"]++", "m := map[string]map[string]int{\"a\": {\"b\": 1}}\nm[\"a\"][\"c\"] = 2\nfmt.Println(m, m[\"q\"][\"r\"])\nm[\"q\"][\"r\"] = 1",
		"m := map[string]Point{\"a\": {1, 2}}\np := m[\"a\"]\np.X = 5\nfmt.Println(m[\"a\"].X, p.X, m[\"none\"].Y)", "m := map[string]*Point{\"a\": {1, 2}}\nm[\"a\"].X = 5\nm[\"a\"].Scale(2)\nfmt.Println(m[\"a\"].X, len(m))\nfmt.Println(m[\"b\"].X)", "m := map[string]float64{\"a\": 1}\nm[\"a\"] /= 3\nm[\"b\"] += 0.5\nfmt.Println(m)", "m := map[string]string{}\nm[\"a\"] += \"x\"\nm[\"a\"] += \"y\"\nfmt.Printf(\"%q\\n\", m)", "m := make(map[string]int, 10)\nm[\"k\"] = 1\nfmt.Println(m, len(m))",
		"m := map[int]bool{}\nfor i := 0; i < 10; i++ { if !m[i%4] { m[i%4] = true; fmt.Print(i, \" \") } }\nfmt.Println(len(m))", "m := map[string]int{\"a\": 1, \"b\": 2}\nkeys := make([]string, 0, len(m))\nfor k := range m { keys = append(keys, k) }\nsort.Strings(keys)\nfor _, k := range keys { fmt.Print(k, m[k], \" \") }\nfmt.Println(total(m))", "m := map[float64]int{}\nm[math.NaN()] = 1\nm[math.NaN()] = 2\nfmt.Println(len(m))", "m := map[string]int{\"a\": 1}\nif v, ok := m[\"a\"]; ok { fmt.Println(v) } else { fmt.Println(\"none\", v) }\nif _, ok := m[\"b\"]; !ok { fmt.Println(\"no b\") }", "m := map[int]int{}\nfor i := range 5 { m[i] = i * i }\ns := 0\nfor k, v := range m { s += k * v }\nfmt.Println(s, m)")
	return both(out)
}

func structs() []string {
	var out []string
	for _, lit := range []string{"Point{1, 2}", "Point{X: 3}", "Point{}", "Point{Y: 5, X: double(2)}"} {
		out = append(out, fmt.Sprintf("p := %s\nq := p\nq.X = 9\nq.Y++\nq.Y *= 3\nfmt.Println(p, q, p == p, p.X, q.Y)\nfmt.Printf(\"%%v %%+v %%#v %%T\\n\", p, p, p, p)", lit), fmt.Sprintf("p := &%s\nq := p\nq.X = 9\nq.Y += 4\nfmt.Println(*p, q.X, p == q, p != nil)\nr := *p\nr.X = 0\nfmt.Println(p.X, r.X)\n*p = Point{7, 7}\nfmt.Println(q.X)", lit))
	}
	out = append(out, "var p *Point\nfmt.Println(p == nil)\nfmt.Println(p.X)", "var p *Point\np.X = 1", "var p *Point\nfmt.Println(*p)", "var it *Item\nfmt.Println(it.At.X)", "it := Item{Name: \"a\"}\nfmt.Println(it.Next == nil)\nfmt.Println(it.Next.Name)",
		"it := Item{Name: \"a\", Price: 2.5, Tags: []string{\"x\"}, At: Point{1, 2}}\nit.At.X = 5\nit.At.Y++\nit.Tags = append(it.Tags, \"y\")\nit.Tags[0] = \"z\"\ncp := it\ncp.At.X = 0\ncp.Tags[1] = \"w\"\nfmt.Println(it.At, cp.At, it.Tags, len(cp.Tags), it.Name+cp.Name)\nfmt.Printf(\"%+v\\n\", it)",
		"a := &Item{Name: \"a\"}\nb := &Item{Name: \"b\", Next: a}\na.Next = &Item{Name: \"c\"}\nfor p := b; p != nil; p = p.Next { fmt.Print(p.Name, \" \") }\nfmt.Println(b.Next.Next.Name, b.Next == a)\nb.Next.Next.At.X = 3\nfmt.Println(a.Next.At)", "xs := []Point{{1, 2}, {3, 4}}\nfor i := range xs { xs[i].X *= 10 }\nfor _, p := range xs { p.X = 0 }\nxs[1].Y += xs[0].X\nfmt.Println(xs, xs[0].X)\nys := append(xs, Point{5, 6})\nys[0].X = 1\nfmt.Println(xs, ys)\nfmt.Println(xs[2].X)",
		"xs := []*Point{{1, 2}, nil}\nxs[0].X = 7\nfmt.Println(xs[0].X, xs[1] == nil)\nfmt.Println(xs[1].Y)", "xs := []Item{{Name: \"a\", Tags: []string{\"q\"}}, {}}\nxs[1].Tags = append(xs[1].Tags, xs[0].Tags...)\nxs[0].At = Point{1, 1}\nxs[0].At.X++\nxs[0].Next = &xs[0].At == nil && true == false == true\nfmt.Println(xs)",
		"x := 1\np := &x\n*p += 4\n*p++\nfmt.Println(x, *p, inc(p), x)\nvar q *int\nfmt.Println(q == nil)\nfmt.Println(*q)", "x := 5\nfmt.Println(inc(&x), inc(&x), x)", "p := Point{1, 2}\npp := &p\npp.X = 8\nq := *pp\nq.Y = 0\nfmt.Println(p, q)", "c := Celsius(20)\nd := c\nfmt.Println(c.F(), d == c, c)\nfmt.Printf(\"%T %.1f\\n\", d, float64(c))", "d := Weekday(2)\nfmt.Println(d, d.String())\nfmt.Printf(\"%d %v %s\\n\", d, d, d)", "a, b := Point{1, 2}, Point{1, 2}\nfmt.Println(a == b, a != b, a.Add(b) == b.Add(a))")
	var keep []string
	for _, p := range out {
		if !contains(p, "&xs[0].At ==") && !contains(p, "float64(c)") {
			keep = append(keep, p)
		}
	}
	res := append([]string{}, keep...)
	for _, p := range keep {
		if !contains(p, "xs[0].At") {
			res = append(res, local([]string{p})[0])
		}
	}
	return res
}
