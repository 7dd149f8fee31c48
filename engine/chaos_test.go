//go:build unix

package engine

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
)

var (
	chaosTime = flag.Duration("chaos", 40*time.Second, "how long TestSessionChaos runs")
	chaosSeed = flag.Uint64("chaos-seed", 0, "the seed of TestSessionChaos; 0: a new one")
)

// chaosModel is what the session must hold: nil maps nothing was declared.
type chaosModel struct {
	vars  map[string]int // live variables
	lost  map[string]bool
	funcs map[string]int // f(x) = x + value
}

// chaos is a session under random attack, with a model of its state.
type chaos struct {
	*hostile
	rnd   *rand.Rand
	model chaosModel
	pids  map[int]bool
}

// A chaosCell is a cell and what it does to the model: one that
// is stopped may have come as far as its first write.
type chaosCell struct {
	src string

	name   string // the variable that it writes
	before int    // what it writes first
	after  int    // what it writes last
	fresh  bool   // it declares the variable
	fn     string
	value  int
	ends   bool // it comes to its end when nobody interrupts it
	fails  bool // it ends with an error by itself
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
		model: chaosModel{vars: map[string]int{}, lost: map[string]bool{}, funcs: map[string]int{}},
	}
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

// pick makes a random cell.
func (c *chaos) pick() chaosCell {
	n := c.rnd.IntN(1000)
	name := string(rune('a' + c.rnd.IntN(4)))
	fn := "f" + strconv.Itoa(c.rnd.IntN(3))
	_, live := c.model.vars[name]
	if !live {
		return chaosCell{src: fmt.Sprintf("%s := %d", name, n), name: name, after: n, fresh: true, ends: true}
	}
	if _, ok := c.model.funcs[fn]; !ok || c.rnd.IntN(8) == 0 {
		return chaosCell{src: fmt.Sprintf("func %s(x int) int { return x + %d }", fn, n), fn: fn, value: n, ends: true}
	}
	write := func(body string) string {
		return fmt.Sprintf("%s = %d\n%s\n%s = %s(%d)", name, n, body, name, fn, n)
	}
	cell := chaosCell{name: name, before: n, after: n + c.model.funcs[fn]}
	bodies := []struct {
		src         string
		ends, fails bool
	}{
		{src: "", ends: true},
		{src: "time.Sleep(3 * time.Millisecond)", ends: true},
		{src: "for {\n}"},
		{src: "select {}"},
		{src: "never := make(chan int)\n<-never"},
		{src: "var w sync.WaitGroup\nfor range 4 { w.Go(func() { for {\n} }) }\nw.Wait()"},
		{src: "for i := range 3 { go func() { time.Sleep(time.Duration(i) * time.Millisecond) }() }", ends: true},
		{src: "panic(\"chaos\")", fails: true},
		{src: "go func() { panic(\"in a goroutine\") }()\nselect {}", fails: true},
		{src: "os.Exit(3)", fails: true},
	}
	b := bodies[c.rnd.IntN(len(bodies))]
	cell.src, cell.ends, cell.fails = write(b.src), b.ends, b.fails
	return cell
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
	out, ended := c.start(ctx, hostileCell{cell: cell.src})
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

// apply moves the model on by what a cell did, as far as its end tells; what
// it can't tell is read from the session and must be one of what is possible.
func (c *chaos) apply(cell chaosCell, end error, kill, interrupt bool) {
	m := &c.model
	if cell.fn != "" {
		if end == nil {
			m.funcs[cell.fn] = cell.value
		} else if !Interrupted(end) && !kill {
			c.Errorf("%s: %v", cell.src, end)
		}
	}
	if kill {
		for name := range m.vars {
			m.lost[name] = true
		}
		if cell.fresh {
			delete(m.lost, cell.name)
			c.mayDeclare(cell.name)
		}
		clear(m.vars)
		return
	}
	switch {
	case cell.fn != "":
	case end == nil && !cell.fails:
		m.vars[cell.name] = cell.after
		delete(m.lost, cell.name)
	case end == nil:
		c.Errorf("%s succeeded", cell.src)
	case cell.fails && !interrupt:
		m.vars[cell.name] = cell.before
	case Interrupted(end) || cell.fails:
		c.stopped(cell)
	default:
		c.Errorf("%s: %v", cell.src, end)
	}
}

// mayDeclare takes over whether a declaration came through before the kill.
func (c *chaos) mayDeclare(name string) {
	var lost string
	if _, _, err := c.exec(name); err != nil {
		lost = err.Error()
	}
	if lost != "" && lost[:len(name)] == name {
		c.model.lost[name] = true
	}
}

// stopped takes over which of the possible values an interrupted cell left.
func (c *chaos) stopped(cell chaosCell) {
	was, live := c.model.vars[cell.name]
	text, _, err := c.exec(cell.name)
	got, _ := strconv.Atoi(text)
	switch {
	case err != nil && (cell.fresh || c.model.lost[cell.name]):
	case err != nil:
		c.Errorf("%s after an interrupt: %v", cell.name, err)
	case live && got == was, got == cell.before && !cell.fresh, got == cell.after && (cell.ends || cell.fresh):
		c.model.vars[cell.name] = got
		delete(c.model.lost, cell.name)
	default:
		c.Errorf("%s is %d after an interrupt of\n%s\nit was %d (%v)", cell.name, got, cell.src, was, live)
	}
}

// compare reads all that the model holds from the session.
func (c *chaos) compare() {
	for name, want := range c.model.vars {
		if got := c.must(name); got != strconv.Itoa(want) {
			c.Errorf("%s is %s, want %d", name, got, want)
		}
	}
	for name := range c.model.lost {
		if _, _, err := c.exec(name); err == nil {
			c.Errorf("%s was lost and has a value", name)
		}
	}
	for name, add := range c.model.funcs {
		if got := c.must(name + "(1000)"); got != strconv.Itoa(1000+add) {
			c.Errorf("%s(1000) is %s, want %d", name, got, 1000+add)
		}
	}
}
