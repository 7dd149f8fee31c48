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
	name, result, magic string
	minPython           float64 // how many times faster than the pool it should be, 0: no aim
}{
	{"1e5 strings tokenised", "tokens", "tokenize words", 0},
	{"fib(18) × 1000", "smalls", "fib small", 0},
	{"fib(25) × 100", "bigs", "fib big", 20},
}

// times are of one side, by row and round: seconds by the clock and of
// processor time, which a busy machine disturbs less.
type times struct{ wall, cpu [][]float64 }

func newTimes() times { return times{make([][]float64, len(rows)), make([][]float64, len(rows))} }

func (t times) add(row int, wall, cpu float64) {
	t.wall[row], t.cpu[row] = append(t.wall[row], wall), append(t.cpu[row], cpu)
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
	ours, hand, pythons := newTimes(), newTimes(), newTimes()
	for range *rounds {
		for i, r := range rows {
			report, wall, err := k.Report(fmt.Sprintf("%s := %%vectorize -w %d %s", r.result, *workers, r.magic))
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			cpu, _ := report["cpu_s"].(float64)
			ours.add(i, wall, cpu)
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

func table(ours, hand, pythons times) {
	fmt.Printf("%%vectorize -w %d in a notebook, medians of %d rounds (ratios of one run)\n", *workers, *rounds)
	fmt.Printf("%-24s%12s%12s%12s%16s%8s%8s%12s%8s\n", "", "%vectorize", "by hand", "Pool", "of by hand", "by CPU", "aim", "Pool / it", "aim")
	for i, r := range rows {
		o, h := bench.Median(ours.wall[i]), bench.Median(hand.wall[i])
		python, faster, aim := "–", "", ""
		if len(pythons.wall[i]) > 0 {
			p := bench.Median(pythons.wall[i])
			python, faster = fmt.Sprintf("%.1f ms", 1e3*p), fmt.Sprintf("%.1f×", p/o)
			if r.minPython > 0 {
				aim = fmt.Sprintf("≥ %.0f", r.minPython)
			}
		}
		fmt.Printf("%-24s%9.2f ms%9.2f ms%12s%16.2f%8.2f%8s%12s%8s\n", r.name, 1e3*o, 1e3*h, python, o/h,
			bench.Median(ours.cpu[i])/bench.Median(hand.cpu[i]), fmt.Sprintf("≤ %.1f", maxNative), faster, aim)
	}
}

// A peer is a program that runs all loads once for each line it reads, and
// answers with their seconds, by the clock and of processor time.
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
func (p *peer) round(t times) error {
	if _, err := fmt.Fprintln(p.in); err != nil {
		return err
	}
	if !p.out.Scan() {
		return fmt.Errorf("%s ended: %v", p.cmd.Path, p.out.Err())
	}
	for i := range rows {
		var wall, cpu float64
		fields := strings.Fields(p.out.Text())
		if len(fields) != 2*len(rows) {
			return fmt.Errorf("%s answered %q", p.cmd.Path, p.out.Text())
		}
		if _, err := fmt.Sscan(fields[2*i]+" "+fields[2*i+1], &wall, &cpu); err != nil {
			return err
		}
		t.add(i, wall, cpu)
	}
	return nil
}

func (p *peer) close() {
	p.in.Close()
	_ = p.cmd.Wait() // it ends with its input
}
