//go:build unix

package process_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

var chaosTime = flag.Duration("chaos", 5*time.Second, "how long TestChaos runs")

// chaosCells are what the chaos runs. Each adds 1 to n before it does what its
// name says and 1000 after; only "add" gets there.
var chaosCells = map[string]string{
	"add":     "",
	"spin":    "for { " + check + " }",
	"wait":    "rt.Forever()",
	"lock":    "mu := make(chan int); defer close(mu); rt.Recv(mu)",
	"panic":   "panic(\"chaos\")",
	"worker":  "rt.Go(func() { panic(\"in a worker\") }); rt.Forever()",
	"exit":    "rt.Exit(1)",
	"workers": "for range 8 { rt.Go(func() { for { " + check + " } }) }; rt.Forever()",
}

// needsInterrupt are those that end only when they are interrupted.
var needsInterrupt = map[string]bool{"spin": true, "wait": true, "lock": true, "workers": true}

// chaos is a session under random attack, with a model of its one variable.
type chaos struct {
	*bench
	rnd   *rand.Rand
	sup   *process.Supervisor
	units map[string]wire.Load // built once
	gen   int
	fresh bool // the variable has no storage in this engine
	n     int  // the model
}

// TestChaos runs random cells with interrupts and kills at random moments and
// compares the session's variable with a model after each.
func TestChaos(t *testing.T) {
	b := newBench(t)
	c := &chaos{bench: b, rnd: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1)), units: map[string]wire.Load{}, gen: -1}
	for name, body := range chaosCells {
		s := source{vars: map[string]string{"n": "int"}, body: "*n++\n" + body + "\n*n += 1000\nc.Result(*n, \"int\")"}
		c.units[name] = b.built(s)
	}
	c.units["get"] = b.built(source{vars: map[string]string{"n": "int"}, body: "c.Result(*n, \"int\")"})
	c.sup = process.NewSupervisor(b.cfg, true)
	t.Cleanup(c.sup.Close)
	var names []string
	for name := range chaosCells {
		names = append(names, name)
	}
	runs := 0
	for end := time.Now().Add(*chaosTime); time.Now().Before(end); runs++ {
		if err := c.step(names[c.rnd.IntN(len(names))]); err != nil {
			t.Fatalf("run %d: %v", runs, err)
		}
	}
	t.Logf("%d runs, %d engines", runs, c.gen+1)
}

// step runs one cell under attack and checks the model after it.
func (c *chaos) step(name string) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer cancel()
	e, gen, err := c.sup.Engine(ctx)
	if err != nil {
		return err
	}
	if gen != c.gen {
		c.gen, c.n, c.fresh = gen, 0, true
	}
	kill := c.rnd.IntN(10) == 0
	interrupt := needsInterrupt[name] || c.rnd.IntN(3) == 0
	delay := time.Duration(c.rnd.IntN(3000)) * time.Microsecond
	cell := c.cell.Add(1)
	ended := make(chan struct{})
	attacked := make(chan struct{})
	go func() {
		defer close(attacked)
		attack(e, cell, kill, interrupt, delay, ended)
	}()
	out, err := c.call(ctx, e, name, cell)
	close(ended)
	<-attacked
	if err == nil {
		err = c.compare(ctx, e, name, out)
	}
	if _, died := process.IsDeath(err); died && kill {
		if left := session.Members(e.PID()); len(left) > 0 {
			return fmt.Errorf("processes left behind: %v", left)
		}
		return nil
	}
	return err
}

// attack kills the engine or interrupts the cell, again and again until it has
// ended: an interrupt may come before the run.
func attack(e *process.Engine, cell uint64, kill, interrupt bool, delay time.Duration, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		case <-time.After(delay):
		}
		switch {
		case kill:
			syscall.Kill(e.PID(), syscall.SIGKILL)
			return
		case interrupt:
			e.Interrupt(cell)
		}
	}
}

// call loads a unit where the engine is new, and runs it.
func (c *chaos) call(ctx context.Context, e *process.Engine, name string, cell uint64) (out wire.Outcome, err error) {
	u := c.units[name]
	if err := e.Call(ctx, wire.MethodLoad, u, nil); err != nil {
		return out, err
	}
	p := wire.Run{Cell: cell, Unit: u.Unit, Bind: []rt.Binding{{Slot: "n", Var: "n#1", New: c.fresh}}}
	if err := e.Call(ctx, wire.MethodRun, p, &out); err != nil {
		return out, err
	}
	c.fresh = false
	return out, nil
}

// compare reads the variable and checks it and the outcome with the model.
func (c *chaos) compare(ctx context.Context, e *process.Engine, name string, out wire.Outcome) error {
	got, err := c.call(ctx, e, "get", c.cell.Add(1))
	if err != nil {
		return err
	}
	if got.Failure != nil || got.Result == nil {
		return fmt.Errorf("reading after %s: %+v", name, got.Failure)
	}
	n, err := strconv.Atoi(got.Result.Text["text/plain"])
	if err != nil {
		return err
	}
	begun, finished := n == c.n+1, name == "add" && n == c.n+1001
	// An interrupt may come before the first statement or after the last one.
	interrupted := out.Failure != nil && out.Failure.Kind == rt.KindInterrupt && (n == c.n || finished)
	switch {
	case out.Failure == nil && !finished:
		return fmt.Errorf("%s succeeded: n is %d after %d", name, n, c.n)
	case out.Failure != nil && !begun && !interrupted:
		return fmt.Errorf("%s failed by %s: n is %d after %d", name, out.Failure.Kind, n, c.n)
	case out.Live != 0 || len(out.Abandoned) != 0:
		return fmt.Errorf("%s left goroutines: %+v", name, out)
	}
	c.n = n
	return nil
}
