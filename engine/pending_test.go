package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestPending calls functions while they are being built: simple ones answer at
// once, the others wait; both are the compiled ones afterwards.
func TestPending(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	cell(t, s, 1, "count := 0\ncount")
	// The number keeps the build from being found in the cache.
	text := fmt.Sprintf("func area(w, h float64) float64 { count++; return w * half(h) }\nfunc half(x float64) float64 { return x / 2 } // %d", time.Now().UnixNano())
	if _, _, err := cell(t, s, 2, text); err != nil {
		t.Fatal(err)
	}
	u := s.decls.byName["area"].unit
	began := time.Now()
	_, result, err := cell(t, s, 3, "area(3, 4)")
	took := time.Since(began)
	if err != nil || result != "6" || lastTier(s).Tier != tierInterpreted {
		t.Errorf("%q %v %v", result, err, lastTier(s))
	}
	if s.builder.built(u) {
		t.Errorf("the cell waited for the build")
	}
	t.Logf("at once: %v", took)
	began = time.Now()
	if err := s.builder.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("the build took %v more", time.Since(began))
	if _, result, err := cell(t, s, 4, "area(3, 4) + float64(count)"); err != nil || result != "8" {
		t.Errorf("%q %v", result, err)
	}
	for i, text := range []string{
		"func sum(n int) int { s := 0; for i := range n { s += i }; return s }",
		"func down(n int) int { if n == 0 { return 0 }; return down(n - 1) }",
		"type T struct{ A int }\nfunc mk() T { return T{1} }",
	} {
		cell(t, s, 10+2*i, text)
		call := []string{"sum(4)", "down(3)", "mk().A"}[i]
		want := []string{"6", "0", "1"}[i]
		if _, result, err := cell(t, s, 11+2*i, call); err != nil || result != want {
			t.Errorf("%s: %q %v", call, result, err)
		}
	}
}

// TestSupersededBuilds declares a function again and again while it is being
// built: only the last version still waits for its build.
func TestSupersededBuilds(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for i := range 20 {
		_, got, err := cell(t, s, i+1, fmt.Sprintf("func again(n int) int { return n + %d }\nagain(1)", i))
		if err != nil || got != fmt.Sprint(i+1) {
			t.Fatalf("version %d: %s, %v", i, got, err)
		}
		if n, _ := s.builder.status(); n > 1 {
			t.Fatalf("%d builds are pending after version %d", n, i)
		}
	}
}

// TestManyPendingFunctions calls more functions in a cell than are interpreted
// while they are being built: the cell waits for the build.
func TestManyPendingFunctions(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	var decls, sum strings.Builder
	for i := range maxPending + 1 {
		fmt.Fprintf(&decls, "func part%d(n int) int { return n + %d }\n", i, i)
		fmt.Fprintf(&sum, " + part%d(1)", i)
	}
	if _, _, err := cell(t, s, 1, fmt.Sprintf("%s// %d", decls.String(), time.Now().UnixNano())); err != nil {
		t.Fatal(err)
	}
	_, got, err := cell(t, s, 2, "0"+sum.String())
	if want := fmt.Sprint((maxPending + 1) * (maxPending + 2) / 2); err != nil || got != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
	if !s.builder.built(s.decls.byName["part0"].unit) {
		t.Error("the cell did not wait for the build")
	}
}
