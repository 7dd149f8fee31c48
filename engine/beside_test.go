package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A mixedCell declares something beside its statements.
type mixedCell struct{ text, tier, out, result, err string }

// mixedCells run one after another in one session. Where a cell is compiled, err
// is empty or the error's start; why is not told here, see TestBesideReasons.
var mixedCells = []mixedCell{
	{"func add(a, b int) int { return a + b }\nadd(2, 3)", tierInterpreted, "", "5", ""},
	{"type city struct {\n\tName string\n\tsize int\n}\nfunc (c city) String() string { return c.Name }\nvienna := city{\"Vienna\", 2}\nfmt.Println(vienna, vienna.size)\nfmt.Sprintf(\"%T\", vienna)", tierInterpreted, "Vienna 2\n", "main.city", ""},
	{"var calls int\nfunc square(x int) int { calls++; return x * x }", tierInterpreted, "", "", ""},
	{"n := square(3)\nn + calls", tierInterpreted, "", "10", ""},
	{"count := 0\nfunc inc() { count++ }\ninc()\ncount", tierCompiled, "", "1", ""},
	{"const many = 3\nmany * 2", tierInterpreted, "", "6", ""},
	{"func one() int { return 1 }\n[]int{}[one()]", tierInterpreted, "", "", "panic: runtime error: index out of range [1] with length 0"},
	{"one()", tierInterpreted, "", "1", ""},
	{"k := 1\nfunc usesK() int { return k }\nfmt.Println(\"here\")\n[]int{}[k]", tierInterpreted, "here\n", "", "panic: runtime error: index out of range [1] with length 0"},
	{"k = 7\nusesK()", tierInterpreted, "", "7", ""},
	{"lost := []int{}[k]\nfunc usesLost() int { return lost }", tierCompiled, "", "", "panic: runtime error: index out of range [7] with length 0"},
	{"func Map[T, U any](xs []T, f func(T) U) []U {\n\tvar out []U\n\tfor _, x := range xs {\n\t\tout = append(out, f(x))\n\t}\n\treturn out\n}\nMap([]int{1, 2}, strconv.Itoa)", tierInterpreted, "", "[1 2]", ""},
	{"type pair[T any] struct{ a, b T }\nfunc (p pair[T]) swap() pair[T] { return pair[T]{p.b, p.a} }\np := pair[int]{1, 2}\np.swap()", tierInterpreted, "", "{a:2 b:1}", ""},
	// Declared again: callers follow, and variables take the new type.
	{"func twice(n int) int { return 2 * add(n, 0) }\ntwice(4)", tierInterpreted, "", "8", ""},
	{"func add(a, b int) int { return a + b + 1 }\ntwice(4)", tierCompiled, "", "10", ""},
	{"type city struct {\n\tName string\n\tsize int\n}\nfunc (c city) String() string { return c.Name + \"!\" }\nvienna.String()", tierCompiled, "", "Vienna!", ""},
	{"add := 5\nfunc sum() int { return add + many }", tierCompiled, "", "", ""}, // twice follows
	{"five := 5\nfunc sum() int { return five + many }", tierInterpreted, "", "", ""},
	{"sum()", tierInterpreted, "", "8", ""},
	{"type T struct{ x int }\nfunc (t *T) inc() { t.x++ }\nt := &T{}\nt.inc()\nt.inc()\nt.x", tierInterpreted, "", "2", ""},
	{"func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\nfib(20)", tierInterpreted, "", "6765", ""},
	{"import \"math/rand/v2\"\n\nfunc roll(r *rand.Rand) int { return r.IntN(6) }\nroll(rand.New(rand.NewPCG(1, 2))) < 6", tierInterpreted, "", "true", ""},
	{"func init() { calls = 50 }\ncalls", tierCompiled, "", "50", ""},
}

// TestBeside runs cells that declare something beside their statements: what
// they give is what they give as one package.
func TestBeside(t *testing.T) {
	auto, compiled := newTestSession(t, testEngine(t)), newTestSession(t, testEngine(t))
	if err := compiled.SetTier("compiled"); err != nil {
		t.Fatal(err)
	}
	for i, c := range mixedCells {
		for _, s := range []*Session{auto, compiled} {
			out, result, err := cell(t, s, i+1, c.text)
			msg := ""
			if err != nil {
				msg = err.Error()
			}
			if out != c.out || result != c.result || (c.err == "") != (msg == "") || !strings.Contains(msg, c.err) {
				t.Errorf("%s\ngot %q %q %q\nwant %q %q %q", c.text, out, result, msg, c.out, c.result, c.err)
			}
		}
		if e := lastTier(auto); c.tier != "" && e.Tier != c.tier {
			t.Errorf("%s\nwas %s: %s", c.text, e.Tier, e.Why)
		}
	}
}

// TestBesideReasons wants the reason why a cell stays one package.
func TestBesideReasons(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for i, c := range [][2]string{
		{"total := 0\nfunc more() int { total++; return total }\nmore()", "a declaration that uses variables of its cell"},
		{"func data() []int {\n\tvar xs []int\n\tfor i := range 3 {\n\t\txs = append(xs, i)\n\t}\n\treturn xs\n}\nsum := 0\nfor _, x := range data() {\n\tsum += x\n}\nsum", "a loop of unknown length beside declarations"},
		{"func init() { println() }\n1", "func init beside statements"},
		{"func worker() {}\ngo worker()", "a go statement"},
	} {
		if _, _, err := cell(t, s, i+1, c[0]); err != nil {
			t.Errorf("%s: %v", c[0], err)
		}
		if e := lastTier(s); e.Tier != tierCompiled || e.Why != c[1] {
			t.Errorf("%s\nwas %s: %s", c[0], e.Tier, e.Why)
		}
	}
}

// TestBesideDoesNotWait wants the result of statements that need no build, or
// only simple functions, before the build has ended; a timed cell is one
// package.
func TestBesideDoesNotWait(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	cell(t, s, 1, "1")
	nano := time.Now().UnixNano() // keeps the build from being found in the cache
	for i, text := range []string{
		"func area(w, h float64) float64 { return w * h } // %d\narea(3, 4)",
		"var held int\nfunc hold(n int) { held += n } // %d\n12",
	} {
		_, result, err := cell(t, s, i+2, fmt.Sprintf(text, nano))
		if err != nil || result != "12" {
			t.Errorf("%q %v", result, err)
		}
		if u := s.decls.order[len(s.decls.order)-1].unit; s.builder.built(u) {
			t.Errorf("%s\nwaited for its build", text)
		}
	}
	text := fmt.Sprintf("func volume(a float64) float64 { return a * a * a } // %d\nvolume(3)", nano)
	_, _, _, err := s.ExecTimed(t.Context(), s.Begin(9, text, &recorder{}), Source{Text: text, Line: 1, Col: 1})
	if e := lastTier(s); err != nil || e.Tier != tierCompiled {
		t.Errorf("a timed cell was %s: %v", e.Tier, err)
	}
}
