package engine

import (
	"strings"
	"testing"
)

// TestLongLoops holds where loops run: interpreted as long as they are short,
// by what session variables are when the cell starts.
func TestLongLoops(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for i, c := range []struct{ text, tier, result string }{
		{"n, k, xs, text := 1000, 0, make([]int, 200), \"abc\"", tierInterpreted, ""},
		{"for i := range n { k += i % 2 }\nk", tierInterpreted, "500"},
		{"n = 3_000_000", tierInterpreted, ""},
		{"k = 0\nfor i := range n { k += i % 2 }\nk", tierCompiled, "1500000"},
		{"k = 0\nfor i := 0; i < n; i++ { k++ }\nk", tierCompiled, "3000000"},
		{"n = 300", tierInterpreted, ""},
		{"k = 0\nfor range n { for range xs { k++ } }\nk", tierInterpreted, "60000"},
		{"xs = make([]int, 5000)", tierInterpreted, ""},
		{"k = 0\nfor range n { for range xs { k++ } }\nk", tierCompiled, "1500000"},
		{"k = 0\nfor range xs { k++ }\nk", tierInterpreted, "5000"},
		{"k = 0\nfor i := 0; i < 2_000_000; i++ { k++ }\nk", tierCompiled, "2000000"},
		{"k = 0\nys := make([]int, 300)\nfor range ys { for range ys { k++ } }\nk", tierInterpreted, "90000"},
		{"k = 0\nzs := strings.Fields(text)\nfor range zs { for range zs { k++ } }\nk", tierCompiled, "1"},
		{"slices.SortFunc(xs, func(a, b int) int { return a - b })\nlen(xs)", tierCompiled, "5000"},
		{"slices.SortFunc(xs[:300], func(a, b int) int { return b - a })\nlen(xs)", tierInterpreted, "5000"},
	} {
		_, result, err := cell(t, s, i+1, c.text)
		if err != nil || result != c.result {
			t.Errorf("%s: %q %v", c.text, result, err)
		}
		if got := lastTier(s); got.Tier != c.tier || got.Tier == tierCompiled && !strings.Contains(got.Why, "long loop") {
			t.Errorf("%s\nran %s: %s", c.text, got.Tier, got.Why)
		}
	}
}

// TestClosuresThatStay holds which function literals are interpreted: those
// that a function of the session calls, and does not keep.
func TestClosuresThatStay(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	const decls = `
var kept func() int
func calls(f func() int) int { return f() + f() }
func passes(f func() int) int { return calls(f) }
func keeps(f func() int) int { kept = f; return 1 }
func wraps(f func() int) func() int { return func() int { return f() } }
func later(f func() int) int { c := make(chan int); go func() { c <- f() }(); return <-c }
func nested(f func() int) (n int) { for range 30 { for range 30 { n += f() } }; return n }`
	if _, _, err := cell(t, s, 1, decls); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ text, tier, result string }{
		{"n := 3\ncalls(func() int { n++; return n })", tierInterpreted, "9"},
		{"passes(func() int { n++; return n })", tierInterpreted, "13"},
		{"keeps(func() int { n++; return n })", tierCompiled, "1"},
		{"kept() + n", tierInterpreted, "16"},
		{"wraps(func() int { return n })()", tierCompiled, "8"},
		{"later(func() int { return n })", tierCompiled, "8"},
		{"nested(func() int { return 1 })", tierCompiled, "900"},
		{"f := func() int { return n }\nf()", tierCompiled, "8"},
		{"f() + calls(f)", tierInterpreted, "24"},
	} {
		_, result, err := cell(t, s, i+2, c.text)
		if err != nil || result != c.result {
			t.Errorf("%s: %q %v", c.text, result, err)
		}
		if got := lastTier(s); got.Tier != c.tier {
			t.Errorf("%s\nran %s: %s", c.text, got.Tier, got.Why)
		}
	}
}
