package rt

import (
	"runtime"
	"sync"
	"time"
)

// A Timing is the measured part of a timed entry point: between the common
// start of all workers, after one garbage collection, and the last one's end.
// The CPU times are the whole process's.
type Timing struct {
	Wall, User, Sys time.Duration

	workers          int
	mu               sync.Mutex
	arrived, stopped int
	gate             chan struct{}
	start            time.Time
	user, sys        time.Duration
}

// ExpectTiming makes the cell ready for entry points that workers goroutines
// call at once, each of which calls TimerStart and TimerStop once.
func (c *Cell) ExpectTiming(workers int) *Timing {
	c.timing = &Timing{workers: workers, gate: make(chan struct{})}
	return c.timing
}

// Done reports whether every worker has stopped its timer.
func (t *Timing) Done() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stopped == t.workers
}

// TimerStart waits until every worker has come here, then lets all go on.
func (c *Cell) TimerStart() {
	t := c.timing
	if t == nil {
		return
	}
	t.mu.Lock()
	if t.arrived++; t.arrived == t.workers {
		runtime.GC()
		t.user, t.sys = CPUTime()
		t.start = time.Now()
		close(t.gate)
	}
	t.mu.Unlock()
	Recv(t.gate)
}

// TimerStop ends the calling worker's part; the last one's ends the timing.
func (c *Cell) TimerStop() {
	t := c.timing
	if t == nil {
		return
	}
	now := time.Now()
	user, sys := CPUTime()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stopped++; t.stopped == t.workers {
		t.Wall, t.User, t.Sys = now.Sub(t.start), user-t.user, sys-t.sys
	}
}

// Keep keeps a value alive, and with it the work that made it.
func Keep[T any](v T) { runtime.KeepAlive(v) }
