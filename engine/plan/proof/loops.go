package proof

import "fmt"

// counted are loops that count, with all that may keep one from running in
// strips between stop checks: steps out of the loop, a variable or a bound that
// the body changes, somebody else who holds it, and integers that end.
func counted() []string {
	headers := []string{
		"for i := 0; i < n; i++ {", "for i := 0; i <= n; i++ {", "for i := n; i > 0; i-- {", "for i := n; 0 <= i; i-- {",
		"for i := n - 1; i >= 0; i -= 3 {", "for i := 0; n > i; i += 7 {", "for i := m; i < n; i++ {", "for i := m; i <= n; i++ {", "for i := m; i < n; i += 2 {",
		"for i := n; i > m; i-- {", "for i := n; i >= m; i-- {", "for i := 0; i < n-m*2; i++ {", "for i, j := 0, n; i < j; i++ {", "for i := -5; i < 600; i++ {", "for i := 0; i < 9; i++ {",
		"for i := range n {", "for i := range 600 {", "for i := range xs {", "for i, x := range xs { t += x", "for i := 0; i < len(xs); i++ {", "for i := len(xs) - 1; i >= 0; i-- {",
		"for i := 0; i < n && t < 5000; i++ {", "for i, x := range [4]int{3, 1, 2} { t += x", "for i := 0; i != n; i++ { if i > 700 { break }",
	}
	bodies := []string{
		"t = t*3 + i", "if i%2 == 0 { continue }; t += i", "if i == 300 { break }; t += i", "if i == 10 { n = 20 }; t += i", "if c++; c == 10 { i += 5 }; t += i*3 + 1",
		"if i == 10 { *p = 15 }; t += i", "if i == 10 { xs = xs[:20] }; t += len(xs)", "if i < 3 { fs = append(fs, func() int { i++; return i }) }; t++",
		"for j := 0; j < 3; j++ { if j == 2 { break }; t += i * j }", "for j := 0; j < i%4; j++ { if j == 2 { continue }; t += j }; if t > 900 { break }",
		"ys = append(ys, i); t += len(ys)", "switch { case i%3 == 0: t++; case i%5 == 0: continue; default: t += 2 }", "t += sum(i, 1)", "xs[i%7] += i; if xs[i%5] > 99 { t++ }",
		"var q [3]int; q[(i+5)*2%3] = i; t += q[1]", "m, f = i, f/2; t -= m; if f < 0.25 { f = 7 }",
	}
	var out []string
	for _, h := range headers {
		for k, b := range bodies {
			body := fmt.Sprintf("%s\n%s\n}\nfor _, f := range fs { t = t*7 + f() }\n", h, b)
			const after = "fmt.Println(n, m, t, len(xs), len(ys), c, f)\n"
			const vars = "xs := make([]int, 400)\nvar ys []int\nvar fs []func() int\nt, c, f := 0, 0, 5.0\np := &n\n_ = p\n"
			if k%2 == 0 {
				out = append(out, "n, m := 611, 2\n"+vars+body+after)
			} else {
				out = append(out, "for _, n := range []int{-300, 0, 1, 255, 256, 257, 513} {\nm := n / 200\n"+vars+body+after+"}")
			}
		}
	}
	return both(append(out, ends()...))
}

// ends are loops near the greatest and the least integer, which go around.
func ends() []string {
	var out []string
	for _, c := range []struct{ start, end, up, down string }{
		{"int64(math.MaxInt64)", "int64(math.MinInt64)", "n", "m"}, {"math.MaxInt", "math.MinInt", "n", "m"}, {"int32(math.MaxInt32)", "int32(math.MinInt32)", "n", "m"},
		{"uint64(math.MaxUint64)", "uint64(0)", "n", "m"}, {"uint(math.MaxUint)", "uint(0)", "n", "m"}, {"int8(127)", "int8(-128)", "n", "m"}, {"uint8(255)", "uint8(0)", "n", "m"},
	} {
		for _, k := range []string{"3", "100"} {
			for _, h := range []string{"for i := n - k; i < n; i++", "for i := n - k; i <= n; i++", "for i := n - k; i < n; i += 3", "for i := m + k; i > m; i--", "for i := m + k; i >= m; i--", "for i := m + k; i > m; i -= 7", "for i := n; i < m; i++", "for i := n; i > m; i++", "for i := n - k; i >= m; i--"} {
				out = append(out, fmt.Sprintf("n, m := %s, %s\nk := n - n + %s\nc, t := 0, n-n\n%s {\nif c++; c > 900 { break }\nt = t*3 + i\n}\nfmt.Println(c, t, n, m, k)", c.start, c.end, k, h))
			}
		}
	}
	return append(out, "var i int\nfor i = 0; i < 1000; i++ { if i*i > 90000 { break } }\nfmt.Println(i)", "var i int\nfor i = 700; i >= 0; i -= 256 { }\nfmt.Println(i)", "n := 300\nfor n := n; n > 0; n-- { if n == 5 { break } }\nfmt.Println(n)",
		"xs := []int{1}\nfor i := 0; i < len(xs); i++ { if len(xs) < 700 { xs = append(xs, xs[i]+1) } }\nfmt.Println(len(xs), xs[699])", "s := \"añb\"\nt := 0\nfor i := 0; i < len(s); i++ { t += int(s[i]) }\nfmt.Println(t)",
		"m := map[int]int{}\nfor i := 0; i < 600; i++ { m[i%10] += i }\nfmt.Println(m)", "a := [600]int{}\nfor i := range a { a[i] = i * i }\nfor i, v := range a { if v > 99999 { fmt.Println(i, v); break } }", "var p *[3]int\nt := 0\nfor i := 0; i < 300; i++ { if i > 290 { t += p[1] }; t++ }\nfmt.Println(t)")
}
