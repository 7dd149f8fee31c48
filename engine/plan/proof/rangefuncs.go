package proof

import (
	"fmt"
	"strings"
)

// rangeFuncs are ranges over functions: bodies that leave in every way, and
// iterators that use their yield as they may and as they may not.
func rangeFuncs() []string {
	seqs := []string{
		"seq := func(yield func(int) bool) { for i := range 5 { if !yield(i) { fmt.Println(\"stopped\", i); return } }; fmt.Println(\"all\") }",
		"seq := func(yield func(int) bool) { defer fmt.Println(\"cleanup\"); _ = yield(1) && yield(2) && yield(3) && yield(4) }",
		"seq := slices.Values([]int{3, 1, 2, 4})",
		"seq := func(yield func(int) bool) { inner := func(n int) bool { return yield(n) && yield(n + 1) }; if inner(1) { inner(3) } }",
		"var seq iter.Seq[int] = func(yield func(int) bool) { for i := 4; i >= 0 && yield(i); i-- { } }",
		"seq := func(yield func(int) bool) { }",
		"seq := func(yield func(int) bool) { for i := range 3 { for j := range 2 { if !yield(i + j) { return } } } }",
	}
	bodies := []string{
		"fmt.Println(v)", "if v == 2 { break }; fmt.Println(v)", "if v%2 == 0 { continue }; fmt.Println(v)", "t += v; if t > 3 { return v, \"early\" }",
		"if v == 3 { return }; n, s = v, \"set\"", "defer1 := func() { t++ }; defer1(); if t == 3 { return t, fmt.Sprint(v) }", "fs = append(fs, func() int { v++; return v })",
		"for w := range seq { if w == 1 { continue outer }; if v == 3 { break outer }; if w == 2 { break }; fmt.Println(v, w) }",
		"for w := range seq { if v+w == 4 { return v, \"deep\" }; t++ }", "for k := range 3 { if k == v { continue outer }; if v == 3 { break outer }; fmt.Println(k) }",
		"switch { case v == 1: continue; case v == 2: break; case v == 3: break outer; default: fmt.Println(\"d\", v) }; t = t*10 + v",
		"if v == 2 { xs := []int{}; t = xs[v] }; t++", "if v == 2 { panic(\"body\") }", "p := &v; *p *= 2; fmt.Println(v, t); t = *p",
		"select { case ch <- v: default: break outer }; t += len(ch)", "for w := range slices.Values([]string{\"a\", \"b\"}) { for u := range seq { if u == v { continue outer }; if w == \"b\" { return u, w } } }",
		"go func() { ch <- v }(); t += <-ch", "defer fmt.Println(\"later\", v, t); if v == 3 { break }; t++", "defer func() { t += v; fmt.Println(\"lit\", t) }(); for w := range seq { defer fmt.Println(\"in\", w); if w == v { return v, \"out\" } }",
		"defer func() { fmt.Println(recover()) }(); if v == 2 { var xs []int; t = xs[v] }", "n += v; s += fmt.Sprint(v)",
	}
	var out []string
	for _, sq := range seqs {
		for j, b := range bodies {
			for k, kind := range []string{"func() (n int, s string)", "func() (int, string)", "func() (_ int, s string)"} {
				text := b
				if k == 1 {
					text = "var n int; var s string; _, _ = n, s\n" + strings.ReplaceAll(b, "{ return }", "{ return n, s }")
				}
				if k == 2 {
					if (j+len(sq))%3 != 0 {
						continue
					}
					text = strings.ReplaceAll(strings.ReplaceAll(b, "n, s = v,", "_, s = v,"), "n += v; ", "")
				}
				label := ""
				if strings.Contains(b, "outer") {
					label = "outer:\n"
				}
				d := ""
				if (j+k)%3 == 0 {
					d = "defer func() { fmt.Println(\"deferred\", t) }()\n"
				}
				if strings.Contains(b, "panic") || strings.Contains(b, "xs[v]") {
					d = "defer func() { fmt.Println(\"recovered\", recover(), t) }()\n"
				}
				end := "return"
				if k == 1 {
					end = "return t, \"end\""
				}
				out = append(out, fmt.Sprintf("f := %s {\nt := 0\nvar fs []func() int\nch := make(chan int, 2)\n_, _ = fs, ch\n%s%s\n%sfor v := range seq {\n%s\n}\nfor _, g := range fs { fmt.Println(g(), g()) }\nfmt.Println(\"t\", t)\n%s\n}\nfmt.Println(f())", kind, d, sq, label, text, end))
			}
		}
	}
	out = append(out, twoValues()...)
	return append(out, misused()...)
}

// twoValues are ranges with no value and with two, over elements of all types,
// and iterators of std and of iter.
func twoValues() []string {
	var out []string
	for _, e := range [][]string{{"int", "1", "2"}, {"string", `"a"`, `"b"`}, {"Point", "Point{1, 2}", "Point{}"}, {"*Item", "newItem(\"x\", 1)", "nil"}, {"any", "7", `"y"`}, {"error", "io.EOF", "nil"}, {"[]int", "[]int{1}", "nil"}, {"secret", "hidden()", "secret{}"}, {"Celsius", "3", "4"}, {"struct{ a int }", "struct{ a int }{1}", "struct{ a int }{}"}, {"byte", "'x'", "2"}, {"func() int", "func() int { return 5 }", "nil"}, {"Stack[int]", "*NewStack[int](1)", "Stack[int]{}"}} {
		show := "v"
		if e[0] == "*Item" || e[0] == "func() int" {
			show = "v == nil"
		}
		out = append(out,
			fill("var seq iter.Seq2[int, «A»] = func(yield func(int, «A») bool) { if yield(0, «B») { yield(1, «C») } }\nfor i, v := range seq { fmt.Println(i, "+show+") }\nfor i := range seq { fmt.Println(i); break }\nfor range seq { fmt.Println(\"x\") }\nfor _, v := range seq { fmt.Println("+show+") }\nfmt.Printf(\"%T\\n\", seq)", e...),
			fill("pairs := func(xs ...«A») iter.Seq[«A»] { return func(yield func(«A») bool) { for _, x := range xs { if !yield(x) { return } } } }\nn := 0\nfor v := range pairs(«B», «C», «B») { n++; fmt.Println(n, "+show+"); if n == 2 { break } }\nfmt.Printf(\"%T\\n\", pairs())\nvar none iter.Seq[«A»]\nfmt.Println(none == nil, n)", e...),
			fill("filter := func(seq iter.Seq[«A»], keep func(«A») bool) iter.Seq[«A»] { return func(yield func(«A») bool) { for v := range seq { if keep(v) && !yield(v) { return } } } }\nsrc := func(yield func(«A») bool) { for range 3 { if !yield(«B») || !yield(«C») { return } } }\nn := 0\nfor v := range filter(src, func(«A») bool { n++; return n%2 == 1 }) { fmt.Println("+show+", n) }", e...))
	}
	return append(out,
		"count := func(n int) func(func() bool) { return func(yield func() bool) { for range n { if !yield() { return } } } }\nt := 0\nfor range count(3) { t++ }\nfor range count(10) { if t++; t > 6 { break } }\nfmt.Println(t)",
		"m := map[string]int{\"a\": 1, \"b\": 2}\nt := 0\nfor k := range maps.Keys(m) { t += m[k] }\nfor v := range maps.Values(m) { t += v }\nfmt.Println(t)",
		"for w := range strings.FieldsSeq(\"a bc d\") { fmt.Println(w) }\nfor l := range strings.Lines(\"x\\ny\\n\") { fmt.Printf(\"%q\\n\", l) }\nfor p := range strings.SplitSeq(\"1,2,3\", \",\") { if p == \"2\" { continue }; fmt.Println(p) }",
		"fib := func(yield func(int, int) bool) { a, b := 0, 1; for i := 0; yield(i, a); i++ { a, b = b, a+b } }\nfor i, f := range fib { if f > 50 { break }; fmt.Println(i, f) }",
		"var walk func(n int, yield func(int) bool) bool\nwalk = func(n int, yield func(int) bool) bool { return n == 0 || walk(n-1, yield) && yield(n) && walk(n-1, yield) }\nfor v := range func(yield func(int) bool) { walk(3, yield) } { fmt.Print(v, \" \"); if v == 3 { break } }\nfmt.Println()",
		"var nilSeq func(func(int) bool)\nfor v := range nilSeq { fmt.Println(v) }", "f := func() (err error) { defer func() { err = fmt.Errorf(\"caught %v\", recover()) }(); var s iter.Seq2[int, string]; for range s { }; return nil }\nfmt.Println(f())",
	)
}

// misused are iterators that call yield when they must not, and that keep a
// body's panic to themselves.
func misused() []string {
	var out []string
	for _, sq := range []string{
		"func(yield func(int) bool) { yield(1); yield(2); yield(3) }",
		"func(yield func(int) bool) { keep = yield; yield(1) }",
		"func(yield func(int) bool) { defer func() { fmt.Println(\"iter recovered\", recover()) }(); yield(1); yield(2) }",
		"func(yield func(int) bool) { func() { defer func() { recover() }(); yield(1) }(); yield(2) }",
		"func(yield func(int) bool) { func() { defer func() { recover() }(); yield(1) }() }",
		"func(yield func(int) bool) { defer func() { yield(9) }(); yield(1) }",
		"func(yield func(int) bool) { panic(\"iterator\") }",
		"func(yield func(int) bool) { yield(1); panic(io.EOF) }",
		"func(yield func(int) bool) { defer func() { if r := recover(); r != nil { panic(fmt.Sprint(\"again \", r)) } }(); yield(1) }",
	} {
		for _, b := range []string{"fmt.Println(v)", "break", "if v == 1 { panic(\"body\") }", "return v", "continue", "var xs []int; fmt.Println(xs[v])", "for w := range seq { fmt.Println(\"in\", w); break }"} {
			call := "\ntry := func() (r any) { defer func() { r = recover() }(); fmt.Println(f()); return nil }\nfmt.Println(try())\nif keep != nil { fmt.Println(func() (r any) { defer func() { r = recover(); _, ok := r.(error); fmt.Println(ok) }(); keep(7); return 0 }()) }"
			out = append(out, fmt.Sprintf("var keep func(int) bool\nvar seq iter.Seq[int]\nseq = %s\nf := func() int { for v := range seq { _ = v\n%s }; return -1 }%s", sq, b, call))
			chain := strings.Contains(sq, "defer") && (strings.Contains(b, "panic") || strings.Contains(b, "xs[v]")) // told otherwise where nobody recovers
			if !strings.Contains(b, "in") && !chain {
				out = append(out, fmt.Sprintf("var keep func(int) bool\n_ = keep\nseq := %s\nf := func() int { for v := range seq { _ = v\n%s }; return -1 }\nfmt.Println(f())", sq, b))
			}
		}
	}
	return out
}
