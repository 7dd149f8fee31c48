package proof

import (
	"fmt"
	"strings"
)

// copies copies values of types that hold others, in every way there is, and
// changes one of the two.
func copies() []string {
	types := []struct{ name, value, change string }{
		{"Point", "Point{1, 2}", "@.X++"}, {"[2]int", "[2]int{1, 2}", "@[0]++"}, {"Box", "Box{A: [2]int{1, 2}, P: Point{3, 4}}", "@.A[1]++\n@.P.X += 5"}, {"[2]Point", "[2]Point{{1, 2}, {3, 4}}", "@[1].Y *= 7"}, {"[2][2]int", "[2][2]int{{1, 2}, {3, 4}}", "@[1][0]--"}, {"[]int", "[]int{1, 2}", "@[0] = 9"}, {"map[string]int", "map[string]int{\"k\": 1}", "@[\"k\"]++"}, {"Box", "Box{S: []Point{{1, 2}}}", "@.S[0].X = 8\n@.S = append(@.S, Point{})"}, {"string", `"ab"`, "@ += \"c\""}, {"int8", "int8(127)", "@++"}, {"*Point", "&Point{1, 2}", "@.X++"},
	}
	ways := []string{
		"b := a", "var b = a", "var b T\nb = a", "b, c := a, 0\n_ = c", "xs := []T{a, a}\nb := xs[0]\nCHANGE(xs[1])\nfmt.Println(SHOW(xs[1]), SHOW(xs[0]))", "m := map[string]T{\"k\": a}\nb := m[\"k\"]", "p := &a\nb := *p\nCHANGE((*p))", "p := &a\nb := a\n*p = b\nCHANGE((*p))", "var b T\na, b = b, a\nb, a = a, b\nb = a", "b := a\nfor _, c := range []T{a, b} {\nCHANGE(c)\nfmt.Println(SHOW(c))\n}", "xs := append([]T{}, a)\nb := xs[0]\nCHANGE(xs[0])\nfmt.Println(SHOW(xs[0]))", "arr := [2]T{a, a}\nb := arr[1]\nCHANGE(arr[1])\narr2 := arr\nCHANGE(arr2[0])\nfmt.Println(SHOW(arr[0]), SHOW(arr2[0]), SHOW(arr[1]))", "b := a\nif c := a; true {\nCHANGE(c)\nfmt.Println(SHOW(c))\n}", "b := a\nfor i := range 2 {\nc := b\nCHANGE(c)\nfmt.Println(i, SHOW(c))\n}", "var v any = a\nb := a\nCHANGE(a)\nfmt.Println(v)", "vs := []any{a, 1}\nb := a\nCHANGE(a)\nfmt.Println(vs[0])", "b := a\nfmt.Println(describe(a))", "b := a\nfor i, c := range [2]T{a, b} {\nCHANGE(b)\nfmt.Println(i, SHOW(c))\n}", "m := map[int]T{}\nm[1] = a\nb := a\nCHANGE(b)\nm[2] = b\nm[1], m[2] = m[2], m[1]\nfmt.Println(SHOW(m[1]), SHOW(m[2]))", "xs := make([]T, 2)\nxs[0] = a\ncopy(xs[1:], xs)\nb := xs[1]\nCHANGE(xs[1])\nfmt.Println(SHOW(xs[0]), SHOW(xs[1]))", "q := new(T)\n*q = a\nb := *q\nCHANGE((*q))\nfmt.Println(SHOW((*q)))",
	}
	var out []string
	for _, t := range types {
		expand := func(s string) string {
			for _, macro := range []string{"CHANGE", "SHOW"} {
				for {
					i := strings.Index(s, macro+"(")
					if i < 0 {
						break
					}
					depth, j := 0, i+len(macro)
					for ; ; j++ {
						if s[j] == '(' {
							depth++
						} else if s[j] == ')' {
							if depth--; depth == 0 {
								break
							}
						}
					}
					arg := s[i+len(macro)+1 : j]
					text := arg
					if macro == "CHANGE" {
						text = strings.ReplaceAll(t.change, "@", arg)
					}
					s = s[:i] + text + s[j+1:]
				}
			}
			return strings.ReplaceAll(s, "[]T{", "[]"+t.name+"{")
		}
		for _, w := range ways {
			if t.name == "*Point" && strings.Contains(w, "var b T\na") {
				continue
			}
			p := fmt.Sprintf("a := %s\n%s\nCHANGE(a)\nfmt.Println(SHOW(a), SHOW(b))\nCHANGE(b)\nfmt.Println(SHOW(a), SHOW(b))", t.value, w)
			p = expand(p)
			p = strings.NewReplacer("[2]T{", "[2]"+t.name+"{", "]T{", "]"+t.name+"{", "b T\n", "b "+t.name+"\n", "[]T,", "[]"+t.name+",", "new(T)", "new("+t.name+")").Replace(p)
			out = append(out, p)
		}
	}
	return both(out)
}
