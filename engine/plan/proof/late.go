package proof

import "strings"

// lateReads are operands that the compiler reads behind the calls of those after
// them: numbers and slices in memory, as operands of operators, of append and of
// assignments. What is called is inlined or not, a literal, a method, a method
// of an interface, an instance, a function of an earlier cell or one kept there.
func lateReads() []string {
	set := "x, xs, arr, t, g, st := 1, []int{1, 2, 3, 4}, [3]int{4, 5, 6}, &tick{3}, counterOf(new(int)), NewStack(7, 8, 9)\n" +
		"p, m, c, fl := Point{1, 2}, map[string]int{\"a\": 1}, Celsius(2), 1.5\nq, n, h := &p.X, nexter(t), counterOf(&x)\n" +
		"grow := func() int { x++; xs[0], xs[1] = 10*x, 20*x; arr[1] += 3; p.X += 7; m[\"a\"]++; c *= 2; fl += 2; return 100 }\nmore := func() int { xs = append(xs, x); xs[0]++; return len(xs) }\n" +
		"if x > 99 { fmt.Println(q, n, g(), h(), grow(), more(), st, t, m, c, fl) }\n"
	calls := []string{"grow()", "more()", "t.Next()", "n.Next()", "g()", "h()", "st.Pop()", "inc(&x)", "inc(q)", "through(func(k int) int { xs[1] = k; x += k; return k }, 5)", "sort.Search(3, func(i int) bool { x += i; return i > 0 })", "max(grow(), x)", "fold2(t)", "sum(fill(xs, 3)...)", "sum(evens(xs)...)", "sum(tail(xs)...)", "len(index(m, xs))"}
	reads := []string{"x", "xs[1]", "arr[1]", "p.X", "*q", "t.n", "len(xs)", "m[\"a\"]", "st.items[0]", "xs[x%3]", "int(c)", "-x", "(x + 1)", "len(st.items)"}
	uses := []string{"y := «A» + «B»\nfmt.Println(y)", "y := «A»*2 - «B»\nfmt.Println(y)", "if «A» < «B» { fmt.Println(\"less\") } else { fmt.Println(\"not\") }", "ys := []int{0, «A» - «B», «B»}\nfmt.Println(ys)", "fmt.Println(«A» + «B»)", "y := double(«A» + «B»)\nfmt.Println(y)", "xs = append(xs, «A»-«B», «B»)", "fmt.Println(«A», «B», «A»)", "y, z := []any{«A»}, «B»\nfmt.Println(y, z)"}
	var out []string
	for i, r := range reads {
		for j, c := range calls {
			for k, u := range uses {
				if (i+j+k)%2 == 0 || strings.Contains(u, "ys") && k%3 == 1 {
					out = append(out, set+fill(u, r, c))
				}
			}
		}
	}
	for _, c := range calls {
		for _, u := range []string{"xs = append(xs, «A»+«A»)", "ys := append(xs, «A»)\nfmt.Println(ys)", "st.items = append(st.items, st.Pop()+st.Pop(), «A»)", "x += «A»", "xs[1] += «A»", "p.X *= «A»", "t.n -= «A»", "*q += «A» + x", "arr[x%3] += «A»", "fl *= float64(«A»)", "c += Celsius(«A»)", "x = x*2 + «A»", "t.n = t.n + «A» - t.n", "m[\"a\"] += «A»", "y, z := x+«A», xs[1]\nfmt.Println(y, z)", "xs[0], x = x-«A», 3", "switch x + «A» { case 101, 102: fmt.Println(\"hundred\"); case 8: fmt.Println(\"eight\"); default: fmt.Println(\"other\") }", "for i := x + «A»; i < 105 && i > 95; i += 2 { fmt.Println(i) }"} {
			out = append(out, set+fill(u, c))
		}
	}
	for i, p := range out {
		out[i] = p + "\nfmt.Println(x, xs, arr, t.n, p, m, c, fl, st.items)"
	}
	return both(out)
}
