package rt

import (
	"time"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// settle is how long a stopped cell's goroutines have to end before those that
// are blocked for good are abandoned. With the engine's polling it keeps an
// interrupt within 200 ms.
const settle = deferGrace + 30*time.Millisecond

// Run calls fn in a goroutine that belongs to the cell and waits until it
// returns, panics or is stopped. A stop that finds the goroutine blocked in an
// operation that can't be ended abandons it; while it computes, Run waits on.
func (c *Cell) Run(fn func(*Cell)) Outcome {
	main := make(chan struct{})
	o := c.enter()
	if c.stopped.Load() { // before it began
		c.leave(o)
		return Outcome{Failure: c.failure}
	}
	go c.runMain(goTag{tagMagic, c.ID, o.id}, o, fn, main)
	var out Outcome
	select {
	case <-main:
		if c.stopped.Load() {
			out.Abandoned = c.settleAll()
		} else {
			c.lastSteps()
		}
	case <-c.done:
		out.Abandoned = c.settleMain(main)
	}
	c.mu.Lock()
	c.ended.Store(true)
	out.Failure = c.failure
	out.Live = c.live
	c.mu.Unlock()
	if out.Failure == nil {
		out.Result = c.result
	}
	return out
}

// parting is how long goroutines that have done their work get to end before
// they are counted as left running.
const parting = 10 * time.Millisecond

// lastSteps lets goroutines end that have told so already: a worker's Done is
// heard before the worker is gone. Cells without goroutines don't wait.
func (c *Cell) lastSteps() {
	if c.Live() == 0 {
		return
	}
	t := time.NewTimer(parting)
	defer t.Stop()
	select {
	case <-c.whenIdle():
	case <-c.done:
	case <-t.C:
	}
}

// goTag identifies a goroutine in a stack dump. An array of several words is
// passed in memory, so that a traceback prints it exactly.
type goTag [3]uint64

const tagMagic = stack.TagMagic

//go:noinline
func (c *Cell) runMain(_ goTag, o *owner, fn func(*Cell), done chan<- struct{}) {
	setOwner(o)
	returned := false
	defer close(done)
	defer c.leave(o)
	defer func() {
		if !returned {
			chain := Panics()
			c.caught(recover(), chain)
		}
	}()
	fn(c)
	returned = true
}

// caught handles how a goroutine of the cell ended other than by returning: by
// a panic with value v, the last of chain, or by Goexit (v nil).
func (c *Cell) caught(v any, chain Chain) {
	if v == nil {
		return
	}
	f := failureOf(v, chain)
	if c.ended.Load() {
		note(c, f)
		return
	}
	c.Stop(f)
}

// failureOf words a panic; a value with a CellFailure method is an error of the
// run-time support (a parallel loop's item), not a panic of the program.
func failureOf(v any, chain Chain) *Failure {
	if f, ok := SupportFailure(v); ok {
		return f
	}
	f := &Failure{Kind: KindPanic, Text: chain.Text(v), Stack: callers()}
	if o := current(); o != nil && o.place != nil {
		f.Stack = append(f.Stack, o.place())
	}
	return f
}

// SupportFailure words a value with a CellFailure method; false when v has
// none.
func SupportFailure(v any) (f *Failure, ok bool) {
	l, ok := v.(interface{ CellFailure() ([]byte, error) })
	if !ok {
		return nil, false
	}
	dump, err := l.CellFailure()
	f = &Failure{Kind: KindError, Text: errorText(err)}
	for _, g := range stack.ParseDump(string(dump)) {
		f.Stack = append(f.Stack, g.Frames...)
	}
	return f, true
}

// settling is settle, or a second while stacks are deep: they take a while to
// unwind, and a dump walks all of them with the world stopped.
func settling() time.Duration {
	if deep.Load() {
		return time.Second
	}
	return settle
}

// settleMain waits, after a stop, for the cell's goroutines to end.
func (c *Cell) settleMain(main <-chan struct{}) []stack.Goroutine {
	ending := c.progress()
	select {
	case <-main:
		return c.settleAll()
	case <-time.After(settling()):
	}
	// Blocked for good, the cell is given up at once. While it computes the
	// wait goes on: the kernel process ends that after its grace period.
	for {
		if !ending() {
			if left := c.goroutines(); !anyRunning(left) {
				return left
			}
		}
		select {
		case <-main:
			return c.settleAll()
		case <-time.After(settling()):
		}
	}
}

// progress returns a function that reports whether goroutines of the cell have
// ended since it was called last, for half of computing, or deep stacks are
// being unwound: they end as fast as they can, and to look at them would hold
// them up. A dump of deep stacks takes as long as unwinding them.
func (c *Cell) progress() func() bool {
	live, start, cpu := c.Live(), time.Now(), processTime()
	return func() bool {
		before, used := live, cpu
		live, cpu = c.Live(), processTime()
		return live < before && time.Since(start) < computing/2 || deep.Load() && cpu-used > unwinding
	}
}

// unwinding is the CPU time in a settling from which the process does
// something, however busy the machine is.
const unwinding = 2 * time.Millisecond

func processTime() time.Duration {
	user, sys := CPUTime()
	return user + sys
}

// computing is how long goroutines that compute on hold up the end of a
// stopped cell whose statements have ended. It is longer than the kernel
// process's grace period, which ends them after an interrupt.
const computing = 3 * time.Second

// settleAll waits for the goroutines of a stopped cell whose main one has
// ended, and names those that don't end.
func (c *Cell) settleAll() []stack.Goroutine {
	idle := c.whenIdle()
	ending := c.progress()
	for start := time.Now(); ; {
		select {
		case <-idle:
			return nil
		case <-time.After(settling()):
		}
		if ending() {
			continue
		}
		left := c.goroutines()
		if !anyRunning(left) || time.Since(start) > computing {
			return left
		}
	}
}

func anyRunning(gs []stack.Goroutine) bool {
	for _, g := range gs {
		if !g.Blocked() {
			return true
		}
	}
	return false
}
