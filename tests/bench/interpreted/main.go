// Interpreted measures interpreted parallel loops (%vectorize --tier interp)
// through a notebook's kernel: how they scale from one worker to two on items
// that compute, and what an item costs beside the same loop, interpreted, by
// itself. Runs take turns; medians are compared, of wall-clock time and of the
// engine's CPU time, which a busy machine disturbs less: where two workers need
// no more CPU time than one, two free cores halve the time.
package main

import (
	"flag"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/tests/bench"
)

var (
	binary = bench.Binary()
	rounds = flag.Int("rounds", 9, "rounds; medians are compared")
	items  = flag.Int("items", 300_000, "items of the loop whose bookkeeping is measured")
)

// The aims.
const (
	minScaling     = 1.85
	maxBookkeeping = 60 // ns an item
)

const setup = `func work(n int) int {
	s := 0
	for i := range n {
		s += i % 7
	}
	return s
}
loads := make([]int, 64)
for i := range loads {
	loads[i] = 20000
}
xs, out := make([]int, ITEMS), make([]int, ITEMS)
for i := range xs {
	xs[i] = i
}`

// body is the loop whose bookkeeping is measured.
const body = "for i, x := range xs {\n\tout[i] = x*3 + 1\n}"

func main() { bench.Main("interpreted", run) }

func run() error {
	k, err := bench.Launch(*binary)
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := k.Print(strings.ReplaceAll(setup, "ITEMS", strconv.Itoa(*items))); err != nil {
		return err
	}
	var one, two, bare, loop times
	for range *rounds {
		for _, m := range []struct {
			code string
			into *times
		}{
			{"sums := %vectorize --tier interp -w 1 work loads", &one},
			{"sums := %vectorize --tier interp -w 2 work loads", &two},
			{"%%vectorize --tier interp -w 1\n" + body, &loop},
		} {
			wall, cpu, err := reported(k, m.code)
			if err != nil {
				return err
			}
			m.into.add(wall, cpu)
		}
		wall, cpu, err := timed(k)
		if err != nil {
			return err
		}
		bare.add(wall, cpu)
	}
	n := float64(*items)
	fmt.Printf("Interpreted loops in a notebook, medians of %d rounds (ratios of one run)\n", *rounds)
	fmt.Printf("%-50s%10s%10s%9s\n", "", "wall", "by CPU", "aim")
	fmt.Printf("%-50s%9.2f×%9.2f×%9s\n", "1 → 2 workers, 64 items of 20,000 iterations", bench.Median(one.wall)/bench.Median(two.wall), 2*bench.Median(one.cpu)/bench.Median(two.cpu), fmt.Sprintf("≥ %.2f", minScaling))
	row := func(name string, wall, cpu float64, aim string) {
		fmt.Printf("%-50s%7.0f ns%7.0f ns%9s\n", name, 1e9*wall/n, 1e9*cpu/n, aim)
	}
	row("an item of the bare interpreted loop", bench.Median(bare.wall), bench.Median(bare.cpu), "")
	row("an item of %%vectorize --tier interp -w 1", bench.Median(loop.wall), bench.Median(loop.cpu), "")
	row("bookkeeping an item", bench.Median(loop.wall)-bench.Median(bare.wall), bench.Median(loop.cpu)-bench.Median(bare.cpu), fmt.Sprintf("≤ %d ns", maxBookkeeping))
	return nil
}

// times are of one measurement, in seconds.
type times struct{ wall, cpu []float64 }

func (t *times) add(wall, cpu float64) { t.wall, t.cpu = append(t.wall, wall), append(t.cpu, cpu) }

// timed runs the loop by itself in the interpreter and returns its seconds.
func timed(k bench.Kernel) (wall, cpu float64, err error) {
	if _, err := k.Print("%tier interp"); err != nil {
		return 0, 0, err
	}
	out, err := k.Print("%%time\n" + body)
	if err != nil {
		return 0, 0, err
	}
	if _, err := k.Print("%tier auto"); err != nil {
		return 0, 0, err
	}
	m := timeOutput.FindStringSubmatch(out)
	if m == nil {
		return 0, 0, fmt.Errorf("%%%%time printed %q", out)
	}
	return seconds(m[3], m[4]), seconds(m[1], m[2]), nil
}

var timeOutput = regexp.MustCompile(`total: ([\d.]+) (\S+)\nWall time: ([\d.]+) (\S+)`)

func seconds(number, unit string) float64 {
	v, _ := strconv.ParseFloat(number, 64)
	return v * map[string]float64{"s": 1, "ms": 1e-3, "µs": 1e-6, "us": 1e-6, "ns": 1e-9}[unit]
}

// reported runs a cell of %vectorize and returns the seconds that its report
// tells.
func reported(k bench.Kernel, code string) (wall, cpu float64, err error) {
	report, wall, err := k.Report(code)
	if err != nil {
		return 0, 0, err
	}
	if report["tier"] != "interpreted" {
		return 0, 0, fmt.Errorf("%q ran %v", code, report["tier"])
	}
	cpu, _ = report["cpu_s"].(float64)
	return wall, cpu, nil
}
