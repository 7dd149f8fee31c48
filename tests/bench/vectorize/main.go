// Vectorize measures %vectorize through a notebook's kernel against the same
// functions in a compiled program that divides the items by hand, and against
// CPython's multiprocessing.Pool, with the same number of workers. The three
// take turns in one run; medians are compared.
package main

import (
	"bufio"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/tests/bench"
)

//go:embed loads.go.txt
var loads string

//go:embed loads.py
var loadsPy string

var (
	binary  = bench.Binary()
	rounds  = flag.Int("rounds", 7, "rounds; medians are compared")
	workers = flag.Int("w", 2, "workers of all three")
	python  = flag.String("python", "/usr/bin/python3", "the Python to compare with; empty: none")
)

// rows are the loads, in the order in which the programs print their seconds.
var rows = []struct {
	name, magic string
	minPython   float64 // how many times faster than the pool it should be, 0: no aim
}{
	{"1e5 strings tokenised", "tokenize words", 0},
	{"fib(18) × 1000", "fib small", 0},
	{"fib(25) × 100", "fib big", 20},
}

// maxNative is the aim beside the hand-written program.
const maxNative = 1.2

func main() { bench.Main("vectorize", run) }

func run() error {
	dir, err := os.MkdirTemp("", "goblaze-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	k, err := bench.Launch(*binary)
	if err != nil {
		return err
	}
	defer k.Close()
	declarations, _, _ := strings.Cut(loads, "func main()")
	if _, err := k.Run(strings.TrimPrefix(declarations, "package main\n") + "\nwords, small, big := texts(), same(1000, 18), same(100, 25)"); err != nil {
		return err
	}
	native, err := startNative(dir)
	if err != nil {
		return err
	}
	defer native.close()
	var pool *peer
	if *python != "" {
		if pool, err = startPool(dir); err != nil {
			return err
		}
		defer pool.close()
	}
	ours, hand, pythons := make([][]float64, len(rows)), make([][]float64, len(rows)), make([][]float64, len(rows))
	for range *rounds {
		for i, r := range rows {
			_, s, err := k.Report(fmt.Sprintf("out := %%vectorize -w %d %s", *workers, r.magic))
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			ours[i] = append(ours[i], s)
		}
		if err := native.round(hand); err != nil {
			return err
		}
		if pool != nil {
			if err := pool.round(pythons); err != nil {
				return err
			}
		}
	}
	table(ours, hand, pythons)
	return nil
}

func table(ours, hand, pythons [][]float64) {
	fmt.Printf("%%vectorize -w %d in a notebook, medians of %d rounds (ratios of one run)\n", *workers, *rounds)
	fmt.Printf("%-24s%12s%12s%12s%16s%8s%12s%8s\n", "", "%vectorize", "by hand", "Pool", "of by hand", "aim", "Pool / it", "aim")
	for i, r := range rows {
		o, h := bench.Median(ours[i]), bench.Median(hand[i])
		fmt.Printf("%-24s%9.2f ms%9.2f ms", r.name, 1e3*o, 1e3*h)
		if len(pythons[i]) == 0 {
			fmt.Printf("%12s%16.2f%8s\n", "–", o/h, fmt.Sprintf("≤ %.1f", maxNative))
			continue
		}
		p := bench.Median(pythons[i])
		fmt.Printf("%9.1f ms%16.2f%8s%11.1f×", 1e3*p, o/h, fmt.Sprintf("≤ %.1f", maxNative), p/o)
		if r.minPython > 0 {
			fmt.Printf("%8s", fmt.Sprintf("≥ %.0f", r.minPython))
		}
		fmt.Println()
	}
}

// A peer is a program that runs all loads once for each line it reads, and
// answers with their seconds.
type peer struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startNative(dir string) (*peer, error) {
	source, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "loads")
	if err := os.WriteFile(source, []byte(loads), 0o644); err != nil {
		return nil, err
	}
	if out, err := exec.Command("go", "build", "-o", program, source).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return startPeer(program, strconv.Itoa(*workers))
}

func startPool(dir string) (*peer, error) {
	script := filepath.Join(dir, "loads.py")
	if err := os.WriteFile(script, []byte(loadsPy), 0o644); err != nil {
		return nil, err
	}
	return startPeer(*python, script, strconv.Itoa(*workers))
}

func startPeer(name string, args ...string) (*peer, error) {
	p := &peer{cmd: exec.Command(name, args...)}
	p.cmd.Stderr = os.Stderr
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewScanner(out)
	return p, p.cmd.Start()
}

// round runs all loads once and adds their seconds.
func (p *peer) round(times [][]float64) error {
	if _, err := fmt.Fprintln(p.in); err != nil {
		return err
	}
	if !p.out.Scan() {
		return fmt.Errorf("%s ended: %v", p.cmd.Path, p.out.Err())
	}
	for i, field := range strings.Fields(p.out.Text()) {
		s, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return err
		}
		times[i] = append(times[i], s)
	}
	return nil
}

func (p *peer) close() {
	p.in.Close()
	_ = p.cmd.Wait() // it ends with its input
}
