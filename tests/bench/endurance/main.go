// Endurance measures long sessions: how latency and memory grow over 10,000
// statement cells and over 200 redefinitions of a function.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goblaze/goblaze/tests/bench"
)

var (
	binary = bench.Binary()
	cells  = flag.Int("cells", 10_000, "statement cells: straight lines")
	redefs = flag.Int("redefinitions", 200, "redefinitions")

	loopCells = flag.Int("loop-cells", 5_000, "statement cells with a loop, which yaegi runs")
)

func main() { bench.Main("endurance", run) }

func run() error {
	fmt.Printf("%-34s%12s%12s%8s%16s\n", "", "first, ms", "last, ms", "ratio", "memory, MiB")
	statements := func(i int) string { return fmt.Sprintf("x%d := %d * 2\nx%d + 1", i%50, i, i%50) }
	if err := session("statement cells", *cells, statements, *cells/10); err != nil {
		return err
	}
	loops := func(i int) string {
		return fmt.Sprintf("x%d := 0\nfor i := range 10 { x%d += i * %d }\nx%d", i%50, i%50, i, i%50)
	}
	if err := session("cells with a loop", *loopCells, loops, *loopCells/10); err != nil {
		return err
	}
	stamp := time.Now().UnixNano()
	redefine := func(i int) string {
		return fmt.Sprintf("func f(n int) int { return n + %d + %d }\nf(1)", stamp%1_000_000, i)
	}
	return session("redefinitions, called", *redefs, redefine, *redefs/10)
}

// session runs n cells in a kernel of its own and prints one row: the medians
// of the first and the last window, aim ≤ 2 times.
func session(name string, n int, code func(i int) string, window int) error {
	k, err := bench.Launch(*binary)
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := k.Run("1"); err != nil {
		return err
	}
	before := memory(k)
	var times []float64
	for i := range n {
		start := time.Now()
		if _, err := k.Run(code(i)); err != nil {
			return fmt.Errorf("%s: cell %d: %w", name, i, err)
		}
		times = append(times, time.Since(start).Seconds()*1e3)
	}
	first, last := bench.Median(times[:window]), bench.Median(times[len(times)-window:])
	fmt.Printf("%-34s%12.2f%12.2f%8.2f%9.0f → %4.0f   aim ≤ 2\n", strconv.Itoa(n)+" "+name, first, last, last/first, before, memory(k))
	return nil
}

// memory returns what the kernel's processes hold, in MiB.
func memory(k bench.Kernel) float64 {
	total := 0.0
	for _, pid := range family(k.Cmd.Process.Pid) {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(status)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
				kb, _ := strconv.ParseFloat(f[1], 64)
				total += kb / 1024
			}
		}
	}
	return total
}

// family returns a process and those it started.
func family(pid int) []int {
	all := []int{pid}
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return all
	}
	tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	text := string(children)
	for _, t := range tasks {
		more, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		text += " " + string(more)
	}
	for f := range strings.FieldsSeq(text) {
		if child, err := strconv.Atoi(f); err == nil && !slices.Contains(all, child) {
			all = append(all, family(child)...)
		}
	}
	return all
}
