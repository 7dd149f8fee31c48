//go:build unix

package process_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/wire"
)

// kernels are loops with CHECK where the front end writes the stop check.
var kernels = map[string]source{
	"loop":   {entry: "x := 1; for i := range n * 10_000_000 { CHECK; x = x*3 + i }; sink = x", decls: "var sink int"},
	"fib":    {entry: "for range n { CHECK; sink = fib(30) }", decls: "var sink int\nfunc fib(n int) int { CHECK; if n < 2 { return n }; return fib(n-1) + fib(n-2) }"},
	"sieve":  {entry: "for range n { CHECK; sieve() }", decls: "func sieve() { CHECK; s := make([]bool, 1_000_000); for i := 2; i*i < len(s); i++ { CHECK; if !s[i] { for j := i * i; j < len(s); j += i { CHECK; s[j] = true } } } }"},
	"matmul": {entry: "for range n { CHECK; mul() }", decls: "var a, b, c [200][200]float64\nfunc mul() { CHECK; for i := range a { CHECK; for j := range b { CHECK; t := 0.0; for k := range b { CHECK; t += a[i][k] * b[k][j] }; c[i][j] = t } } }"},
}

// BenchmarkStopCheck reports the cost of stop checks in compiled cells as the
// ratio of the best times of 7 runs with and without.
func BenchmarkStopCheck(b *testing.B) {
	for name, k := range kernels {
		b.Run(name, func(b *testing.B) {
			t := newBench(b)
			measure := func(check string) (best time.Duration) {
				s := source{entry: strings.ReplaceAll(k.entry, "CHECK", check), decls: strings.ReplaceAll(k.decls, "CHECK", check)}
				p := wire.Time{Run: t.params(t.load(s), s), Workers: 1}
				p.Entry, p.N = "e", 5
				for range 7 {
					var r wire.TimeResult
					if err := t.e.Call(b.Context(), wire.MethodTime, p, &r); err != nil || r.Failure != nil {
						b.Fatal(err, r.Failure)
					}
					if best == 0 || r.Wall < best {
						best = r.Wall
					}
				}
				return best
			}
			plain, checked := measure(""), measure(check)
			b.ReportMetric(checked.Seconds()/plain.Seconds(), "ratio")
			b.ReportMetric(float64(plain.Microseconds())/1e3, "plain-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkCall is the round trip of a request that runs nothing.
func BenchmarkCall(b *testing.B) {
	t := newBench(b)
	for b.Loop() {
		if err := t.e.Call(b.Context(), wire.MethodGetwd, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRun is the round trip of an empty cell, its reply ordered with the
// output streams.
func BenchmarkRun(b *testing.B) {
	t := newBench(b)
	s := source{body: ""}
	path := t.load(s)
	for b.Loop() {
		if err := t.e.Call(b.Context(), wire.MethodRun, t.params(path, s), &wire.Outcome{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPrint10000 is a cell that prints 10,000 lines.
func BenchmarkPrint10000(b *testing.B) {
	t := newBench(b)
	s := source{body: "for i := range 10000 { rt.Println(i) }"}
	path := t.load(s)
	for b.Loop() {
		p := t.params(path, s)
		if err := t.e.Call(b.Context(), wire.MethodRun, p, &wire.Outcome{}); err != nil {
			b.Fatal(err)
		}
		if n := strings.Count(t.shown(p.Cell, "stdout"), "\n"); n != 10000 {
			b.Fatalf("%d lines", n)
		}
	}
}

// BenchmarkStart is the time until a new engine answers.
func BenchmarkStart(b *testing.B) {
	t := newBench(b)
	for b.Loop() {
		t.e.Close()
		t.start()
	}
}

// BenchmarkInterrupt is the time from an interrupt to the cell's end.
func BenchmarkInterrupt(b *testing.B) {
	for _, name := range []string{"empty loop", "loop in a call", "sleep", "receive", "wait group", "eight busy workers"} {
		b.Run(name, func(b *testing.B) {
			t := newBench(b)
			s := stoppable[name]
			s.body = "rt.Println(\"begun\")\n" + s.body
			path := t.load(s)
			var times []time.Duration
			for b.Loop() {
				p := t.params(path, s)
				done := make(chan error, 1)
				go func() { done <- t.e.Call(context.Background(), wire.MethodRun, p, &wire.Outcome{}) }()
				t.waitFor(p.Cell, "stdout", "begun")
				start := time.Now()
				t.e.Interrupt(p.Cell)
				if err := <-done; err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1e3, "median-ms")
			b.ReportMetric(float64(times[len(times)-1].Microseconds())/1e3, "max-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}
