package engine

import (
	"fmt"
	"testing"
)

// interpretedCounts are bodies beside hostileCounts that count without end where
// interpreted loops have few checks: those that run in strips.
var interpretedCounts = []struct{ name, body string }{
	{"strips to the end of int64", "n, s := int64(math.MaxInt64), 0; for i := int64(0); i < n; i++ { s++ }; return s"},
	{"strips in a loop without end", "s := 0; for { for i := 0; i < s; i++ { s ^= i } }; return s"},
	{"a strip that never gets there", "n, s := 10, 0; for i := 0; i < n; i += 2 { n += 2; s++ }; return s"},
	{"a counter that stays", "s := 0; for i := 0; i < 10; i++ { i--; s++ }; return s"},
	{"a bound that a pointer moves", "n := 10; p := &n; for i := 0; i < n; i++ { *p = i + 5 }; return n"},
	{"constant loops in a long one", "s := 0; for i := 0; i < 1<<40; i++ { for j := 0; j < 50; j++ { for k := range 4 { s ^= i*j + k } } }; return s"},
	{"a field that counts", "b := account{}; for b.balance = 0; b.balance < 1<<40; b.balance++ { }; return b.balance"},
	{"append to a copy", "xs, ys := make([]int, 1<<20), []int(nil); for i := 0; i < 1<<40; i++ { ys = append(xs, i) }; return len(ys)"},
	{"a text that grows", "s, n := \"x\", 0; for i := 0; i < 1<<40; i++ { if len(s) < 1<<22 { s += s }; t := s + \"y\"; n += len(t) }; return n"},
	{"arrays that are copied", "var a, b [1 << 18]int; for i := 0; i < 1<<40; i++ { a = b; b[0]++ }; return a[0]"},
}

// TestHostileLoopsInterpreted interrupts loops in interpreted functions.
func TestHostileLoopsInterpreted(t *testing.T) {
	h := newHostile(t, Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t), NoToolchain: "install Go", MemoryLimit: 1 << 30})
	h.must(hostileState)
	h.proven()
	var cells []hostileCell
	for i, c := range append(interpretedCounts, hostileCounts...) {
		h.must(fmt.Sprintf("func small(x int) int { if x > 3 { return x - 1 }; return x + 1 }\nfunc count%d() int { %s }", i, c.body))
		cells = append(cells, hostileCell{name: c.name, cell: fmt.Sprintf("%skeep = count%d()", begun, i), interrupt: true})
	}
	h.attackAll(t, cells)
}
