// Compiled measures cells against the same source built by go build and, where
// it is installed, against CPython; then what building cells costs.
package main

import (
	"bytes"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/goblaze/goblaze/tests/bench"
)

//go:embed loads.go.txt
var loads string

//go:embed loads.py
var loadsPy string

var (
	binary = bench.Binary()
	rounds = flag.Int("rounds", 5, "rounds; the least of each is compared")
)

// aim is the greatest ratio of a cell's time to that of the program.
const aim = 1.15

// names are the loads in the order in which loads.go.txt prints their seconds.
var names = []string{"fib(27)", "loop 5M", "sieve 200k", "string building 20k", "n-body 50k steps", "matrix product 200", "word count 1 MB"}

func main() { bench.Main("compiled", run) }

func run() error {
	k, err := bench.Launch(*binary)
	if err != nil {
		return err
	}
	defer k.Close()
	native, err := buildNative()
	if err != nil {
		return err
	}
	defer os.RemoveAll(filepath.Dir(native))
	if _, err := cell(k, loads); err != nil {
		return err
	}
	var cells, goes, pythons []float64
	for range *rounds {
		c, err := cell(k, "main()")
		if err != nil {
			return err
		}
		g, err := program(native)
		if err != nil {
			return err
		}
		cells, goes = least(cells, c), least(goes, g)
	}
	if p, err := program("/usr/bin/python3", "-c", loadsPy); err == nil {
		pythons = p
	}
	table(cells, goes, pythons)
	return building(k)
}

func table(cells, goes, pythons []float64) {
	fmt.Println("Compiled cells, ms of processor time (least of 9 runs in each of the rounds), aim ≤ 1.15 × go build")
	missed := 0
	fmt.Printf("%-22s%10s%10s%8s%12s\n", "", "cell", "go build", "ratio", "CPython")
	for i, n := range names {
		py := "-"
		if i < len(pythons) {
			py = fmt.Sprintf("%.0f", pythons[i]*1e3)
		}
		verdict := ""
		if ratio := cells[i] / goes[i]; !(ratio > 0 && ratio <= aim) {
			verdict = "   missed"
			missed++
		}
		fmt.Printf("%-22s%10.2f%10.2f%8.2f%12s%s\n", n, cells[i]*1e3, goes[i]*1e3, cells[i]/goes[i], py, verdict)
	}
	fmt.Printf("%d of %d within the aim\n", len(names)-missed, len(names))
}

// building measures how long after a declaring cell its function can be
// called, new and built before, and a notebook of 20 cells.
func building(k bench.Kernel) error {
	var fresh, again []float64
	for i := range 5 {
		decl := fmt.Sprintf("func bench%d(n int) (s string) { for range n { s += %q }; return s }", // with a loop: else it would run interpreted until it is built
			i, strconv.FormatInt(time.Now().UnixNano(), 36))
		call := fmt.Sprintf("len(bench%d(3))", i)
		d, err := timed(k, decl, call)
		if err != nil {
			return err
		}
		fresh = append(fresh, d)
		if _, err := cell(k, "%reset -f"); err != nil {
			return err
		}
		if d, err = timed(k, decl, call); err != nil {
			return err
		}
		again = append(again, d)
	}
	fmt.Println("\nFrom the end of a declaring cell to a call's result, s (median of 5)")
	fmt.Printf("%-22s%8.3f   aim ≤ 0.8\n%-22s%8.3f   aim ≤ 0.05\n", "new", bench.Median(fresh), "built before", bench.Median(again))
	return notebook()
}

// notebook runs 20 cells twice, each time in a kernel of its own.
func notebook() error {
	stamp := strconv.FormatInt(time.Now().UnixNano(), 36)
	var seconds [2]float64
	for run := range seconds {
		k, err := bench.Launch(*binary)
		if err != nil {
			return err
		}
		start := time.Now()
		for i := range 10 {
			if _, err := cell(k, fmt.Sprintf("type t%d struct{ n int }\nfunc (t t%d) text() string { return fmt.Sprint(%q, t.n) }", i, i, stamp)); err != nil {
				return err
			}
			if _, err := cell(k, fmt.Sprintf("v%d := t%d{n: %d}\nfmt.Println(v%d.text())", i, i, i, i)); err != nil {
				return err
			}
		}
		seconds[run] = time.Since(start).Seconds()
		k.Close()
	}
	fmt.Println("\nA notebook of 20 cells, s")
	fmt.Printf("%-22s%8.2f   aim ≤ 6\n%-22s%8.2f   aim ≤ 1.5\n", "never seen", seconds[0], "Restart & Run All", seconds[1])
	return nil
}

// timed runs a declaring cell and returns the seconds from its end to the end
// of a cell that needs it.
func timed(k bench.Kernel, decl, call string) (float64, error) {
	if _, err := cell(k, decl); err != nil {
		return 0, err
	}
	start := time.Now()
	_, err := cell(k, call)
	return time.Since(start).Seconds(), err
}

// cell runs a cell and returns the numbers it prints.
func cell(k bench.Kernel, code string) ([]float64, error) {
	text, err := k.Print(code)
	return parse(text), err
}

func buildNative() (string, error) {
	dir, err := os.MkdirTemp("", "goblaze-bench-")
	if err != nil {
		return "", err
	}
	src := filepath.Join(dir, "main.go")
	if err := os.WriteFile(src, []byte("package main\n"+loads), 0o666); err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "loads")
	out, err := exec.Command("go", "build", "-o", bin, src).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return bin, nil
}

// program runs a command and reads the numbers it prints.
func program(argv ...string) ([]float64, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	err := cmd.Run()
	return parse(out.String()), err
}

func parse(text string) []float64 {
	var out []float64
	for _, f := range strings.Fields(text) {
		if x, err := strconv.ParseFloat(f, 64); err == nil {
			out = append(out, x)
		}
	}
	return out
}

// least keeps the smaller of each pair.
func least(a, b []float64) []float64 {
	if a == nil {
		return b
	}
	for i := range a {
		a[i] = min(a[i], b[i])
	}
	return a
}
