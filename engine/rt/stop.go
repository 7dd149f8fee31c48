package rt

import (
	"runtime"
	"sync/atomic"
	"time"
)

// Stopping is not zero while some cell is being stopped. Generated code reads
// it at loop back-edges and function entries:
//
//	if rt.Stopping.Load() != 0 {
//		rt.Halt()
//	}
var Stopping atomic.Uint32

// Late counts what was stopped and has goroutines left: a cell, or a goroutine
// that GoHalt started. Generated code reads it behind calls that may wait, since
// a goroutine that was abandoned in one wakes up at any time, most likely when
// Stopping is down.
var Late atomic.Int32

// late is the check behind what may wait.
func late() {
	if Late.Load() != 0 {
		Halt()
	}
}

// deferGrace is how long the deferred functions of a stopped goroutine may
// run before they are stopped too.
const deferGrace = 100 * time.Millisecond

// never is a channel that is never closed.
var never = make(chan struct{})

// Halt ends the calling goroutine, as runtime.Goexit does, when its cell is
// stopped, and returns otherwise. Deferred functions run; they are halted in
// turn when they take longer than a tenth of a second. recover can't see it.
func Halt() {
	o := current()
	if o == nil {
		return
	}
	if o.halting {
		if time.Since(o.haltedAt) > deferGrace {
			runtime.Goexit()
		}
		return
	}
	if o.stopped() {
		o.cell.witness()
		o.halt(false)
	}
	if deep.Load() {
		o.checkDepth()
	}
}

// checkStop is the check that generated code carries.
func checkStop() {
	if Stopping.Load() != 0 {
		Halt()
	}
}

// stopPending reports whether Halt would end the calling goroutine.
func stopPending() bool {
	o := current()
	return o != nil && !o.halting && o.stopped()
}

// stopped reports whether the goroutine's cell, or it alone, was stopped.
func (o *owner) stopped() bool {
	return o.cell.stopped.Load() || o.quit != nil && o.quitting.Load() && !o.spared
}

// done is closed when stopped becomes true.
func (o *owner) done() <-chan struct{} {
	if o.quit != nil && !o.spared {
		return o.quit
	}
	return o.cell.done
}

// stopOne ends a goroutine that GoHalt started.
func (o *owner) stopOne() {
	if o.quitting.CompareAndSwap(false, true) {
		close(o.quit)
	}
}

// halt gives the calling goroutine a halting owner and ends it.
func (o *owner) halt(silent bool) {
	h := &owner{labels: ownedLabels, cell: o.cell, id: o.id, halting: true, silent: silent, haltedAt: time.Now()}
	setOwner(h)
	runtime.Goexit()
}

// expiry returns a channel that is closed when the deferred functions of a
// halting goroutine have had their time.
func (o *owner) expiry() <-chan struct{} {
	o.cell.mu.Lock()
	defer o.cell.mu.Unlock()
	if o.expired == nil {
		expired := make(chan struct{})
		time.AfterFunc(time.Until(o.haltedAt.Add(deferGrace+time.Millisecond)), func() { close(expired) })
		o.expired = expired
	}
	return o.expired
}

// Done returns a channel that is closed when the calling goroutine's cell is
// stopped. Generated select statements receive from it and call Halt.
func Done() <-chan struct{} {
	o := current()
	switch {
	case o == nil:
		return never
	case o.halting:
		return o.expiry()
	}
	o.timed.Store(false)
	return o.done()
}

// DoneFor is Done for a select statement that waits on the given channels. It
// notes whether one of them is fed by a timer, so that the wait is not taken
// for a deadlock.
func DoneFor(chans ...any) <-chan struct{} {
	o := current()
	switch {
	case o == nil:
		return never
	case o.halting:
		return o.expiry()
	}
	timed := false
	for _, ch := range chans {
		timed = timed || anyTimerChan(ch)
	}
	o.timed.Store(timed)
	return o.done()
}

// The flag stays up for flagHold after a stop; while goroutines of the stopped
// cell are left (blocked for good, most likely) it is then raised for
// flagPulse once every flagPause, so that one that wakes up later still ends
// and the other cells' loops don't pay for it.
const (
	flagHold  = 3 * time.Second
	flagPulse = 20 * time.Millisecond
	flagPause = time.Second
)

// lowerStopping takes a share of Stopping back. It ends when idle is closed:
// when the last goroutine of those that were stopped has ended. Late goes down
// with it.
func lowerStopping(idle <-chan struct{}) {
	defer Late.Add(-1)
	wait := func(d time.Duration) bool {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-idle:
			return false
		case <-t.C:
			return true
		}
	}
	left := wait(flagHold)
	Stopping.Add(^uint32(0))
	for left && wait(flagPause) {
		Stopping.Add(1)
		left = wait(flagPulse)
		Stopping.Add(^uint32(0))
	}
}
