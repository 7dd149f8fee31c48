package proof

import "strings"

// instancesOf are instances of the session's own generic code.
func instancesOf() []string {
	var out []string
	for _, t := range [][]string{{"int", "1", "2"}, {"string", `"a"`, `"b"`}, {"Point", "Point{1, 2}", "Point{}"}} {
		for _, tm := range []string{
			"s := NewStack[«A»]()\ns.Push(«B»)\ns.Push(«C»)\nfmt.Println(s.Len(), s.Pop(), s.Len())\nfmt.Printf(\"%T\\n\", s)", "s := NewStack(«B», «C»)\nt := *s\ns.Push(«B»)\nfmt.Println(s.Len(), t.Len(), s.items, t.items)", "var s Stack[«A»]\ns.Push(«B»)\ns.items[0] = «C»\nfmt.Println(s.items, s.Len(), s.Pop())\nfmt.Println(s.Pop())", "s := Stack[«A»]{items: []«A»{«B»}}\np := &s\np.Push(«C»)\nfmt.Println(s.items, len(p.items))", "ss := []*Stack[«A»]{NewStack(«B»), NewStack[«A»]()}\nfor _, s := range ss { s.Push(«C»); fmt.Println(s.Len()) }\nss[1].items = append(ss[1].items, «B»)\nfmt.Println(ss[1].items)", "m := map[string]Stack[«A»]{\"a\": {items: []«A»{«B»}}}\nfmt.Println(m[\"a\"].Len(), m[\"b\"].Len(), m[\"a\"].items)", "var v any = NewStack(«B»)\n_, ok := v.(*Stack[«A»])\n_, no := v.(Stack[«A»])\nfmt.Println(ok, no)\nswitch x := v.(type) { case *Stack[string]: fmt.Println(\"string\", x.items); case *Stack[int]: fmt.Println(\"int\", x.items); default: fmt.Printf(\"%T\\n\", x) }", "fmt.Println(Keep([]«A»{«B», «C»}, func(x «A») bool { return x == «B» }))", "f := Keep[«A»]\nfmt.Println(f([]«A»{«B», «C»}, func(x «A») bool { return x != «B» }))",
		} {
			out = append(out, fill(tm, t...))
		}
	}
	for _, t := range [][]string{{"string", "int", `"k"`, "1", "2"}, {"int", "string", "1", `"x"`, `"y"`}, {"Point", "float64", "Point{1, 2}", "1.5", "2"}, {"string", "[]int", `"k"`, "[]int{1}", "nil"}, {"string", "any", `"k"`, "5", `"s"`}} {
		for _, tm := range []string{
			"p := MakePair[«A», «B»](«C», «D»)\nfmt.Println(p, p.Key, p.Val, p.hits)\nfmt.Printf(\"%T\\n\", p)\np.Val = «E»\np.hits++\nq := p\nq.hits = 9\nfmt.Println(p.String(), p.hits, q.hits)", "p := Pair[«A», «B»]{Key: «C»}\np.Val = «D»\nfmt.Println(p)\nr := &p\nr.Val, r.hits = «E», 3\nfmt.Println(p.Val, p.hits)", "ps := []Pair[«A», «B»]{{Key: «C», Val: «D»}, {}}\nps[1] = ps[0]\nps[1].Val = «E»\nfor _, p := range ps { fmt.Println(p.Key, p.Val) }", "var v any = MakePair[«A», «B»](«C», «D»)\np, ok := v.(Pair[«A», «B»])\nfmt.Println(ok, p.Val, p)\n_, no := v.(Pair[int, string])\nfmt.Println(no)",
		} {
			out = append(out, fill(tm, t...))
		}
	}
	out = append(out, "fmt.Println(SumG(1, 2, 3), SumG(1.5, 2), SumG(\"a\", \"b\"), SumG[int]())", "fmt.Println(MapG([]int{1, 2, 3}, double), MapG[int, int](nil, double) == nil)", "fmt.Println(SumG[float64](1, 2) / 2, SumG([]int{4, 5}...))", "s := NewStack(newAcct(1, \"a\"))\ns.Push(newAcct(2, \"b\"))\nfmt.Println(s.Pop().label(), s.items[0].id, s.Len())", "a, b := MakePair(\"a\", 1), MakePair(\"a\", 1)\nfmt.Println(a == b, a != b)\nm := map[Pair[string, int]]bool{a: true}\nfmt.Println(m[b], len(m))", "type_ := MakePair(1, \"z\")\nvar st fmt.Stringer = type_\nfmt.Println(st.String())")
	return both(out)
}

// stdGeneric are generic functions of std.
func stdGeneric() []string {
	var out []string
	for _, t := range [][]string{{"int", "3, 1, 2, 3, -5", "3", "9"}, {"string", `"b", "a", "c", "a", ""`, `"a"`, `"zz"`}, {"float64", "2.5, -1, 2.5, 0, 7", "2.5", "9"}, {"byte", "'z', 'a', 7, 7, 0", "7", "1"}, {"rune", "'z', 'é', 'a', 'a', -1", "'a'", "'q'"}, {"int64", "5, 4, 4, 1 << 40, 0", "4", "6"}} {
		for _, tm := range []string{
			"xs := []«A»{«B»}\nslices.Sort(xs)\nfmt.Println(xs, slices.IsSorted(xs), slices.Max(xs), slices.Min(xs))\ni, ok := slices.BinarySearch(xs, «C»)\nfmt.Println(i, ok)", "xs := []«A»{«B»}\nfmt.Println(slices.Contains(xs, «C»), slices.Contains(xs, «D»), slices.Index(xs, «C»), slices.Index(xs, «D»))", "xs := []«A»{«B»}\nys := slices.Clone(xs)\nslices.Reverse(ys)\nfmt.Println(xs, ys, slices.Equal(xs, ys), slices.Compare(xs, ys))", "xs := []«A»{«B»}\nxs = slices.Compact(xs)\nxs = slices.Insert(xs, 1, «D», «C»)\nfmt.Println(xs)\nxs = slices.Delete(xs, 0, 2)\nfmt.Println(xs, len(xs))", "xs := []«A»{«B»}\nfmt.Println(slices.Sorted(slices.Values(xs)), slices.Collect(slices.Values(xs)))\nfmt.Println(slices.Concat(xs, xs[:1]), slices.Repeat(xs[:2], 2))", "xs := []«A»{«B»}\nslices.SortFunc(xs, func(a, b «A») int { return cmp.Compare(b, a) })\nfmt.Println(xs, cmp.Compare(xs[0], xs[1]), cmp.Less(xs[1], xs[0]))\nxs = slices.DeleteFunc(xs, func(x «A») bool { return x == «C» })\nfmt.Println(xs, slices.ContainsFunc(xs, func(x «A») bool { return x > «C» }))", "var xs []«A»\nslices.Sort(xs)\nfmt.Println(xs == nil, slices.Contains(xs, «C»))\nfmt.Println(slices.Max(xs))", "xs := []«A»{«B»}\nfmt.Println(slices.MaxFunc(xs, func(a, b «A») int { return cmp.Compare(a, b) }), slices.MinFunc(xs, cmp.Compare[«A»]))\nxs = slices.Replace(xs, 0, 2, «D»)\nxs = slices.Grow(xs, 10)\nfmt.Println(xs, cap(xs) >= 14, len(slices.Clip(xs)))\nxs = slices.AppendSeq(xs, slices.Values([]«A»{«C»}))\nfmt.Println(xs)",
		} {
			p := fill(tm, t...)
			out = append(out, p)
		}
	}
	for _, k := range [][]string{{"string", `"b"`, `"a"`}, {"int", "2", "-1"}, {"rune", "'z'", "'a'"}} {
		for _, v := range [][]string{{"int", "1", "2"}, {"string", `"x"`, `"y"`}, {"bool", "true", "false"}, {"float64", "1.5", "-2"}} {
			out = append(out, fill("m := map[«A»]«D»{«B»: «E», «C»: «F»}\nfmt.Println(slices.Sorted(maps.Keys(m)), len(slices.Collect(maps.Values(m))))\nn := maps.Clone(m)\ndelete(n, «B»)\nfmt.Println(len(m), len(n), maps.Equal(m, n))\nmaps.Copy(n, m)\nfmt.Println(maps.Equal(m, n))\nkeys := slices.Collect(maps.Keys(m))\nslices.Sort(keys)\nfor _, k := range keys { fmt.Print(k, m[k], \" \") }", append(k, v...)...))
		}
	}
	out = append(out, "words := map[string][]int{\"b\": {1}, \"a\": {2, 3}}\nfor _, k := range slices.Sorted(maps.Keys(words)) { fmt.Print(k, words[k], \" \") }", "fmt.Println(slices.Collect(strings.SplitSeq(\"a,b,c\", \",\")), slices.Sorted(strings.FieldsSeq(\" z y \")))", "fmt.Println(len(slices.Collect(strings.Lines(\"a\\nb\\n\"))))", "ps := []Point{{3, 1}, {1, 2}, {3, 0}}\nslices.SortStableFunc(ps, func(a, b Point) int { return cmp.Compare(a.X, b.X) })\nfmt.Println(ps, slices.Contains(ps, Point{1, 2}), slices.Index(ps, Point{3, 0}), slices.IndexFunc(ps, func(p Point) bool { return p.X == 3 }))\nslices.Reverse(ps)\nfmt.Println(ps)", "xs := []acct{{name: \"q\", id: 2}, {name: \"p\", id: 1}}\nslices.Reverse(xs)\nfmt.Println(xs[0].id, slices.ContainsFunc(xs, func(a acct) bool { return a.id == 2 }))", "xs := []any{1, \"a\", Point{1, 2}}\nfmt.Println(slices.Contains(xs, any(\"a\")), slices.Index(xs, any(Point{1, 2})))",
		"xs := make([]int, 60)\nfor i := range xs { xs[i] = i * 37 % 11 }\nidx := make([]Point, len(xs))\nfor i, x := range xs { idx[i] = Point{x, i} }\nslices.SortFunc(idx, func(a, b Point) int { return cmp.Compare(a.X, b.X) })\nfmt.Println(idx)", "xs := list{3, 1, 2}\nslices.Sort(xs)\nfmt.Println(xs, slices.Contains(xs, 2))", "bs := []bool{true, false}\nfmt.Println(slices.Contains(bs, false), slices.Index(bs, false))\nslices.Reverse(bs)\nfmt.Println(bs)", "a, b := 3, 5\nfmt.Println(cmp.Compare(a, b), cmp.Compare(\"b\", \"a\"), cmp.Less(2.5, 2.5), min(a, b), max(\"a\", \"b\"))", "fmt.Println(safely(func() { fmt.Println(slices.Insert([]int{1}, 5, 2)) }))", "fmt.Println(safely(func() { slices.SortFunc([]Point{{1, 2}, {3, 4}}, func(a, b Point) int { panic(\"cmp\") }) }))")
	return both(out)
}

// stdOver are the generic functions of std over elements of other types.
func stdOver() []string {
	var out []string
	elems := [][]string{
		{"Point", "Point{3, 1}, Point{1, 2}, Point{1, 2}, Point{2, 9}", "Point{1, 2}", "Point{8, 8}", "func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) }"},
		{"secret", "secret{3, 1}, hidden(), hidden(), secret{2, 9}", "hidden()", "secret{8, 8}", "func(x, y secret) int { return cmp.Compare(x.a*10+x.b, y.a*10+y.b) }"},
		{"Celsius", "3.5, -1, -1, 2", "-1", "99", "func(a, b Celsius) int { return cmp.Compare(a, b) }"},
		{"Name", `"b", "a", "a", "c"`, `"a"`, `"zz"`, "func(a, b Name) int { return strings.Compare(string(a), string(b)) }"},
		{"*Fail", "&Fail{3}, f0, f0, &Fail{2}", "f0", "&Fail{9}", "func(a, b *Fail) int { return a.Code - b.Code }"},
		{"[]int", "[]int{3}, []int{1, 2}, []int{1, 2}, nil", "[]int{1, 2}", "[]int{9}", "slices.Compare[[]int]"},
		{"any", `any(3), any("a"), any("a"), any(2.5)`, `any("a")`, "any(9)", "func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) }"},
		{"uint16", "3, 1, 1, 2", "1", "9", "func(a, b uint16) int { return int(a) - int(b) }"},
		{"float32", "3, 1.5, 1.5, 2", "1.5", "9", "cmp.Compare[float32]"},
		{"[2]string", `[2]string{"b", "c"}, [2]string{"a"}, [2]string{"a"}, [2]string{"a", "x"}`, `[2]string{"a"}`, `[2]string{"q"}`, "func(a, b [2]string) int { return cmp.Compare(a[0]+a[1], b[0]+b[1]) }"},
		{"map[string]int", `map[string]int{"a": 3}, map[string]int{}, map[string]int{}, nil`, `map[string]int{}`, `map[string]int{"a": 9}`, `func(a, b map[string]int) int { return a["a"] - b["a"] }`},
	}
	same := []string{
		"fmt.Println(slices.Contains(xs, v), slices.Contains(xs, w), slices.Index(xs, v), slices.Equal(xs, xs[:3]), slices.Equal(xs, slices.Clone(xs)))",
		"ys := slices.Compact(slices.Clone(xs))\nfmt.Println(show(ys), len(ys), cap(ys) >= 3)\nzs := slices.Compact(xs)\nfmt.Println(show(zs), show(xs))",
		"fmt.Println(cmp.Or(v, w) == v, cmp.Or[«A»]() == w)\nvar zero «A»\nfmt.Println(cmp.Or(zero, v) == v)", "m := map[«A»]int{v: 1, w: 2}\nfmt.Println(len(m), len(slices.Collect(maps.Keys(m))), maps.Equal(m, maps.Clone(m)))",
	}
	ordered := []string{
		"slices.Sort(xs)\nfmt.Println(show(xs), slices.IsSorted(xs))\ni, ok := slices.BinarySearch(xs, v)\nj, ok2 := slices.BinarySearch(xs, w)\nfmt.Println(i, ok, j, ok2)", "fmt.Println(slices.Max(xs), slices.Min(xs), cmp.Compare(v, w), cmp.Less(v, w), slices.Compare(xs, xs[1:]))\nfmt.Println(slices.Max(xs[:0]))",
		"fmt.Println(slices.Sorted(slices.Values(xs)), slices.Sorted(maps.Values(map[int]«A»{1: v, 2: w})))\nm := map[«A»]int{v: 1, w: 2}\nfor _, k := range slices.Sorted(maps.Keys(m)) { fmt.Println(k, m[k]) }",
	}
	anything := []string{
		"ys := slices.Clone(xs)\nslices.SortFunc(ys, by)\nfmt.Println(show(ys), slices.IsSortedFunc(ys, by), slices.IsSortedFunc(xs, by))\ni, ok := slices.BinarySearchFunc(ys, v, by)\nfmt.Println(i, ok)\nslices.SortStableFunc(xs, func(a, b «A») int { return -by(a, b) })\nfmt.Println(show(xs))",
		"xs = slices.Insert(xs, 1, w, w)\nfmt.Println(show(xs), len(xs))\nxs = slices.Delete(xs, 0, 2)\nfmt.Println(show(xs))\nxs = slices.Insert(xs, len(xs), v)\nxs = slices.Insert(xs[:2], 0, xs[1:3]...)\nfmt.Println(show(xs), len(xs))\nxs = slices.Insert(xs, 1)\nfmt.Println(show(xs))",
		"fmt.Println(safely(func() { slices.Insert(xs, 9, v) }), safely(func() { slices.Delete(xs, 3, 2) }), safely(func() { slices.Delete(xs, 0, 99) }), safely(func() { slices.Chunk(xs, 0) }), safely(func() { slices.Repeat(xs, -1) }), safely(func() { slices.Grow(xs, -1) }), safely(func() { slices.MaxFunc(xs[:0], by) }))",
		"n := 0\nys := slices.DeleteFunc(slices.Clone(xs), func(x «A») bool { n++; return n%2 == 0 })\nfmt.Println(show(ys), n, slices.ContainsFunc(xs, func(x «A») bool { return by(x, v) == 0 }), slices.IndexFunc(xs, func(x «A») bool { return by(x, w) == 0 }))\nfmt.Println(show(slices.CompactFunc(xs, func(a, b «A») bool { return by(a, b) == 0 })))",
		"fmt.Println(show([]«A»{slices.MaxFunc(xs, by), slices.MinFunc(xs, by)}), slices.EqualFunc(xs, xs, func(a, b «A») bool { return by(a, b) == 0 }), slices.CompareFunc(xs, xs[:2], by))",
		"slices.Reverse(xs)\nfmt.Println(show(xs), show(slices.Concat(xs, xs[:1], nil)), show(slices.Repeat(xs[:2], 2)), slices.Concat[[]«A»]() == nil)\nys := slices.Clip(xs[:2])\nfmt.Println(len(ys), cap(ys), cap(slices.Grow(ys, 5)) >= 7, slices.Clone([]«A»(nil)) == nil)",
		"for i, x := range slices.All(xs) { if i == 2 { break }; fmt.Println(i, show([]«A»{x})) }\nfor i, x := range slices.Backward(xs) { fmt.Println(i, show([]«A»{x})) }\nfor c := range slices.Chunk(xs, 3) { fmt.Println(len(c), cap(c), show(c)) }",
		"ys := slices.Collect(slices.Values(xs))\nys = slices.AppendSeq(ys, slices.Values(xs[:1]))\nfmt.Println(show(ys), show(slices.SortedFunc(slices.Values(xs), by)), show(slices.SortedStableFunc(slices.Values(xs), by)), slices.Collect(slices.Values(xs[:0])) == nil)",
		"m := map[string]«A»{\"p\": v, \"q\": w}\nn := maps.Clone(m)\nmaps.DeleteFunc(n, func(k string, x «A») bool { return k == \"p\" })\nfmt.Println(len(m), len(n), maps.EqualFunc(m, n, func(a, b «A») bool { return by(a, b) == 0 }))\nmaps.Copy(n, m)\nmaps.Insert(n, maps.All(map[string]«A»{\"r\": v}))\nc := maps.Collect(maps.All(n))\nfmt.Println(len(n), len(c), show(slices.SortedFunc(maps.Values(m), by)), slices.Sorted(maps.Keys(c)))\nfmt.Printf(\"%T %T\\n\", c, maps.Keys(c))",
		"next, stop := iter.Pull(slices.Values(xs))\na, ok := next()\nb, ok2 := next()\nfmt.Println(show([]«A»{a, b}), ok, ok2)\nstop()\nc, ok3 := next()\nfmt.Println(show([]«A»{c}), ok3)\nnext2, stop2 := iter.Pull2(slices.All(xs))\nfor { i, x, ok := next2(); if !ok { break }; fmt.Println(i, show([]«A»{x})) }\nstop2()\nfmt.Printf(\"%T %T\\n\", next, next2)",
		"n := 0\nget := sync.OnceValue(func() «A» { n++; return v })\nboth := sync.OnceValues(func() («A», int) { n++; return w, n })\nfmt.Println(show([]«A»{get(), get()}), n)\na, k := both()\n_, k2 := both()\nfmt.Println(show([]«A»{a}), k, k2, n)",
		"type row struct { v «A»; n int }\nrows := []row{{v, 2}, {w, 1}, {v, 3}}\nslices.SortFunc(rows, func(a, b row) int { return cmp.Or(by(a.v, b.v), cmp.Compare(b.n, a.n)) })\nfor _, r := range rows { fmt.Println(show([]«A»{r.v}), r.n) }\nfmt.Println(slices.MaxFunc(rows, func(a, b row) int { return a.n - b.n }).n, slices.IndexFunc(rows, func(r row) bool { return r.n == 1 }))",
	}
	for _, e := range elems {
		list := anything
		if e[0] != "[]int" && e[0] != "map[string]int" {
			list = append(list[:len(list):len(list)], same...)
		}
		if e[0] == "any" {
			list = append(list[:len(list):len(list)], "fmt.Println(slices.Index(xs, any(nil)), safely(func() { fmt.Println(slices.Contains([]any{[]int{1}}, any([]int{1}))) }))")
		}
		if e[0] == "Celsius" || e[0] == "Name" || e[0] == "uint16" || e[0] == "float32" {
			list = append(list[:len(list):len(list)], ordered...)
		}
		for _, tm := range list {
			p := fill(tm, e[0])
			set := fill("f0 := &Fail{1}\n_ = f0\nxs := []«A»{«B»}\nvar v, w «A» = «C», «D»\n_, _, _ = v, w, xs\nvar by func(a, b «A») int = "+e[4]+"\n_ = by\nshow := func(xs []«A») string { s := \"\"; for _, x := range xs { s += fmt.Sprintf(\"%v;\", x) }; return s }\n_ = show\n", e[:4]...)
			if e[0] == "*Fail" {
				set = strings.Replace(set, "fmt.Sprintf(\"%v;\", x)", "fmt.Sprint(x == nil || x.Code > 0)", 1)
			}
			out = append(out, set+p)
		}
	}
	return append(out,
		"var e *Fail\n_, err := mayFail(-3)\ne, ok := errors.AsType[*Fail](fmt.Errorf(\"w %w\", err))\nfmt.Println(e, ok)\n_, ok = errors.AsType[*os.PathError](err)\nfmt.Println(ok)\n_, err = os.Open(\"/none\")\npe, ok := errors.AsType[*os.PathError](err)\nfmt.Println(pe.Path, ok)\n_, ok = errors.AsType[*Fail](nil)\nfmt.Println(ok)",
		"xs := []Celsius{Celsius(math.NaN()), 1, Celsius(math.Copysign(0, -1)), 0}\nfmt.Println(slices.Max(xs), slices.Min(xs), slices.Max(xs[1:]), slices.Min(xs[2:]), 1/slices.Min(xs[2:]), 1/slices.Max(xs[2:]))\nslices.Sort(xs)\nfmt.Println(xs)\ni, ok := slices.BinarySearch(xs, Celsius(math.NaN()))\nfmt.Println(i, ok, slices.Contains(xs, xs[0]), slices.Equal(xs, xs))",
		"xs := make([]Celsius, 70)\nfor i := range xs { xs[i] = Celsius(i * 37 % 23) }\nslices.Sort(xs)\nfmt.Println(xs)\nps := make([]Point, 90)\nfor i := range ps { ps[i] = Point{i * 31 % 7, i} }\nslices.SortFunc(ps, func(a, b Point) int { return a.X - b.X })\nfmt.Println(ps)",
		"defer1 := func() { fmt.Println(safely(func() { maps.Copy(map[string]Point(nil), map[string]Point{\"a\": {}}) })) }\ndefer1()\nvar none iter.Seq[Point]\nfmt.Println(safely(func() { slices.Collect(none) }))",
	)
}
