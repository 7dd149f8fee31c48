// Stopping measures what it takes to stop a cell, what the checks that make it
// stoppable cost, and how long the session needs after its engine's death.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/tests/bench"
)

var (
	rounds           = flag.Int("rounds", 50, "interrupts of each kind")
	turnsInterpreted = flag.Int("turns", 25, "turns of each interpreted workload")
)

func main() { bench.Main("stopping", run) }

func run() error {
	b, err := bench.NewSession()
	if err != nil {
		return err
	}
	defer b.Close()
	s := session{b}
	for _, part := range []func() error{s.interrupts, s.checkpoints, interpreted, s.death} {
		if err := part(); err != nil {
			return err
		}
		fmt.Println()
	}
	return nil
}

// session is what is measured.
type session struct{ *bench.Session }

// shown keeps what a cell shows.
type shown struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *shown) Stream(_, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.WriteString(text)
}
func (o *shown) Display(display.Bundle) {}
func (o *shown) Clear(bool)             {}

func (o *shown) has(text string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Contains(o.text.String(), text)
}

func (s session) interrupts() error {
	fmt.Printf("interrupt → idle, %d each     median       max   (aim: 200 ms)\n", *rounds)
	if _, err := s.Run("func spin(n int) int { for { n++ } }", bench.Silent{}); err != nil {
		return err
	}
	for _, c := range []struct{ name, src, wait string }{
		{"empty loop", "fmt.Println(\"begun\")\nfor {\n}", "begun"},
		{"loop in a call", "fmt.Println(\"begun\")\nspin(1)", "begun"},
		{"Sleep", "fmt.Println(\"begun\")\ntime.Sleep(time.Hour)", "begun"},
		{"blocked channel", "fmt.Println(\"begun\")\n<-make(chan int)", "begun"},
		{"deadlock", "fmt.Println(\"begun\")\nvar wg sync.WaitGroup\nwg.Go(func() { select {} })\nwg.Wait()", "begun"},
		{"8 busy workers", "fmt.Println(\"begun\")\nvar busy sync.WaitGroup\nfor range 8 { busy.Go(func() { for {\n} }) }\nbusy.Wait()", "begun"},
	} {
		var took []time.Duration
		for range *rounds {
			d, err := s.interrupt(c.src, c.wait)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			took = append(took, d)
		}
		slices.Sort(took)
		fmt.Printf("%-26s %9.1f ms %6.1f ms\n", c.name, ms(took[len(took)/2]), ms(took[len(took)-1]))
	}
	return nil
}

// interrupt runs a cell, interrupts it once it has begun, and returns how long
// it took to end.
func (s session) interrupt(src, wait string) (time.Duration, error) {
	out, ended := &shown{}, make(chan error, 1)
	go func() {
		_, err := s.Run(src, out)
		ended <- err
	}()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for !out.has(wait) {
		select {
		case err := <-ended:
			return 0, fmt.Errorf("ended before it was interrupted: %w", err)
		case <-poll.C:
		}
	}
	t0 := time.Now()
	s.Interrupt()
	if err := <-ended; !engine.Interrupted(err) {
		return 0, fmt.Errorf("ended with %w", err)
	}
	return time.Since(t0), nil
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

// measure is what both sides time a workload with: the best of nine runs, in
// time that the thread computed (3 is Linux's CLOCK_THREAD_CPUTIME_ID).
const measure = `
func used() int64 {
	var t syscall.Timespec
	if _, _, err := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, 3, uintptr(unsafe.Pointer(&t)), 0); err != 0 { panic(err) }
	return t.Nano()
}
func best(f func() int) (ns int64) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ns = 1 << 62
	sum := 0
	for i := 0; i < 9; i++ {
		t := used()
		sum += f()
		ns = min(ns, used()-t)
	}
	if sum == 42 { println(sum) }
	return ns
}
`

// A workload is a function work; N in its name and source is a number: n on
// the compiled tier, small on the interpreted one.
var workloads = []struct {
	name     string
	n, small int
	src      string
}{
	{"loop of N", 10_000_000, 500_000, "func work() int { x := 1; for i := 0; i < N; i++ { x = x*3 + i }; return x }"},
	{"fib(N)", 30, 21, "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }\nfunc work() int { return fib(N) }"},
	{"sieve to N", 1_000_000, 100_000, `func work() int {
	const n = N
	composite := make([]bool, n+1)
	count := 0
	for i := 2; i <= n; i++ {
		if composite[i] { continue }
		count++
		for j := i * i; j <= n; j += i { composite[j] = true }
	}
	return count
}`},
	{"n-body, N steps", 100_000, 400, `type body struct{ x, y, z, vx, vy, vz, m float64 }
func work() int {
	bs := []body{{m: 39}, {x: 4.8, y: -1.1, vx: 0.6, vy: 2.8, m: 0.03}, {x: 8.3, y: 4.1, vx: -1, vy: 1.8, m: 0.01}, {x: 12, y: -15, vx: 1, vy: 0.8, m: 0.002}, {x: 15, y: -25, vx: 0.9, vy: 0.6, m: 0.002}}
	for step := 0; step < N; step++ {
		for i := range bs {
			a := &bs[i]
			for j := i + 1; j < len(bs); j++ {
				b := &bs[j]
				dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
				d2 := dx*dx + dy*dy + dz*dz
				mag := 0.001 / (d2 * math.Sqrt(d2))
				a.vx -= dx * b.m * mag; a.vy -= dy * b.m * mag; a.vz -= dz * b.m * mag
				b.vx += dx * a.m * mag; b.vy += dy * a.m * mag; b.vz += dz * a.m * mag
			}
		}
		for i := range bs { b := &bs[i]; b.x += 0.001 * b.vx; b.y += 0.001 * b.vy; b.z += 0.001 * b.vz }
	}
	return int(bs[0].x * 1e6)
}`},
	{"matrix product N", 200, 50, `func work() int {
	const n = N
	a, b, c := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range a { a[i], b[i] = float64(i%7), float64(i%5) }
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			s := 0.0
			for k := 0; k < n; k++ { s += a[i*n+k] * b[k*n+j] }
			c[i*n+j] = s
		}
	}
	return int(c[n*n-1])
}`},
}

// turns is how often cell and program run one after the other. The best counts
// on each side: what else the machine does only adds to a time.
const turns = 15

// aim is the greatest ratio of a cell's time to the program's.
const aim = 1.15

// sized writes a workload's number.
func sized(text string, n int) string { return strings.ReplaceAll(text, "N", strconv.Itoa(n)) }

// checkpoints compares cells, which carry the stop check, with the same
// functions as a Go program.
func (s session) checkpoints() error {
	fmt.Println("checkpoint cost, processor     cell        go   ratio   (aim: 1.15)")
	missed := 0
	for _, w := range workloads {
		w.name, w.src = sized(w.name, w.n), sized(w.src, w.n)
		program, err := s.program(w.src)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		if _, err := s.Run(measure+w.src, bench.Silent{}); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		cell, plain := int64(1<<62), int64(1<<62)
		for range turns {
			text, err := s.Run("best(work)", bench.Silent{})
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			out, err := exec.Command(program).Output()
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			c, err1 := strconv.ParseInt(text, 10, 64)
			p, err2 := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
			if err1 != nil || err2 != nil {
				return fmt.Errorf("%s: not a time: %q, %q", w.name, text, out)
			}
			cell, plain = min(cell, c), min(plain, p)
		}
		missed += row(w.name, float64(cell)/1e6, float64(plain)/1e6)
	}
	fmt.Printf("%d of %d within the aim\n", len(workloads)-missed, len(workloads))
	return nil
}

// row prints a workload's milliseconds with checks and without, and returns 1
// when they miss the aim.
func row(name string, with, without float64) (missed int) {
	verdict := ""
	if ratio := with / without; !(ratio > 0 && ratio <= aim) {
		verdict, missed = "   missed", 1
	}
	fmt.Printf("%-22s %9.2f ms %6.2f ms %6.2f%s\n", name, with, without, with/without, verdict)
	return missed
}

// program builds a workload as a Go program that prints its time in ns.
func (s session) program(src string) (string, error) {
	file, bin := filepath.Join(s.Dir, "work.go"), filepath.Join(s.Dir, "work.bin")
	text := "package main\nimport (\"fmt\"; \"math\"; \"runtime\"; \"syscall\"; \"unsafe\")\nvar _ = math.Pi\n" + measure + src + "\nfunc main() { fmt.Println(best(work)) }\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		return "", err
	}
	if out, err := exec.Command("go", "build", "-o", bin, file).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return bin, nil
}

// death measures the first cell after the engine's death that needs 100
// declarations of ten cells.
func (s session) death() error {
	all := "func all() int { return 0"
	for i := range 10 {
		var cell strings.Builder
		for j := range 10 {
			fmt.Fprintf(&cell, "func replayed%d(x int) int { return x + %d }\n", 10*i+j, j)
			all += fmt.Sprintf(" + replayed%d(1)", 10*i+j)
		}
		if _, err := s.Run(cell.String(), bench.Silent{}); err != nil {
			return err
		}
	}
	if _, err := s.Run(all+" }\nall()", bench.Silent{}); err != nil {
		return err
	}
	var took []time.Duration
	for range 10 {
		_, _ = s.Run("syscall.Kill(os.Getpid(), syscall.SIGKILL)\nselect {}", bench.Silent{}) // ends with the engine
		t0 := time.Now()
		got, err := s.Run("all()", bench.Silent{})
		if err != nil || got != "550" {
			return fmt.Errorf("after the engine's death all() is %q: %w", got, err)
		}
		took = append(took, time.Since(t0))
	}
	slices.Sort(took)
	fmt.Printf("engine death → next cell, 100 declarations: median %.0f ms, max %.0f ms   (aim: 500 ms)\n", ms(took[len(took)/2]), ms(took[len(took)-1]))
	return nil
}
