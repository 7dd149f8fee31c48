package proof

// methodExprs are T.m as a value and called, and conversions between pointers
// and between channels.
func methodExprs() []string {
	exprs := [][]string{
		{"Point.Add", "Point{1, 2}, Point{3, 4}"}, {"Point.String", "Point{1, 2}"}, {"Point.norm", "Point{3, 4}"}, {"(*Item).Total", "newItem(\"x\", 2), 3"}, {"Celsius.F", "Celsius(10)"}, {"Weekday.String", "Weekday(1)"}, {"Weekday.String", "Weekday(7)"},
		{"Shape.Area", "shape(2)"}, {"Shape.Area", "Shape(nil)"}, {"Square.Area", "Square{3}"}, {"(*Fail).Error", "&Fail{3}"}, {"error.Error", "io.EOF"}, {"error.Error", "error(&Fail{1})"}, {"error.Error", "error(nil)"}, {"Base.Tag", "Base{4}"},
		{"Derived.Tag", "Derived{Base: Base{5}}"}, {"fmt.Stringer.String", "Point{5, 6}"}, {"fmt.Stringer.String", "fmt.Stringer(nil)"}, {"time.Duration.Seconds", "3 * time.Second"}, {"strings.Builder.Len", "strings.Builder{}"}, {"(*strings.Builder).Len", "new(strings.Builder)"},
		{"(*Stack[int]).Len", "NewStack(1, 2)"}, {"Stack[int].Len", "*NewStack(1, 2)"}, {"Pair[string, int].String", "MakePair(\"a\", 1)"}, {"(*Item).Total", "nil, 2"}, {"(*strings.Replacer).Replace", "strings.NewReplacer(\"a\", \"b\"), \"banana\""},
	}
	var out []string
	for _, e := range exprs {
		if e[0] == "strings.Builder.Len" || e[0] == "(*Stack[int]).Len" {
			continue // of pointers, or of values
		}
		out = append(out,
			fill("fmt.Println(«A»(«B»))", e...), fill("f := «A»\nfmt.Println(f(«B»))\nfmt.Printf(\"%T\\n\", f)", e...),
			fill("fs := map[string]any{\"k\": «A»}\nfmt.Printf(\"%T %d\\n\", fs[\"k\"], len(fs))\ng := func() (r any) { defer func() { if e := recover(); e != nil { fmt.Println(e) } }(); return «A»(«B») }\nfmt.Println(g())", e...))
	}
	out = append(out,
		"scale := (*Point).Scale\np := Point{1, 2}\nscale(&p, 3)\nfmt.Println(p)\nfor _, f := range []func(*Point, int){(*Point).Scale, scale} { f(&p, 2) }\nfmt.Println(p)",
		"(*Base).Bump(&Base{1})\nb := &Base{1}\n(*Base).Bump(b)\nfmt.Println(b.ID)\ndefer (*Base).Bump(b)\ngo (*Base).Bump(new(Base))",
		"fs := []func(Point, Point) Point{Point.Add}\nfmt.Println(fs[0](Point{1, 1}, Point{2, 3}))\nadd := Point.Add\nfmt.Println(add == nil)",
		"xs := []Point{{3, 1}, {1, 2}}\nstrs := MapG(xs, Point.norm)\nfmt.Println(strs)\nsort.Slice(xs, func(i, j int) bool { return Point.norm(xs[i]) < Point.norm(xs[j]) })\nfmt.Println(xs)",
		"defer func() { fmt.Println(recover()) }()\nvar p *Point\n(*Point).Scale(p, 2)")
	for _, c := range [][]string{{"int", "Weekday", "2"}, {"Weekday", "int", "1"}, {"float64", "Celsius", "2.5"}, {"string", "Name", "\"x\""}, {"struct{ X, Y int }", "Point", "struct{ X, Y int }{1, 2}"}, {"Point", "struct{ X, Y int }", "Point{1, 2}"}, {"[2]int", "[2]int", "[2]int{1, 2}"}} {
		out = append(out, fill("x := «A»(«C»)\np := (*«B»)(&x)\n*p = «B»(«A»(«C»))\nfmt.Println(x, *p, (*«A»)(p) == &x)\nfmt.Printf(\"%T\\n\", p)\nvar none *«A»\nfmt.Println((*«B»)(none) == nil)", c...))
		out = append(out, fill("c := make(chan «A», 1)\nc <- «A»(«C»)\nr, s := (<-chan «A»)(c), (chan<- «A»)(c)\nfmt.Println(<-r)\ns <- «A»(«C»)\nfmt.Println(len(r), cap(s))\nfmt.Printf(\"%T %T\\n\", r, s)", c...))
	}
	return both(out)
}
