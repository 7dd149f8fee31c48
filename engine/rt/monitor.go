package rt

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The monitor is one goroutine that looks after whatever cells are live: every
// tick it compares the process's memory and stacks with their limits, and
// every second it asks whether all user goroutines are blocked for good. It
// sleeps while no cell is live. A tick costs about 10 µs.
const (
	tick         = 10 * time.Millisecond
	deadlockTick = 500 * time.Millisecond
)

// stackTrigger is the total of goroutine stacks from which deep goroutines are
// looked for: one has then grown to 256 MB, half of what Go allows. A later
// trigger costs seconds: memory is touched, copied and unwound in proportion.
const stackTrigger = 200 << 20

// deepFrames is how many calls deep a goroutine must be to be the one.
const deepFrames = 100_000

var (
	active atomic.Int64 // cells with live goroutines
	wake   = make(chan struct{}, 1)
	deep   atomic.Bool // stacks are beyond stackTrigger

	depthTurn atomic.Uint32
)

// depthEvery is how many checks pass for one look at the stack's depth, which
// costs 50 ns a frame: many goroutines may hold much stack and none be deep.
const depthEvery = 256

func wakeMonitor() {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// Monitor starts the monitor; memoryLimit is in bytes, 0 for none. The
// returned function stops it and waits.
func Monitor(memoryLimit int64) (stop func()) {
	if memoryLimit > 0 {
		debug.SetMemoryLimit(memoryLimit / 10 * 9)
	}
	m := &monitor{limit: memoryLimit, soft: memoryLimit, quit: make(chan struct{})}
	done := make(chan struct{})
	go func() { defer close(done); m.loop() }()
	return func() { close(m.quit); <-done }
}

type monitor struct {
	limit, soft int64
	stopped     time.Time // when the soft limit stopped cells, until they ended
	locks       deadlocks
	quit        chan struct{}
}

func (m *monitor) loop() {
	for {
		select {
		case <-m.quit:
			return
		case <-wake:
		}
		if !m.watch() {
			return
		}
	}
}

// watch runs while cells are live; it returns false to quit.
func (m *monitor) watch() bool {
	t := time.NewTicker(tick)
	defer t.Stop()
	last := time.Now()
	m.locks.reset()
	for active.Load() > 0 {
		select {
		case <-m.quit:
			return false
		case now := <-t.C:
			m.checkMemory(now)
			checkStacks()
			if now.Sub(last) >= deadlockTick {
				last = now
				m.locks.check()
			}
		}
	}
	m.relax()
	if deep.Load() {
		checkStacks()
	}
	return true
}

// checkMemory stops the cells that run when memory passes the limit, then those
// that left goroutines running, and ends the
// process when that does not help: a quarter past the limit.
func (m *monitor) checkMemory(now time.Time) {
	if m.limit <= 0 {
		return
	}
	used := Resident()
	if used > m.limit+m.limit/4 {
		hooks.Die("fatal error: " + m.words(used))
	}
	running := runningCells()
	if len(running) == 0 && !m.stopped.IsZero() {
		m.stopped = time.Time{}
		m.relax() // what the stopped cell had allocated is free now
		return
	}
	if used <= m.soft || now.Sub(m.stopped) < time.Second {
		return
	}
	victims := running
	if len(victims) == 0 || !m.stopped.IsZero() {
		victims = allCells() // a goroutine that outlived its cell, it seems
	}
	m.stopped = now
	f := &Failure{Kind: KindMemory, Text: m.words(used)}
	for _, c := range victims {
		if c.ended.Load() && !c.stopped.Load() {
			hooks.Note(c.ID, Note{Kind: KindMemory, Text: f.Text, Failure: f})
		}
		c.Stop(f)
	}
}

// allCells returns the cells with live goroutines.
func allCells() []*Cell {
	var all []*Cell
	cells.Range(func(_, c any) bool {
		all = append(all, c.(*Cell))
		return true
	})
	return all
}

// runningCells returns the cells whose statements run.
func runningCells() []*Cell {
	return slices.DeleteFunc(allCells(), func(c *Cell) bool { return c.ended.Load() })
}

func (m *monitor) words(used int64) string {
	return fmt.Sprintf("out of memory: the limit is %s (the session used %s)", byteText(m.limit), byteText(used))
}

// byteText writes an amount of memory as people do: 4 GiB, 1.5 GiB, 300 MiB.
func byteText(n int64) string {
	if n >= 1<<30 {
		return strings.TrimSuffix(strconv.FormatFloat(float64(n)/(1<<30), 'f', 1, 64), ".0") + " GiB"
	}
	return strconv.FormatInt(n>>20, 10) + " MiB"
}

// relax runs after cells were stopped, and after the last cell: what a stopped cell allocated is freed, and
// what variables still hold is allowed for, so that a cell that drops it runs.
func (m *monitor) relax() {
	if m.limit <= 0 || Resident() <= m.limit {
		m.soft = m.limit
		return
	}
	debug.FreeOSMemory()
	m.soft = max(m.limit, Resident()+m.limit/20)
}

// Resident returns the process's resident memory in bytes.
func Resident() int64 {
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := bytes.Fields(b); len(f) > 1 {
			if pages, err := strconv.ParseInt(string(f[1]), 10, 64); err == nil {
				return pages * int64(os.Getpagesize())
			}
		}
	}
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// checkStacks raises or lowers the search for a deep goroutine.
func checkStacks() {
	s := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	is := s[0].Value.Uint64() > stackTrigger
	if is == deep.Load() {
		return
	}
	if is {
		deep.Store(true)
		Stopping.Add(1)
		return
	}
	deep.Store(false)
	Stopping.Add(^uint32(0))
}

// checkDepth fails the cell when the calling goroutine's calls are so deep
// that Go would soon end the process. Deferred functions run.
func (o *owner) checkDepth() {
	var pc [1]uintptr
	if runtime.Callers(deepFrames, pc[:]) == 0 {
		return
	}
	f := &Failure{Kind: KindOverflow, Text: "stack overflow", Stack: callers()}
	if len(f.Stack) > 0 {
		f.Text = fmt.Sprintf("stack overflow in %s, cell %d line %d", f.Stack[0].Func, f.Stack[0].Cell, f.Stack[0].Line)
	}
	o.cell.Stop(f)
	o.halt(false)
}
