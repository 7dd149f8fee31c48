// Interpret measures interpreted cells: what a simple one costs from the
// session's front end to its result, beside raw yaegi and the same cell
// compiled, and what loops cost beside compiled code and CPython.
package main

import (
	"flag"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"github.com/goblaze/goblaze/tests/bench"
)

var rounds = flag.Int("rounds", 300, "rounds of a simple cell; the quarter that took least is averaged")

const decls = `
type counter struct{ n int }
func (c *counter) add(k int) { c.n += k }
func double(n int) int { return 2 * n }
func each(f func()) { f() }`

const vars = "x, c, xs := 1, counter{}, []int{3, 1, 2}"

// simple are cells of a line; raw is what yaegi is given, "" where it has no
// such thing.
var simple = []struct{ cell, raw string }{
	{"1 + 1", "1 + 1"},
	{"double(x)", "double(x)"},
	{"x = double(x) % 1000", "x = double(x) % 1000"},
	{"c.n += x", ""},
	{"c.add(2)", "c.add(2)"},
	{"slices.Sort(xs)", ""},
	{"each(func() { x++ })", "each(func() { x++ })"},
}

// loads are loops in Go and Python, each n long.
var loads = []struct{ name, code, python string }{
	{"sum of 100k", "s := 0\nfor i := 0; i < 100_000; i++ { s += i * i % 7 }", "s=0\nfor i in range(100000): s += i*i%7"},
	{"fill a slice of 50k", "ys := []int{}\nfor i := range 50_000 { ys = append(ys, i*2) }", "ys=[]\nfor i in range(50000): ys.append(i*2)"},
	{"count in a map, 50k", "m := map[int]int{}\nfor i := range 50_000 { m[i%100]++ }", "m={}\nfor i in range(50000): m[i%100]=m.get(i%100,0)+1"},
	{"primes below 2,000", "k := 0\nfor n := 2; n < 2000; n++ { ok := true; for d := 2; d*d <= n; d++ { if n%d == 0 { ok = false; break } }; if ok { k++ } }", "k=0\nfor n in range(2,2000):\n  ok=True\n  d=2\n  while d*d<=n:\n    if n%d==0:\n      ok=False\n      break\n    d+=1\n  if ok: k+=1"},
	{"letters of 20k", "t := strings.Repeat(\"abcd\", 5000)\nv := 0\nfor _, r := range t { if r == 'a' { v++ } }", "t='abcd'*5000\nv=0\nfor r in t:\n  if r=='a': v+=1"},
	{"20k calls of a function", "z := 1\nfor range 20_000 { z = double(z) % 1001 }", "def double(n): return 2*n\nz=1\nfor i in range(20000): z=double(z)%1001"},
}

func main() { bench.Main("interpret", run) }

func run() error {
	b, err := bench.NewSession()
	if err != nil {
		return err
	}
	defer b.Close()
	s := session{b}
	yi := interp.New(interp.Options{})
	if err := yi.Use(stdlib.Symbols); err != nil {
		return err
	}
	for _, text := range []string{decls, vars} {
		if _, err := s.run(text); err != nil {
			return err
		}
		if _, err := yi.Eval(text); err != nil {
			return err
		}
	}
	if _, err := s.run("double(x)"); err != nil { // the functions are built
		return err
	}
	if err := cells(s, yi); err != nil {
		return err
	}
	return loops(s)
}

func cells(s session, yi *interp.Interpreter) error {
	fmt.Printf("A cell of a line, ms (mean of the best quarter of %d, in turns; raw yaegi in this process, without a checker; aim ≤ 1.5)\n", *rounds)
	fmt.Printf("%-26s%10s%12s%8s%12s\n", "", "GoBlaze", "raw yaegi", "ratio", "compiled")
	for _, c := range simple {
		var ours, raw []float64
		for i := range *rounds {
			d, err := s.run(c.cell + " // " + strconv.Itoa(i)) // another text: nothing is kept
			if err != nil {
				return err
			}
			ours = append(ours, d)
			if c.raw == "" {
				continue
			}
			start := time.Now()
			if _, err := yi.Eval(c.raw); err != nil {
				return fmt.Errorf("yaegi: %s: %w", c.raw, err)
			}
			raw = append(raw, ms(start))
		}
		compiled, err := s.compiled(c.cell)
		if err != nil {
			return err
		}
		if c.raw == "" {
			fmt.Printf("%-26s%10.2f%12s%8s%12.0f\n", c.cell, best(ours), "cannot", "", compiled)
			continue
		}
		fmt.Printf("%-26s%10.2f%12.2f%8.2f%12.0f\n", c.cell, best(ours), best(raw), best(ours)/best(raw), compiled)
	}
	fmt.Println()
	return nil
}

func loops(s session) error {
	fmt.Println("Interpreted loops, ms (least of 5; compiled: with its build)")
	fmt.Printf("%-26s%12s%10s%8s%12s\n", "", "interpreted", "CPython", "ratio", "compiled")
	for _, l := range loads {
		var ours []float64
		if err := s.SetTier("interp"); err != nil {
			return err
		}
		for range 5 {
			d, err := s.run(l.code)
			if err != nil {
				return err
			}
			ours = append(ours, d)
		}
		if err := s.SetTier("auto"); err != nil {
			return err
		}
		compiled, err := s.compiled(l.code)
		if err != nil {
			return err
		}
		py, err := python(l.python)
		if err != nil {
			fmt.Printf("%-26s%12.1f%10s%8s%12.0f\n", l.name, slices.Min(ours), "-", "", compiled)
			continue
		}
		fmt.Printf("%-26s%12.1f%10.1f%8.1f%12.0f\n", l.name, slices.Min(ours), py, slices.Min(ours)/py, compiled)
	}
	return nil
}

// python returns the milliseconds of the least of five runs of a load.
func python(code string) (float64, error) {
	prog := "import time\nbest=1e9\nfor _ in range(5):\n  t=time.perf_counter()\n  exec(compile(" + strconv.Quote("def f():\n  "+strings.ReplaceAll(code, "\n", "\n  ")+"\nf()") + ",'x','exec'))\n  best=min(best,time.perf_counter()-t)\nprint(best*1000)"
	out, err := exec.Command("python3", "-c", prog).Output()
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// session is what is measured.
type session struct{ *bench.Session }

// run returns the milliseconds that a cell takes.
func (s session) run(text string) (float64, error) {
	start := time.Now()
	if _, err := s.Run(text, bench.Silent{}); err != nil {
		return 0, fmt.Errorf("%s: %w", text, err)
	}
	return ms(start), nil
}

// compiled returns the milliseconds of a cell that was never built.
func (s session) compiled(text string) (float64, error) {
	if err := s.SetTier("compiled"); err != nil {
		return 0, err
	}
	d, err := s.run(fmt.Sprintf("_ = %d\n%s", time.Now().UnixNano(), text))
	if err != nil {
		return 0, err
	}
	return d, s.SetTier("auto")
}

func ms(since time.Time) float64 { return float64(time.Since(since)) / float64(time.Millisecond) }

// best returns the mean of the quarter of the times that are least: what the
// machine's other work did not stretch.
func best(xs []float64) float64 {
	slices.Sort(xs)
	xs = xs[:(len(xs)+3)/4]
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
