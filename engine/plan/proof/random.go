package proof

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// random writes programs of nested statements over a few variables of several
// types. Everything is printed at the end.
func random(r *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		g := &gen{r: r}
		g.program()
		out[i] = g.b.String()
		if i%2 == 1 {
			out[i] = local(out[i : i+1])[0]
		}
	}
	return out
}

type gen struct {
	r     *rand.Rand
	b     strings.Builder
	depth int
	count int
	loops int
	ints  []string // readable int variables, loop variables included
	fixed int      // how many of ints may be assigned
}

func (g *gen) program() {
	g.line("a, b, c := %d, %d, %d", g.r.IntN(20)-5, g.r.IntN(10), g.r.IntN(100))
	g.line("var u uint8 = %d", g.r.IntN(256))
	g.line("var f float64 = %g", float64(g.r.IntN(100))/8)
	g.line("s := %q", []string{"go", "héllo", "", "a b c"}[g.r.IntN(4)])
	g.line("xs := []int{%d, %d, %d}", g.r.IntN(10), g.r.IntN(10), g.r.IntN(10))
	g.line("m := map[string]int{\"k\": %d}", g.r.IntN(10))
	g.line("p := Point{%d, %d}", g.r.IntN(9), g.r.IntN(9))
	g.ints, g.fixed = []string{"a", "b", "c"}, 3
	for range 3 + g.r.IntN(5) {
		g.stmt()
	}
	g.line("fmt.Println(a, b, c, u, f, s, xs, len(xs), m, p)")
}

func (g *gen) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

func (g *gen) pick(options ...string) string { return options[g.r.IntN(len(options))] }

func (g *gen) block(header string) {
	g.line("%s {", header)
	g.depth++
	for range 1 + g.r.IntN(3) {
		g.stmt()
	}
	g.depth--
	g.line("}")
}

func (g *gen) stmt() {
	n := 14
	if g.depth > 2 {
		n = 9
	}
	switch g.r.IntN(n) {
	case 0:
		g.line("%s = %s", g.target(), g.int(2))
	case 1:
		g.line("%s %s= %s", g.target(), g.pick("+", "-", "*", "|", "^", "&"), g.int(1))
	case 2:
		g.line("%s = append(xs, %s)", "xs", g.int(1))
	case 3:
		g.line("m[%s] %s %s", g.str(), g.pick("=", "+=", "-="), g.int(1))
	case 4:
		g.line("s = %s", g.str())
		g.line("if len(s) > 12 { s = s[len(s)-12:] }")
	case 5:
		g.line("u %s= uint8(a + %s)", g.pick("+", "-", "*", "^"), g.int(1))
		g.line("f = f/2 + float64(%s%%50)", g.pick("a", "b", "c", "u"))
	case 6:
		g.line("%s%s", g.pick("a", "b", "c", "p.X", "u", "m[\"k\"]"), g.pick("++", "--"))
	case 7:
		x, y := g.pick("a", "p.X", "xs[0]", "m[\"k\"]"), g.pick("b", "c", "p.Y")
		g.line("%s, %s = %s, %s", x, y, g.int(1), g.int(1))
	case 8:
		g.line("fmt.Println(%s, %s)", g.int(1), g.str())
		if g.loops > 0 && g.r.IntN(3) == 0 {
			g.line("if %s { %s }", g.bool(1), g.pick("break", "continue"))
		}
	case 9:
		g.block("if " + g.bool(2))
	case 10:
		g.line("if %s {", g.bool(1))
		g.depth++
		g.stmt()
		g.line("} else {")
		g.stmt()
		g.depth--
		g.line("}")
	case 11:
		g.loop()
	case 12:
		g.line("switch %s {", g.int(1))
		loops := g.loops
		g.loops = 0
		g.depth++
		for i := range 1 + g.r.IntN(3) {
			g.line("case %d, %s:", i*100+g.r.IntN(50), "double("+g.pick("a", "b", "c")+fmt.Sprintf(")+%d", i))
			g.stmt()
		}
		g.line("default:")
		g.stmt()
		g.depth--
		g.loops = loops
		g.line("}")
	case 13:
		v := g.next()
		g.line("%s := %s", v, g.int(2))
		g.line("%s += %s", v, g.int(1))
		g.line("p = p.Add(Point{%s %% 5, 1})", v)
	}
}

func (g *gen) next() string {
	g.count++
	return fmt.Sprintf("v%d", g.count)
}

func (g *gen) loop() {
	v := g.next()
	header := g.pick(
		fmt.Sprintf("for %s := 0; %s < %d; %s++", v, v, 1+g.r.IntN(5), v), fmt.Sprintf("for %s := range %d", v, 1+g.r.IntN(5)),
		fmt.Sprintf("for %s := range xs[:min(len(xs), 4)]", v), fmt.Sprintf("for _, %s := range []int{4, 5, %d}", v, g.r.IntN(9)),
		fmt.Sprintf("for %s := %d; %s > 0; %s /= 2", v, g.r.IntN(40), v, v))
	g.loops++
	saved := g.ints
	g.ints = append(g.ints[:len(g.ints):len(g.ints)], v)
	g.line("%s {", header)
	g.depth++
	g.line("_ = %s", v)
	for range 1 + g.r.IntN(3) {
		g.stmt()
	}
	g.depth--
	g.line("}")
	g.ints = saved
	g.loops--
}

func (g *gen) target() string {
	return g.pick("a", "b", "c", "p.X", "p.Y", "xs[0]", "xs[len(xs)-1]", "m[\"q\"]", fmt.Sprintf("xs[%d]", g.r.IntN(4)))
}

func (g *gen) int(depth int) string {
	if depth == 0 {
		return g.pick(g.ints[g.r.IntN(len(g.ints))], fmt.Sprint(g.r.IntN(50)), "len(xs)", "p.X")
	}
	switch g.r.IntN(12) {
	case 0, 1, 2:
		return fmt.Sprintf("(%s %s %s)", g.int(depth-1), g.pick("+", "-", "*", "&", "|", "^"), g.int(depth-1))
	case 3:
		return fmt.Sprintf("%s %% %d", g.ints[g.r.IntN(len(g.ints))], 2+g.r.IntN(9))
	case 4:
		return fmt.Sprintf("double(%s)", g.int(depth-1))
	case 5:
		return fmt.Sprintf("sum(%s, %s)", g.int(depth-1), g.int(depth-1))
	case 6:
		return fmt.Sprintf("xs[%d]", g.r.IntN(4))
	case 7:
		return fmt.Sprintf("m[%s]", g.str())
	case 8:
		return g.pick("len(s)", "int(u)", "int(f)", "p.Y", "p.Add(p).X", "len(m)", "-a", "^b", "-p.X")
	case 9:
		return fmt.Sprintf("%s / (%s + 1)", g.int(depth-1), g.int(0))
	case 10:
		return fmt.Sprintf("min(%s, %s)", g.int(depth-1), g.int(depth-1))
	}
	return g.int(0)
}

func (g *gen) str() string {
	return g.pick(`"k"`, `"q"`, "s", "s + \"x\"", "strconv.Itoa("+g.int(0)+")", "fmt.Sprint(u)", "strings.ToUpper(s)", "s[:len(s)/2]", "string(rune(97 + len(xs)))")
}

func (g *gen) bool(depth int) string {
	if depth == 0 {
		return fmt.Sprintf("%s %s %s", g.int(0), g.pick("<", ">", "==", "!=", "<=", ">="), g.int(0))
	}
	switch g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s && %s)", g.bool(depth-1), g.bool(depth-1))
	case 1:
		return fmt.Sprintf("(%s || %s)", g.bool(depth-1), g.bool(depth-1))
	case 2:
		return fmt.Sprintf("!(%s)", g.bool(depth-1))
	case 3:
		return fmt.Sprintf("len(xs) > %d && xs[%d] > %s", g.r.IntN(5), g.r.IntN(3), g.int(0))
	case 4:
		return fmt.Sprintf("s %s %s", g.pick("==", "<", "!="), g.str())
	}
	return fmt.Sprintf("%s %s %s", g.int(depth-1), g.pick("<", ">", "==", "!="), g.int(depth-1))
}
