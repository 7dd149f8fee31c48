package rt

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Go is the go statement: fn runs in a new goroutine of the caller's cell. A
// panic in it fails the cell, at once, or as a note when the cell has ended.
func Go(fn func()) {
	o := current()
	if o == nil {
		go fn()
		return
	}
	c := o.cell
	n := c.enter()
	go c.runGo(goTag{tagMagic, c.ID, n.id}, n, fn)
}

// GoHalt is Go for a goroutine that can be stopped alone: the function it
// returns asks it to end, as a stop of the cell would, and does no harm later.
func GoHalt(fn func()) (halt func()) {
	o := current()
	if o == nil {
		go fn()
		return nil
	}
	c := o.cell
	n := c.add(&owner{
		labels: ownedLabels, cell: c, id: nextGoroutine.Add(1),
		quit: make(chan struct{}), ended: make(chan struct{}),
	})
	if c.stopped.Load() {
		n.stopOne()
	}
	go c.runGo(goTag{tagMagic, c.ID, n.id}, n, fn)
	return func() {
		select {
		case <-n.ended:
			return
		default:
		}
		Late.Add(1) // before it wakes up
		n.stopOne()
		Stopping.Add(1)
		go lowerStopping(n.ended)
	}
}

// Spare lets the calling goroutine, which GoHalt started, end in its own time:
// from now on it stops with its cell only. What a worker closes at its end is
// not left half closed because the run was over already.
func Spare() {
	if o := current(); o != nil && !o.halting {
		o.spared = true
	}
}

//go:noinline
func (c *Cell) runGo(_ goTag, o *owner, fn func()) {
	setOwner(o)
	returned := false
	defer c.leave(o)
	defer func() {
		if !returned {
			chain := Panics()
			c.caught(recover(), chain)
		}
	}()
	fn()
	returned = true
}

// WaitGroupGo is wg.Go(fn).
func WaitGroupGo(wg *sync.WaitGroup, fn func()) {
	wg.Add(1)
	Go(func() {
		defer func() {
			// As in wg.Go, a panic does not release those who wait.
			if v := recover(); v != nil {
				panic(v)
			}
			wg.Done()
		}()
		fn()
	})
}

// AfterFunc is time.AfterFunc(d, fn), with fn run in the caller's cell.
func AfterFunc(d time.Duration, fn func()) *time.Timer {
	o := current()
	if o == nil {
		return time.AfterFunc(d, fn)
	}
	o.cell.expect(d)
	return time.AfterFunc(d, o.cell.guard(fn))
}

// guard returns fn as a function that runs in its own goroutine of the cell,
// whatever goroutine library code calls it from.
func (c *Cell) guard(fn func()) func() {
	return func() {
		o := c.enter()
		if c.stopped.Load() {
			c.leave(o)
			return
		}
		c.runGo(goTag{tagMagic, c.ID, o.id}, o, fn)
	}
}

// Guard returns fn wrapped for library code that will call it in a goroutine
// of its own (context.AfterFunc, errgroup.Group.Go, …): it runs as a goroutine
// of the cell that called Guard.
func Guard(fn func()) func() {
	if o := current(); o != nil {
		return o.cell.guard(fn)
	}
	return fn
}

// ContextAfterFunc is context.AfterFunc(ctx, fn), with fn run in the caller's
// cell.
func ContextAfterFunc(ctx context.Context, fn func()) (stop func() bool) {
	return context.AfterFunc(ctx, Guard(fn))
}

// errPanicked is what a guarded function returns to the library that called it
// when it panicked: the cell has failed by then.
var errPanicked = errors.New("panicked")

// GuardErr is Guard for a function with an error result, such as those of
// errgroup.Group.Go. When fn panics the cell fails, and the library gets an
// error.
func GuardErr(fn func() error) func() error {
	o := current()
	if o == nil {
		return fn
	}
	run := o.cell
	return func() error {
		err := errPanicked
		run.guard(func() { err = fn() })()
		return err
	}
}

// WithTimeout is context.WithTimeout.
func WithTimeout(parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if o := current(); o != nil {
		o.cell.expect(d)
	}
	return context.WithTimeout(parent, d)
}

// WithDeadline is context.WithDeadline.
func WithDeadline(parent context.Context, at time.Time) (context.Context, context.CancelFunc) {
	if o := current(); o != nil {
		o.cell.expect(time.Until(at))
	}
	return context.WithDeadline(parent, at)
}

// expect notes that a timer fires in d: until then nothing is a deadlock.
func (c *Cell) expect(d time.Duration) {
	at := time.Now().Add(d)
	c.mu.Lock()
	if at.After(c.quietTill) {
		c.quietTill = at
	}
	c.mu.Unlock()
}
