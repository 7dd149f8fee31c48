package compile

import (
	"regexp"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// The forms of check, as short words.
var checkForms = strings.NewReplacer(
	" if gbz_rt.Stopping.Load() != 0 { gbz_rt.Halt() }; ", " CHECK; ",
	"gbz_rt.Stopping.Load() != 0 { gbz_rt.Halt() }; ", "CHECK; ",
	"gbz_rt.", "",
)

// A cheap loop has two versions, or checks now and then; others check always.
func TestLoopForms(t *testing.T) {
	for src, want := range map[string]string{
		// Two versions: the bound is known and does not change.
		"for i := 0; i < n; i++ { s += i }":                                "if Below[int](0, n, K) { for",
		"for i := n; i > 0; i-- { s += i }":                                "if Above[int](n, 0, K) { for",
		"for i := n; i >= 0; i-- { s += i }":                               "if Downwards[int](n, 0, 1, K) { for",
		"for i := 2; i <= n; i++ { xs[i] = s }":                            "if Upwards[int](2, n, 1, K) { for",
		"for j := s * s; j <= n; j += s { xs[j] = 1 }":                     "if Upwards[int](s * s, n, s, K) { for",
		"for i := 0; i != n; i++ { s += i }":                               "if Below[int](0, n, K) { for",
		"for i := 0; i < len(xs) && xs[i] != s; i++ { n++ }":               "if Below[int](0, len(xs), K) { for",
		"for i := 0; n > i; i++ { s += i }":                                "if Below[int](0, n, K) { for",
		"for i, m := 0, len(xs); i < m; i++ { s += xs[i] }":                "if Below[int](0, len(xs), K) { for",
		"for i := range n { s += i }":                                      "if Below[int](0, n, K) { for",
		"for range n { s++ }":                                              "if Below[int](0, n, K) { for",
		"for i, x := range xs { s += x * i }":                              "if Short(xs, K) { for",
		"for _, r := range text { s += int(r) }":                           "if ShortText(text, K) { for",
		"for i := 0; i < p.n; i++ { p.m[i] += s }":                         "if Below[int](0, p.n, K) { for",
		"for i := 0; i < len(p.m); i++ { p.m[i] = s; p.n++ }":              "if Below[int](0, len(p.m), K) { for",
		"for i := 0; i < n; i++ { if i == s { return 1 } else { break } }": "if Below[int](0, n, K) { for",
		"for i := 0; i < n; i++ { m[i]++ }":                                "if Below[int](0, n, K) { for",
		"for i := range xs { if v, ok := m[i]; ok { s += v } }":            "if Short(xs, K) { for",
		"for i := 0; i < n; i++ { s += twice(i) }":                         "if Below[int](0, n, K) { for",
		"for i := 0; i < n; i++ { f += math.Sqrt(f) }":                     "if Below[int](0, n, K) { for",
		"for i := 0; i < n; i++ { for j := 0; j < 3; j++ { s += j } }":     "if Below[int](0, n, K) { for",
		"var u uint8; for ; u < 200; u++ { s++ }":                          "if Below[uint8](u, 200, 1<<7) { for",

		// A check now and then: the variable counts, the bound is not known or
		// might change.
		"for i := 0; ; i++ { if xs[i] == 0 { break } }":             "if i&M == 0 && CHECK",
		"for i := 0; i < n; i++ { n += i & 1 }":                     "if i&M == 0 && CHECK",
		"for i := 0; i < p.n; i++ { p.n-- }":                        "if i&M == 0 && CHECK",
		"for i := 0; i < p.n; i++ { *q = s }":                       "if i&M == 0 && CHECK",
		"for i := 0; i < len(xs); i++ { xs = append(xs, i) }":       "if i&M == 0 && CHECK",
		"for i := 0; p != nil && i < p.n; i++ { s++ }":              "if i&M == 0 && CHECK",
		"here: for i := 0; i < n; i++ { if i == s { break here } }": "if i&M == 0 && CHECK",
		"for i := 0; i*i <= n; i++ { s += i }":                      "if i&M == 0 && CHECK",
		"for i := range 100000000 { s += i }":                       "if i&M == 0 && CHECK",
		"for range 100000000 { s++ }":                               "if gbz_i1&M == 0 && CHECK",
		"for i := int8(0); i <= 127; i++ { s++ }":                   "if i&0x7f == 0 && CHECK",
		"for i := range twice(n) { s += i }":                        "if i&M == 0 && CHECK",

		// No check: constants bound it.
		"for i := 0; i < 100; i++ { s += i }":                            "for i := 0; i < 100; i++ { s += i }",
		"for i := range 8 { s += i }":                                    "for i := range 8 { s += i }",
		"for i, x := range array { s += x * i }":                         "for i, x := range array { s += x * i }",
		"for i := 0; i < 9; i++ { for j := range array { s += i * j } }": "for i := 0; i < 9; i++ { for j := range array { s += i * j } }",

		// None of its own: the loops inside check before they start, and most
		// iterations skip them.
		"for i := 2; i <= n; i++ { if xs[i] == 0 { continue }; for j := i; j < n; j += i { xs[j] = 0 } }":     "if Upwards[int](2, n, 1, K) { for i := 2; i <= n; i++ { if xs[i] == 0 { continue }; CHECK; if Upwards[int](i, n, i, K) { for",
		"for i := 2; i <= 1000000; i++ { if xs[i] == 0 { continue }; for j := i; j != n; j++ { xs[j] = 0 } }": "for i := 2; i <= 1000000; i++ { if xs[i] == 0 { continue }; CHECK; if Below[int](i, n, K) { for",
		"for i := range xs { if xs[i] == 0 { for range n { s++ } } }":                                         "if Short(xs, K) { for i := range xs { if xs[i] == 0 { CHECK; if Below[int](0, n, K) { for",
		"for i := 0; i < n; i++ { if i == s { for s > 0 { s-- } } }":                                          "if Below[int](0, n, K) { for i := 0; i < n; i++ { if i == s { CHECK; for s > 0 { CHECK; s--",
		"for i := 0; i < n; i++ { if i == s { for range call() { s-- } } }":                                   "for i := 0; i < n; i++ { CHECK; if i == s",
		"for i := 0; i < n; i++ { if i == s { for range n { n++ } } }":                                        "for i := 0; i < n; i++ { CHECK; if i == s",
		"for i := 0; i < n; i++ { if i == s { for range m { s++ } } }":                                        "for i := 0; i < n; i++ { CHECK; if i == s",
		"for i := 0; i < n; i++ { for j := 0; j < i; j++ { s++ } }":                                           "for i := 0; i < n; i++ { CHECK; if Below",
		"for i := 0; i < 1 << 40; i++ { if i == s { for range n { s++ } } }":                                  "for i := 0; i < 1 << 40; i++ { CHECK; if i == s",

		// Always: the body may take long, or the variable counts nothing.
		"for i := 0; i < n; i++ { fmt.Println(i) }":           "CHECK; Println",
		"for i := 0; i < n; i++ { text += \"x\" }":            "CHECK; text",
		"for i := 0; i < n; i++ { names[text]++ }":            "CHECK; names",
		"for i := 0; i < n; i++ { if text == other { s++ } }": "CHECK; if text",
		"for i := 0; i < n; i++ { ys = append(ys, xs...) }":   "CHECK; ys",
		"for i := 0; i < n; i++ { ys = append(xs, i) }":       "CHECK; ys",
		"for i := 0; i < n; i++ { xs = append(xs[:n:n], i) }": "CHECK; xs",
		"for i := 0; i < n; i++ { copy(xs, ys) }":             "CHECK; copy",
		"for i := 0; i < n; i++ { s += call() }":              "CHECK; s",
		"for i := 0; i < n; i++ { func() { s++ }() }":         "CHECK; func",
		"for i := 0; i < n; i++ { defer recover() }":          "CHECK; defer",
		"for i := 0; i < n; i++ { big = other2 }":             "CHECK; big",
		"for i := 0; i < n; i++ { for s > 0 { s-- } }":        "CHECK; for s > 0 { CHECK; s--",
		"for i := 0; i < n; i++ { s++; i = s }":               "CHECK; s++",
		"for i := 0; i < n; i++ { s = deep(s) }":              "CHECK; s",
		"for i := 0; i < n; { i++ }":                          "CHECK; i++",
		"for i := 0; i < n; i += 0 { s++ }":                   "CHECK; s++",
		"for s != 1 { s /= 2 }":                               "CHECK; s /=",
		"for { s++ }":                                         "CHECK; s++",
		"for i := 0.0; i < f; i++ { s++ }":                    "CHECK; s++",
		"for k := range m { s += k }":                         "CHECK; s",
		"for x := range seq { s += x }":                       "CHECK; s",
		"for s = range n { f++ }":                             "if Below[int](0, n, K) { for s = range n { f++ } } else { for s = range n { CHECK;",
		"for i := 0; i < n; i++ { k := i; q = &k }":           "if Below[int](0, n, ",
		"i := 0; q = &i; for ; i < n; i++ { s++ }":            "CHECK; s++",
	} {
		got := emittedBody(t, src)
		if !strings.Contains(got, want) {
			t.Errorf("%s\n\tbecomes %s\n\twithout %s", src, got, want)
		}
	}
}

// emittedBody returns what becomes of statements inside a function.
func emittedBody(t *testing.T, src string) string {
	t.Helper()
	const around = `import ("fmt"; "iter"; "math")
type grid struct { n int; m []int }
func twice(x int) int { return 2 * x }
func deep(x int) int { if x > 0 { return deep(x / 2) }; return fmt.Sscan() }
func work(n, s int, f float64, xs, ys []int, text, other string, m map[int]int, names map[string]int, p *grid, q *int, b int, call func() int, seq iter.Seq[int]) int {
	var array [9]int
	var big, other2 [100]int
	_, _, _, _, _ = array, big, other2, math.Pi, fmt.Sprint()
	@
	return s
}
`
	out := emit(t, strings.Replace(strings.ReplaceAll(around, "return fmt.Sscan()", "fmt.Print(); return 1"), "@", src, 1), Options{})
	_, out, _ = strings.Cut(out, "fmt.Sprint()\n\t")
	out, _, _ = strings.Cut(out, "\n\treturn s\n")
	return short(out)
}

// short returns emitted source with checks as words, without positions, with
// single spaces, and letters for how many iterations of an int may do without.
func short(src string) string {
	for {
		before, after, ok := strings.Cut(src, "/*line")
		if !ok {
			break
		}
		_, after, _ = strings.Cut(after, "*/")
		src = before + after
	}
	src = strings.Join(strings.Fields(checkForms.Replace(src)), " ")
	return manyBits.ReplaceAllString(manyTimes.ReplaceAllString(src, ", K)"), "&M == 0")
}

var (
	manyTimes = regexp.MustCompile(`, (1<<)?(1[5-9]|2[01])\)`)
	manyBits  = regexp.MustCompile(`&0x(1f|[137f])f{4} == 0`)
)

// A function that may be called by what it calls checks before that.
func TestEntryForms(t *testing.T) {
	for src, want := range map[string]string{
		"func f(n int) int { if n < 2 { return n }; return f(n-1) + f(n-2) }":                                     "{ if n >= 0 && n <= 18 { return gbz_short_f(n) }; if n < 2 { return n }; CHECK; return Gbz_f(",
		"func f(a string, n int32) { println(a); if n > 1 { f(a, n-1) } }":                                        "println(a); if n > 1 { CHECK",
		"func f(a, n int32) { if n > 1 { f(a, n-1) } }":                                                           "{ if n >= 0 && n <= 4096 { gbz_short_f(a, n); return }; if n > 1 { CHECK; Gbz_f(",
		"func f(_ int, n int) { if n > 1 { f(1, n-1) } }":                                                         "{ if n > 1 { if !(n >= 0 && n <= 4096) && CHECK; Gbz_f(",
		"type T int; func (t T) f(n int) { if n > 1 { t.f(n-1) } }":                                               "{ if n > 1 { if !(n >= 0 && n <= 4096) && CHECK; t.Gbz_f(",
		"func f(n uint8) int { if n < 2 { return 1 }; return f(n-1) }":                                            "if !(n <= 127) && CHECK; return",
		"func f(n int) int { if n < 2 { return n }; return f(n-1) + f(n/2) }":                                     "{ if n < 2 { return n }; CHECK; return",
		"func f(n int) int { if n < 2 { return n }; println(n); return f(n-1) }":                                  "println(n); CHECK; return",
		"func f(n int) int { if n > 2 { return f(n/3) }; return 1 }":                                              "{ if n > 2 { CHECK; return",
		"func f(n int) int { if n > 2 { return f(n/3) } else if n == 0 { return f(7) }; return 1 }":               "{ CHECK; if n > 2",
		"func f(n int) int { if f(n/2) > 0 { return f(n/3) }; return 1 }":                                         "{ CHECK; if",
		"func f(xs []int) { for i := range xs { f(xs[i:]) } }":                                                    "{ for i := range xs { CHECK; Gbz_f(xs[i:]) } }",
		"func f(xs []int) { for i := range xs { f(xs[i:]) }; f(nil) }":                                            "{ CHECK; for i := range xs { CHECK;",
		"func f(xs []int) { for range f2(xs) { f(xs) } }; func f2(xs []int) []int { f(xs); return xs }":           "{ CHECK; for range",
		"func f(n int) bool { return n == 0 || !g(n-1) }; func g(n int) bool { return f(n-1) }":                   "{ CHECK; return n == 0",
		"func f(n int, g func(int)) { println(n); g(n) }":                                                         "println(n); CHECK; g(n)",
		"type I interface { m() }; func f(x I) { if x != nil { x.m() } }":                                         "if x != nil { CHECK; x.Gbz_m()",
		"func f(n int) int { switch { case n < 2: return n; default: return f(n/2) } }":                           "default: CHECK; return",
		"func f(x any) int { switch x := x.(type) { case int: return x; case []any: return f(x[0]) }; return 0 }": "case []any: CHECK; return",
		"func f(n int) int { if n == 0 { goto end }; return f(n/2); end: return 0 }":                              "{ CHECK; if n == 0",
		"func f(seq func(func(int) bool)) { for range seq { } }":                                                  "{ CHECK; for range seq { CHECK;",
		"func f(n int) int { x := n * 2; return x + g(x) }; func g(n int) int { return n }":                       "{ x := n * 2; return",
		"func f(n int) { defer func() { f(n/2) }() }":                                                             "{ CHECK; defer",
	} {
		src = strings.ReplaceAll(src, "}; func", "}\nfunc")
		got := emit(t, src, Options{})
		_, got, _ = strings.Cut(strings.ReplaceAll(got, spelling.Method, spelling.Exported), " Gbz_f(")
		got, _, _ = strings.Cut(got, "\n/*line")
		got = short(got)
		if !strings.Contains(got, want) {
			t.Errorf("%s\n\tbecomes %s\n\twithout %s", src, got, want)
		}
	}
}

// The version of a recursive function for small n calls itself and checks below.
func TestShortVersion(t *testing.T) {
	src := short(emit(t, "func f(n, k int) int { if n < 2 { return n }; return f(n-1, k) + f(n-2, k) }", Options{}))
	if want := "func gbz_short_f(n, k int) int { if n < 2 { return n }; if n < 0 && CHECK; return gbz_short_f(n-1, k) + gbz_short_f(n-2, k) }"; !strings.Contains(src, want) {
		t.Errorf("%s\nis without %s", src, want)
	}
}

// Without checks nothing is written.
func TestNoChecks(t *testing.T) {
	src := emit(t, "func f(n int) int { for i := 0; i < n; i++ { n-- }; if n > 0 { return f(n-1) }; return n }", Options{NoChecks: true})
	if strings.Contains(src, "Stopping") || strings.Contains(src, "Below") {
		t.Error(src)
	}
}
