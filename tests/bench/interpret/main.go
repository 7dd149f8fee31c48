// Interpret measures interpreted cells: what a simple one costs from the
// session's front end to its result, beside raw yaegi and the same cell
// compiled, and what loops cost beside compiled code and CPython.
package main

import (
	"flag"
	"fmt"
	"io"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"github.com/goblaze/goblaze/tests/bench"
)

var rounds = flag.Int("rounds", 300, "rounds of a simple cell")

const decls = `
type counter struct{ N int }
func (c *counter) Add(k int) { c.N += k }
func double(n int) int { return 2 * n }`

const vars = "x, c := 1, counter{}"

// A cell is one that yaegi can be given as it is; § stands for a number that
// makes each text another, so that nothing is found again.
type cell struct{ name, text string }

// simple are cells that do next to nothing, and then some whose work is most of
// what they cost.
var simple = []cell{
	{"expression", "1 + §"},
	{"assignment", "x = x*3%1000 + §"},
	{"compiled function", "double(x + §)"},
	{"method of a struct", "c.Add(§)"},
	{"print", `fmt.Println("x is", x, §)`},
	{"slice of 100", "func() int { ys := []int{}; for i := 0; i < 100; i++ { ys = append(ys, i*i) }; return len(ys) + § }()"},
	{"map of 1,000 counts", "func() int { m := map[int]int{}; for i := 0; i < 1000; i++ { m[i%10]++ }; return len(m) + § }()"},
	{"string of 1,000 pieces", `func() int { var sb strings.Builder; for i := 0; i < 1000; i++ { sb.WriteString("ab") }; return sb.Len() + § }()`},
	{"slice of 10,000", "func() int { ys := []int{}; for i := 0; i < 10_000; i++ { ys = append(ys, i*i) }; return len(ys) + § }()"},
	{"map of 10,000 counts", "func() int { m := map[int]int{}; for i := 0; i < 10_000; i++ { m[i%10]++ }; return len(m) + § }()"},
	{"10,000 compiled calls", "func() int { s := §; for i := 0; i < 10_000; i++ { s += double(i) }; return s }()"},
	{"loop of 100,000", "func() int { s := §; for i := 0; i < 100_000; i++ { s += i * i % 7 }; return s }()"},
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
	yi := interp.New(interp.Options{Stdout: io.Discard})
	if err := yi.Use(stdlib.Symbols); err != nil {
		return err
	}
	if err := yi.Use(compiledSymbols); err != nil {
		return err
	}
	for _, text := range []string{"import (\"fmt\"; \"strings\"; . \"compiled\")", "x, c := 1, Counter{}"} {
		if _, err := yi.Eval(text); err != nil {
			return err
		}
	}
	for _, text := range []string{decls, vars, "double(x)"} { // the functions are built
		if _, err := s.run(text); err != nil {
			return err
		}
	}
	if err := cells(s, yi); err != nil {
		return err
	}
	return loops(s)
}

// compiledSymbols are what a session's declarations become for raw yaegi: it
// calls compiled code too.
var compiledSymbols = interp.Exports{"compiled/compiled": {
	"Double": reflect.ValueOf(func(n int) int { return 2 * n }), "Counter": reflect.ValueOf((*counter)(nil)),
}}

type counter struct{ N int }

func (c *counter) Add(k int) { c.N += k }

func cells(s session, yi *interp.Interpreter) error {
	fmt.Printf("Simple cells, µs (median of %d, in turns; every text is new). Raw yaegi: the same source in this process, unchecked and unstoppable.\n", *rounds)
	fmt.Println("Plan + run: deciding and writing in the session, reading and running in the engine. The cell: with checking, pipes, and the order of output.")
	fmt.Printf("%-24s%11s%9s%9s%9s%11s%9s%14s\n", "", "raw yaegi", "plan", "run", "ratio", "the cell", "ratio", "compiled, ms")
	var fixed []float64
	for i, c := range simple {
		raw, plan, inside, whole, err := turns(s, yi, c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		compiled, err := s.compiled(strings.ReplaceAll(c.text, "§", "1"))
		if err != nil {
			return err
		}
		if i < trivial {
			fixed = append(fixed, whole-raw)
		}
		fmt.Printf("%-24s%11.0f%9.0f%9.0f%9.2f%11.0f%9.2f%14.0f\n", c.name, raw, plan, inside, (plan+inside)/raw, whole, whole/raw, compiled)
	}
	fmt.Printf("What every cell costs more than raw yaegi (checking, planning, rewriting, two pipes, order of output): %.0f µs, the median of the first %d rows' differences.\n\n", bench.Median(fixed), trivial)
	return nil
}

// trivial is how many of the simple cells do next to nothing.
const trivial = 5

// turns runs a cell and raw yaegi in turns and returns the medians in
// microseconds: raw yaegi's, the plan's, the statements' in the engine, the
// cell's.
func turns(s session, yi *interp.Interpreter, c cell) (raw, plan, inside, whole float64, err error) {
	var raws, plans, insides, wholes []float64
	theirs := strings.ReplaceAll(c.text, "double(", "Double(")
	for i := range *rounds {
		n := strconv.Itoa(1000 + i)
		start := time.Now()
		_, took, err := s.Time(strings.ReplaceAll(c.text, "§", n), bench.Silent{})
		if err != nil {
			return 0, 0, 0, 0, err
		}
		wholes = append(wholes, 1000*ms(start))
		plans, insides = append(plans, micros(s.Planned())), append(insides, micros(took.Wall))
		start = time.Now()
		if _, err := yi.Eval(strings.ReplaceAll(theirs, "§", n)); err != nil {
			return 0, 0, 0, 0, err
		}
		raws = append(raws, 1000*ms(start))
	}
	return bench.Median(raws), bench.Median(plans), bench.Median(insides), bench.Median(wholes), nil
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

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
