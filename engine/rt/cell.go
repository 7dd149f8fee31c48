package rt

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/rt/stack"
)

// The kinds of failure an Outcome can have.
const (
	KindPanic     = "panic"     // a panic, in the cell's main or another goroutine
	KindExit      = "exit"      // os.Exit, log.Fatal
	KindError     = "error"     // the last expression was a non-nil error
	KindInterrupt = "interrupt" // stopped by the user
	KindOverflow  = "overflow"  // a goroutine's stack grew past the limit
	KindMemory    = "memory"    // the process grew past its memory limit
)

// A Failure says why a cell failed.
type Failure struct {
	Kind  string        `json:"kind"`
	Text  string        `json:"text"`            // in Go's own words, e.g. "panic: runtime error: …"
	Code  int           `json:"code,omitempty"`  // the exit code, with KindExit
	Stack []stack.Frame `json:"stack,omitempty"` // user frames, innermost first
}

// An Outcome is how a run ended.
type Outcome struct {
	Result  *display.Bundle
	Failure *Failure
	// Live counts the goroutines of the cell that still run.
	Live int
	// Abandoned are those that a stop could not reach, because they block in
	// an operation that Go gives no way to end.
	Abandoned []stack.Goroutine
}

// A Cell is one run of one cell. Its exported methods for generated code
// (Show, Result, ResultErr) are called by the cell's main goroutine; the
// others are safe for concurrent use.
type Cell struct {
	ID uint64 // identifies the run in frames and in stack dumps
	// Declared counts the session variables whose declarations the run has
	// reached; written by the main goroutine, read after the run.
	Declared int
	replaces []Binding // see Expect
	timing   *Timing

	done    chan struct{} // closed by Stop
	stopped atomic.Bool
	ended   atomic.Bool // main has returned
	result  *display.Bundle

	mu        sync.Mutex
	failure   *Failure
	owners    owner // head of the list of live goroutines
	live      int
	idle      chan struct{} // closed when live falls to 0 while somebody waits
	quietTill time.Time     // no deadlock before: a timer is pending
}

var nextGoroutine atomic.Uint64

// NewCell returns a cell ready to Run.
func NewCell(id uint64) *Cell {
	c := &Cell{ID: id, done: make(chan struct{})}
	c.owners.next, c.owners.prev = &c.owners, &c.owners
	return c
}

// enter makes a new owner, which leave takes back.
func (c *Cell) enter() *owner {
	return c.add(&owner{labels: ownedLabels, cell: c, id: nextGoroutine.Add(1)})
}

func (c *Cell) add(o *owner) *owner {
	c.mu.Lock()
	o.prev, o.next = c.owners.prev, &c.owners
	o.prev.next, c.owners.prev = o, o
	if c.live == 0 {
		c.keep()
	}
	c.live++
	c.mu.Unlock()
	return o
}

func (c *Cell) leave(o *owner) {
	if o.ended != nil {
		close(o.ended)
	}
	c.mu.Lock()
	o.prev.next, o.next.prev = o.next, o.prev
	c.live--
	if c.live == 0 {
		c.forget()
		if c.idle != nil {
			close(c.idle)
			c.idle = nil
		}
	}
	c.mu.Unlock()
}

// Live counts the cell's goroutines, its main one included.
func (c *Cell) Live() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.live
}

// alive reports whether the cell runs or has live goroutines.
func (c *Cell) alive() bool { return !c.ended.Load() || c.Live() > 0 }

// whenIdle returns a channel that is closed once no goroutine is left.
func (c *Cell) whenIdle() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live == 0 {
		ch := make(chan struct{})
		close(ch)
		return ch
	}
	if c.idle == nil {
		c.idle = make(chan struct{})
	}
	return c.idle
}

// fail records why the cell failed; the first reason stays. It reports
// whether this was the first.
func (c *Cell) fail(f *Failure) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failure != nil {
		return false
	}
	c.failure = f
	return true
}

// witness notes where the calling goroutine of a cell that used too much memory
// was computing when it was stopped.
func (c *Cell) witness() {
	c.mu.Lock()
	told := c.placed()
	c.mu.Unlock()
	if !told && !waiting() {
		c.Witness(callers())
	}
}

// Witness gives the failure of a cell that used too much memory the place where
// a goroutine of it was computing, unless it has one.
func (c *Cell) Witness(frames []stack.Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.placed() {
		at := *c.failure // which may be that of several cells
		at.Stack = frames
		c.failure = &at
	}
}

// placed reports whether the failure has its place, or needs none. c.mu is
// held.
func (c *Cell) placed() bool {
	f := c.failure
	return f == nil || f.Kind != KindMemory || len(f.Stack) > 0 || c.ended.Load()
}

// Stop ends the cell's goroutines for the given reason, nil for an interrupt.
// It returns at once; Run returns within 200 ms unless user code computes on
// in a function without checks.
func (c *Cell) Stop(why *Failure) {
	if why == nil {
		why = &Failure{Kind: KindInterrupt, Text: "interrupted"}
	}
	c.fail(why)
	if c.stopped.CompareAndSwap(false, true) {
		Late.Add(1) // before it wakes anybody
		close(c.done)
		c.mu.Lock()
		for o := c.owners.next; o != &c.owners; o = o.next {
			if o.quit != nil {
				o.stopOne()
			}
		}
		c.mu.Unlock()
		Stopping.Add(1)
		go lowerStopping(c.whenIdle())
	}
}

// Interrupt stops the cell, unless it has ended: then it has told how, and the
// goroutines that it left go on.
func (c *Cell) Interrupt() {
	c.mu.Lock()
	if c.ended.Load() {
		c.mu.Unlock()
		return
	}
	if c.failure == nil {
		c.failure = &Failure{Kind: KindInterrupt, Text: "interrupted"}
	}
	c.mu.Unlock()
	c.Stop(nil)
}

// Show displays a value now. The static type is the one the source gives it.
func (c *Cell) Show(v any, static string) { publish(c, display.Of(v, static)) }

// Result keeps a value as the cell's result, the value of its last expression.
func (c *Cell) Result(v any, static string) {
	b := display.Of(v, static)
	c.result = &b
}

// ResultErr fails the cell when the last call's error is not nil.
func (c *Cell) ResultErr(err error) {
	if err != nil {
		c.Stop(&Failure{Kind: KindError, Text: errorText(err)})
	}
}

// Stopped returns a channel that is closed when the cell is stopped.
func (c *Cell) Stopped() <-chan struct{} { return c.done }

// Idle returns a channel that is closed once none of the cell's goroutines is
// left.
func (c *Cell) Idle() <-chan struct{} { return c.whenIdle() }
