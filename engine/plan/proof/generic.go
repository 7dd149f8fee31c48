package proof

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
