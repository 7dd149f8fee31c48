package engine

import (
	"fmt"
	"strings"
	"testing"
)

// hostileRecursions are declared before the cells of hostileLoops run.
const hostileRecursions = `
func fibonacci(n int) int { if n < 2 { return n }; return fibonacci(n-1) + fibonacci(n-2) }
func halves(n float64) int { if n < 1e-300 { return 1 }; return halves(n/2) + halves(n/2) }
func sink[T int | int64](n T) T { if n == 0 { return 0 }; return sink(n-1) + sink(n-1) }
func permute(xs []int, k int) int {
	n := 0
	for i := k; i < len(xs); i++ {
		xs[i], xs[k] = xs[k], xs[i]
		n += permute(xs, k+1)
		xs[i], xs[k] = xs[k], xs[i]
	}
	return n + 1
}

type walker interface{ walk(n int) int }
type pair struct{ left, right walker }

func (p *pair) walk(n int) int {
	if p == nil || n == 0 { return 1 }
	return p.left.walk(n-1) + p.right.walk(n-1)
}

var hop func(n int) int

func ping(n int) int {
	if n <= 0 { return 1 }
	return hop(n-1) + hop(n-1)
}

type fork struct{ next func(n int) int }

func (f *fork) twice(n int) int {
	if n <= 0 { return 1 }
	return f.next(n-1) + f.next(n-1)
}

func past(n, k int) int { if k == 0 { return 1 }; return past(n-1, k-1) + past(n-1, k-1) }
func around(n int8, k int) int { if k == 0 { return 1 }; return around(n-1, k-1) + around(n-2, k-1) }

func small(x int) int { if x > 3 { return x - 1 }; return x + 1 }
func sieveOf(composite []bool, n int) {
	for i := 2; i <= n; i++ {
		for j := i * i; j <= n; j += i { composite[j&1023] = true }
	}
}
`

// hostileCounts are the bodies of functions that count without end, by loops
// that check for a stop now and then only, or in one of two versions.
var hostileCounts = []struct{ name, body string }{
	{"count to a variable", "n, s := 1<<62, 0; for i := 0; i < n; i++ { s ^= i }; return s"},
	{"count to a constant", "s := 0; for i := 0; i < 1<<62; i++ { s ^= i }; return s"},
	{"count down", "n, s := 1<<62, 0; for i := n; i >= 0; i-- { s ^= i }; return s"},
	{"count by a variable", "n, d, s := 1<<62, 3, 0; for i := 0; i < n; i += d { s ^= i }; return s"},
	{"count by nothing", "n, d, s := 10, 0, 0; for i := 0; i < n; i += d { s ^= i }; return s"},
	{"a byte that overflows", "s := 0; for i := uint8(0); i <= 255; i++ { s++ }; return s"},
	{"below zero without a sign", "s := 0; for i := uint(9); i >= 0; i-- { s++ }; return s"},
	{"the top of the range", "n, s := math.MaxInt, 0; for i := n - 5; i <= n; i++ { s++ }; return s"},
	{"never equal", "n, s := -1, 0; for i := 0; i != n; i += 2 { s++ }; return s"},
	{"a bound that runs away", "n, s := 10, 0; for i := 0; i < n; i++ { n++; s ^= i }; return s"},
	{"a bound that a call moves", "n := 10; for i := 0; i < n; i++ { n = small(n) + 2 }; return n"},
	{"range over much", "n, s := 1<<62, 0; for i := range n { s ^= i }; return s"},
	{"range over a constant", "s := 0; for range 1 << 62 { s++ }; return s"},
	{"range over a slice of nothing", "s := 0; for range make([]struct{}, 1<<62) { s++ }; return s"},
	{"range over an array of nothing", "s := 0; var a [1 << 62]struct{}; for i := range a { s ^= i }; return s"},
	{"short loops in an endless one", "s := 0; for { for i := 0; i < 1000; i++ { s ^= i }; for i := range 7 { s += i } }; return s"},
	{"nested counts", "n, s := 500000, 0; for i := 0; i < n; i++ { for j := 0; j < n; j++ { for k := range n { s ^= i+j+k } } }; return s"},
	{"a loop inside now and then", "n, s := 1<<62, 0; for i := 0; i < n; i++ { if i&1023 != 5 { continue }; for j := i; j > 0; j-- { s ^= j } }; return s"},
	{"a loop inside of few", "n, s := 1<<40, 0; for i := 0; i < 400000; i++ { if i&1 == 0 { continue }; for j := range n { s ^= j } }; return s"},
	{"loops that skip in one that does not", "n, s, xs := 1000000, 0, make([]bool, 1<<20); for i := 0; i < n; i++ { for j := 0; j < n; j++ { if !xs[j*7919&(1<<20-1)] { continue }; for k := range n { s ^= k } } }; return s"},
}

// hostileCalls recurse without end, with checks before what recurses only.
var hostileCalls = []hostileCell{
	{name: "sieve", cell: begun + "sieveOf(make([]bool, 1024), 1<<31)\nkeep = 0", interrupt: true},
	{name: "recursion with a free end", cell: begun + "keep = fibonacci(90)", interrupt: true},
	{name: "recursion below zero", cell: begun + "keep = past(9, 90)", interrupt: true},
	{name: "recursion of a byte that goes around", cell: begun + "keep = around(9, 200)", interrupt: true},
	{name: "recursion of floats", cell: begun + "keep = halves(1)", interrupt: true},
	{name: "generic recursion", cell: begun + "keep = int(sink(int64(90)))", interrupt: true},
	{name: "recursion in a loop", cell: begun + "keep = permute(make([]int, 40), 0)", interrupt: true},
	{name: "recursion through an interface", cell: "p := &pair{}\np.left, p.right = p, p\n" + begun + "keep = p.walk(90)", interrupt: true},
	{name: "recursion over cells", cell: "func pong(n int) int { if n <= 0 { return 1 }; return ping(n-1) + ping(n-1) }\nhop = pong\n" + begun + "keep = ping(90)", interrupt: true},
	{name: "recursion through a method value", cell: "f := &fork{}\nf.next = f.twice\n" + begun + "keep = f.next(90)", interrupt: true},
	{name: "recursion of a literal", cell: "var f func(n int) int\nf = func(n int) int { if n <= 0 { return 1 }; return f(n-1) + f(n-1) }\n" + begun + "keep = f(90)", interrupt: true},
	{name: "recursion in workers", loop: "fmt.Println(\"begun\")\nfibonacci(90)", interrupt: true},
	{name: "counts in workers", loop: "fmt.Println(\"begun\")\nn, s := 1<<62, 0\nfor i := 0; i < n; i++ { s ^= i }", interrupt: true},
}

// TestHostileLoops interrupts each of hostileCounts and hostileCalls.
func TestHostileLoops(t *testing.T) {
	e := testEngine(t)
	h := newHostile(t, Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}, MemoryLimit: 1 << 30})
	h.must(hostileState)
	var decls strings.Builder
	decls.WriteString(hostileRecursions)
	var cells []hostileCell
	for i, c := range hostileCounts {
		fmt.Fprintf(&decls, "func count%d() int { %s }\n", i, c.body)
		cells = append(cells, hostileCell{name: c.name, cell: fmt.Sprintf("%skeep = count%d()", begun, i), interrupt: true})
	}
	h.must(decls.String())
	h.proven()
	if err := h.s.builder.wait(t.Context()); err != nil { // functions would run interpreted until then
		t.Fatal(err)
	}
	h.attackAll(t, append(cells, hostileCalls...))
}
