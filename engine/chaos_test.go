//go:build unix

package engine

import (
	"context"
	"flag"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
)

var (
	chaosTime = flag.Duration("chaos", 40*time.Second, "how long TestSessionChaos runs")
	chaosSeed = flag.Uint64("chaos-seed", 0, "the seed of TestSessionChaos; 0: a new one")
)

// chaosModel is what the session must hold.
type chaosModel struct {
	vars  map[string]string // live variables, as text
	text  map[string]bool   // those that are texts
	lost  map[string]bool
	funcs map[string]chaosFunc
	ticks bool // a goroutine of an earlier cell ticks
}

// chaos is a session under random attack, with a model of its state.
type chaos struct {
	*hostile
	rnd   *rand.Rand
	model chaosModel
	pids  map[int]bool
}

// TestSessionChaos runs random cells with interrupts and kills at random
// moments and compares every variable and function with the model afterwards.
func TestSessionChaos(t *testing.T) {
	e := testEngine(t)
	seed := *chaosSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("seed %d", seed)
	h := newHostile(t, Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}, MemoryLimit: 1 << 30})
	c := &chaos{
		hostile: h, rnd: rand.New(rand.NewPCG(seed, 1)), pids: map[int]bool{},
		model: chaosModel{vars: map[string]string{}, text: map[string]bool{}, lost: map[string]bool{}, funcs: map[string]chaosFunc{}},
	}
	c.must(chaosSetup)
	cells, kills := 0, 0
	for end := time.Now().Add(*chaosTime); time.Now().Before(end); cells++ {
		if c.step() {
			kills++
		}
		c.compare()
		if t.Failed() {
			t.Fatalf("after cell %d, seed %d", cells, seed)
		}
	}
	t.Logf("%d cells, %d engines killed", cells, kills)
	h.s.Close()
	for pid := range c.pids {
		if left := session.Members(pid); len(left) > 0 {
			t.Errorf("processes left behind by engine %d: %v", pid, left)
		}
	}
}

// step runs one cell under attack and moves the model on; it reports whether
// the engine was killed.
func (c *chaos) step() (killed bool) {
	cell := c.pick()
	ctx, cancel := context.WithTimeout(c.Context(), time.Minute)
	defer cancel()
	e, _, err := c.s.engine(ctx)
	if err != nil {
		c.Fatal(err)
	}
	c.pids[e.PID()] = true
	kill := c.rnd.IntN(12) == 0
	interrupt := !cell.ends && !cell.fails || c.rnd.IntN(4) == 0
	delay := time.Duration(c.rnd.IntN(4000)) * time.Microsecond
	out, ended := c.run(ctx, cell)
	var end error
	for waiting := true; waiting; {
		select {
		case end = <-ended:
			waiting = false
		case <-time.After(delay):
			switch {
			case kill:
				syscall.Kill(e.PID(), syscall.SIGKILL)
			case interrupt:
				c.s.Interrupt()
			}
			delay = 20 * time.Millisecond
		}
	}
	if ctx.Err() != nil {
		c.Errorf("hung: %s\n%s", cell.src, out.stderr())
	}
	if kill {
		syscall.Kill(e.PID(), syscall.SIGKILL)
		<-e.Done()
	}
	c.apply(cell, end, kill, interrupt)
	return kill
}

// run starts a cell in a goroutine.
func (c *chaos) run(ctx context.Context, cell chaosCell) (*recorder, <-chan error) {
	if !cell.loop && cell.line == "" {
		return c.start(ctx, hostileCell{cell: cell.src})
	}
	c.count++
	out, ended := &recorder{}, make(chan error, 1)
	spec := VectorizeSpec{Workers: []int{1 + c.rnd.IntN(4)}, Quiet: true}
	if cell.loop {
		spec.Loop = Source{Text: "for i := range xs {\n" + cell.src + "\n}", Line: 2, Col: 1}
	} else {
		spec.Func, spec.Items = Source{Text: cell.line, Line: 1, Col: 12}, Source{Text: strconv.Itoa(chaosItems), Line: 1, Col: 20}
		spec.Result, spec.LHS, spec.Op = []string{cell.name}, Source{Text: cell.name, Line: 1, Col: 1}, ":="
	}
	begun := c.s.Begin(c.count, cell.src+cell.line, out)
	go func() {
		_, err := c.s.Vectorize(ctx, begun, spec, nil)
		ended <- err
	}()
	return out, ended
}

// apply moves the model on by what a cell did, as far as its end tells; what
// it can't tell is read from the session and must be one of what is possible.
func (c *chaos) apply(cell chaosCell, end error, kill, interrupt bool) {
	m := &c.model
	switch {
	case cell.fn != "" && end == nil:
		m.funcs[cell.fn] = cell.value
	case cell.fn != "" && !Interrupted(end) && !kill:
		c.Errorf("%s: %v", cell.src, end)
	}
	if kill {
		c.killed(cell)
		return
	}
	switch {
	case cell.fn != "":
	case cell.ticker:
		m.ticks = end == nil
		if end != nil && !Interrupted(end) {
			c.Errorf("%s: %v", cell.src, end)
		}
	case end == nil && !cell.fails:
		c.wrote(cell, cell.steps[len(cell.steps)-1])
	case end == nil:
		c.Errorf("%s succeeded", cell.src)
	case cell.fails && !interrupt && !cell.keeps:
		c.wrote(cell, cell.steps[0])
	case Interrupted(end) || cell.fails:
		c.stopped(cell)
	default:
		c.Errorf("%s: %v", cell.src, end)
	}
}

// wrote notes a variable's value.
func (c *chaos) wrote(cell chaosCell, value string) {
	c.model.vars[cell.name] = value
	c.model.text[cell.name] = value[0] == 't'
	delete(c.model.lost, cell.name)
}

// killed notes that all variables went with the engine, and starts over with
// the one that the ticking goroutine needs.
func (c *chaos) killed(cell chaosCell) {
	m := &c.model
	for name := range m.vars {
		m.lost[name] = true
	}
	clear(m.vars)
	m.ticks = false
	c.must("var ticks atomic.Int64")
	if cell.fresh {
		c.mayDeclare(cell)
	}
}

// mayDeclare takes over whether a declaration came through before the kill, or
// after it in a fresh engine.
func (c *chaos) mayDeclare(cell chaosCell) {
	got, _, err := c.exec(cell.name)
	delete(c.model.lost, cell.name)
	switch {
	case err == nil && got == cell.steps[0]:
		c.wrote(cell, got)
	case err == nil:
		c.Errorf("%s is %s after %s%s and a kill", cell.name, got, cell.src, cell.line)
	case strings.HasPrefix(err.Error(), cell.name):
		c.model.lost[cell.name] = true
	}
}

// stopped takes over which of the possible values a stopped cell left.
func (c *chaos) stopped(cell chaosCell) {
	was, live := c.model.vars[cell.name]
	got, _, err := c.exec(cell.name)
	could := cell.steps
	switch {
	case cell.keeps && !cell.ends:
		could = nil
	case !cell.ends && !cell.fresh:
		could = could[:len(could)-1] // the last is never reached
	}
	switch {
	case err != nil && !live && (cell.fresh || c.model.lost[cell.name]):
	case err != nil:
		c.Errorf("%s after an interrupt: %v", cell.name, err)
	case slices.Contains(could, got):
		c.wrote(cell, got)
	case !live || got != was:
		c.Errorf("%s is %s after an interrupt of\n%s%s\nit was %q (%v)", cell.name, got, cell.src, cell.line, was, live)
	}
}

// compare reads all that the model holds from the session.
func (c *chaos) compare() {
	for name, want := range c.model.vars {
		if got := c.must(name); got != want {
			c.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for name := range c.model.lost {
		if _, _, err := c.exec(name); err == nil {
			c.Errorf("%s was lost and has a value", name)
		}
	}
	for name := range c.model.funcs {
		if got, want := c.must(name+"(1000)"), strconv.Itoa(c.model.call(name, 1000)); got != want {
			c.Errorf("%s(1000) is %s, want %s", name, got, want)
		}
	}
	if c.model.ticks {
		if got := c.must("ticking()"); got != "true" {
			c.Errorf("the goroutine of an earlier cell has stopped")
		}
	}
}
