package proof

// straightLines are statements without loops and literals, of the kinds that
// the evaluator of straight-line code has an operation for, with what may panic
// and what calls change in each position.
func straightLines() []string {
	set := "x, xs, arr, t, st := 1, []int{1, 2, 3, 4}, [3]int{4, 5, 6}, &tick{3}, NewStack(7, 8, 9)\n" +
		"p, m, c, fl, z, w := &Point{1, 2}, map[string]int{\"a\": 1}, Celsius(2), 1.5, 0, \"wö\"\nq := &p.X\nn, g := nexter(t), counterOf(&x)\nvar np *Point\nvar nm map[string]int\nvar v any = 3\nvar nf func(int) int\nvar sh Shape\n" +
		"fmt.Println(g())\nfmt.Println(*q, n, st, t, m, c, fl, z, w, np == nil, nm, v, nf == nil, sh, arr, xs)\n"
	calls := []string{"t.Next()", "n.Next()", "g()", "st.Pop()", "inc(&x)", "inc(q)", "fold2(t)", "sum(fill(xs, 3)...)", "sum(tail(xs)...)", "len(index(m, xs))", "say(2)", "xs[say(9)]", "np.X", "x/z", "xs[x+7]", "nm[\"q\"]", "v.(int)", "v.(Point).X", "nf(3)", "int(sh.Area())", "boom(2)", "len(w[x:])", "arr[x%3]", "len(xs[x:z])", "len(w) << uint(x)", "x >> (z - 1)"}
	reads := []string{"x", "xs[1]", "arr[1]", "p.X", "*q", "t.n", "len(xs)", "m[\"a\"]", "int(c)", "-x", "st.items[0]", "xs[x%3]", "say(5)", "np.Y", "x%z", "xs[8]"}
	uses := []string{"y := «A» + «B»\nfmt.Println(y)", "if «A» < «B» { fmt.Println(\"less\") } else { fmt.Println(\"not\") }", "ys := []int{0, «A» - «B», «B»}\nfmt.Println(ys)", "fmt.Println(«A», «B», «A»)", "y := double(«A» ^ «B»)\nfmt.Println(y)", "xs = append(xs, «A» - «B», «B»)", "xs[«A»&3] = «B»", "m[fmt.Sprint(«A»)] = «B»", "y, u := «A», «B»\nfmt.Println(y, u)", "b := «A» > 3 && «B» > 2 || «B» == «A»\nfmt.Println(b)", "k := Point{Y: «A», X: «B»}\nfmt.Println(k, min(«A», «B»))", "arr[«A»&1] += «B»", "fmt.Println(xs[«A»&1:«B»&3])", "var e any = «A»\nfmt.Println(e == any(«B»))", "o := map[int]int{«A»: 1, 100 + «B»: «B»}\nfmt.Println(len(o))"}
	var out []string
	for i, r := range reads {
		for j, c := range calls {
			for k, u := range uses {
				if (i+2*j+3*k)%4 == 0 {
					out = append(out, set+fill(u, r, c))
				}
				if (i+2*j+3*k)%4 == 2 {
					out = append(out, set+fill(u, c, r))
				}
			}
		}
	}
	for _, c := range calls {
		for _, u := range []string{"x += «A»", "xs[1] += «A»", "p.X *= «A»", "t.n -= «A»", "*q += «A» + x", "arr[x%3] += «A»", "fl *= float64(«A»)", "c += Celsius(«A»)", "w += fmt.Sprint(«A»)", "m[\"a\"] += «A»", "m[w] <<= «A» & 7", "nm[w] = «A»", "np.X = «A»", "*np = Point{«A», 1}", "xs[x+9] = «A»", "xs[0], x = x-«A», 3", "x %= «A»", "x, xs = «A», xs[:1]", "delete(m, fmt.Sprint(«A»))", "_ = copy(xs, xs[«A»&1:])", "panic(«A»)", "_, ok := v.(string)\nfmt.Println(ok, «A»)", "r, err := mayFail(«A»)\nfmt.Println(r, err)", "fmt.Println(mayFail(-«A»))", "p.Scale(«A»)", "fmt.Println(p.Add(Point{«A», 2}).String())", "sh = shape(float64(«A»))\nfmt.Println(sh.Area())", "ys := make([]int, «A»&7, 9)\nfmt.Println(len(ys), cap(ys))"} {
			out = append(out, set+fill(u, c))
		}
	}
	for i, p := range out {
		out[i] = p + "\nfmt.Println(x, xs, arr, t.n, p, m, c, fl, w, st.items)"
	}
	return out
}
