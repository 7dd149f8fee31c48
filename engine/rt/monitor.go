package rt

import (
	"fmt"
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
// sleeps while no cell is live. A tick costs about 10 µs and allocates nothing:
// when memory is short, allocating would make the monitor wait for a collection
// that waits for the goroutines it is to stop.
const (
	tick         = 10 * time.Millisecond
	deadlockTick = 500 * time.Millisecond
)

var (
	active atomic.Int64 // cells with live goroutines
	wake   = make(chan struct{}, 1)
)

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
	m := newMonitor(memoryLimit)
	done := make(chan struct{})
	go func() { defer close(done); m.loop() }()
	return func() { close(m.quit); <-done; m.given(true) }
}

type monitor struct {
	limit, soft int64
	halted      []*Cell       // the cells that the soft limit stopped, until they are gone
	stopped     time.Time     // when it did
	freed       time.Time     // when memory was given back instead
	giving      chan struct{} // closed when the memory that is being given back is; nil when none is
	relaxing    bool          // the soft limit is set anew then
	locks       deadlocks
	collected   bool // since stacks are too deep for a dump
	quit        chan struct{}

	// What a tick uses again, so that it allocates nothing.
	stacks  [1]metrics.Sample
	free    [1]metrics.Sample
	objects [1]metrics.Sample
	cells   []*Cell
}

func newMonitor(limit int64) *monitor {
	m := &monitor{limit: limit, soft: limit, quit: make(chan struct{}), cells: make([]*Cell, 0, 64), halted: make([]*Cell, 0, 64)}
	m.stacks[0].Name = "/memory/classes/heap/stacks:bytes"
	m.free[0].Name = "/memory/classes/heap/free:bytes"
	m.objects[0].Name = "/memory/classes/heap/objects:bytes"
	return m
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
			m.checkStacks()
			if now.Sub(last) >= deadlockTick {
				last = now
				m.checkLocks()
			}
		}
	}
	m.relax()
	if deep.Load() {
		m.checkStacks()
	}
	return true
}

// dumpMost is how much the stacks of goroutines may take, besides usualStack
// each, for a dump of all: a dump stops the world and walks every frame. 64 MB
// of frames may take it a second.
const (
	dumpMost   = 64 << 20
	usualStack = 16 << 10
)

// checkLocks looks for a deadlock, but not while there are deep stacks: on a
// machine with much else to do, cells that recurse look idle.
func (m *monitor) checkLocks() {
	metrics.Read(m.stacks[:])
	if int64(m.stacks[0].Value.Uint64()) <= dumpMost+int64(runtime.NumGoroutine())*usualStack {
		m.collected = false
		m.locks.check()
		return
	}
	m.locks.suspects = nil
	if !m.collected { // stacks that were left are counted until then
		m.collected = true
		m.giveBack(runtime.GC)
	}
}

// stopPatience is how long the goroutines of cells that were stopped may need
// to end: a million of them take seconds.
const stopPatience = 3 * time.Second

// checkMemory stops the cells that run when memory passes the limit, or, when
// none runs or that does not help, those that left goroutines running; and ends
// the process a quarter past the limit.
func (m *monitor) checkMemory(now time.Time) {
	if m.limit <= 0 {
		return
	}
	used := Resident()
	if used > m.limit+m.limit/4 {
		hooks.Die("fatal error: " + m.words(used) + "\n\n" + within(dumpTime, whoComputes))
	}
	if !m.given(false) {
		return // what is used is known when it ends
	}
	all := !anyCellRuns()
	if len(m.halted) > 0 {
		gone := !slices.ContainsFunc(m.halted, (*Cell).alive)
		if !gone && now.Sub(m.stopped) < stopPatience {
			return
		}
		clear(m.halted)
		m.halted = m.halted[:0]
		if gone {
			m.relax() // what they had allocated is free now
			return
		}
		all = true // a goroutine that outlived its cell, it seems
	}
	if !all {
		used = max(used, m.held())
	}
	if used <= m.soft {
		return
	}
	metrics.Read(m.free[:])
	if int64(m.free[0].Value.Uint64()) > used-m.soft && now.Sub(m.freed) > time.Second {
		m.freed = now // what earlier cells had: nobody needs to stop
		m.giveBack(debug.FreeOSMemory)
		return
	}
	m.halt(now, all, used)
}

// held is what objects take in bytes, garbage not yet swept included. It is
// more than what is resident where memory was never written: append(list,
// make([]byte, n)) without end would else collect in vain, almost all of the
// time, and never reach a limit.
func (m *monitor) held() int64 {
	metrics.Read(m.objects[:])
	return int64(m.objects[0].Value.Uint64())
}

// halt stops the cells that run, or all that live, unless they are stopped.
func (m *monitor) halt(now time.Time, all bool, used int64) {
	m.stopped = now
	var f *Failure
	m.cells = appendCells(m.cells[:0])
	defer func() { clear(m.cells) }()
	for _, c := range m.cells {
		if c.stopped.Load() || c.ended.Load() && !all {
			continue
		}
		if f == nil {
			f = &Failure{Kind: KindMemory, Text: m.words(used)}
		}
		if c.ended.Load() {
			hooks.Note(c.ID, Note{Kind: KindMemory, Text: f.Text, Failure: f})
		}
		c.Stop(f)
		m.halted = append(m.halted, c)
	}
}

func (m *monitor) words(used int64) string {
	return fmt.Sprintf("out of memory: the limit is %s (the session used %s)", ByteText(m.limit), ByteText(used))
}

// ByteText writes an amount of memory as people do: 1 TiB, 1.5 GiB, 300 MiB.
func ByteText(n int64) string {
	for _, u := range []struct {
		size int64
		name string
	}{{1 << 40, " TiB"}, {1 << 30, " GiB"}} {
		if n >= u.size {
			return strings.TrimSuffix(strconv.FormatFloat(float64(n)/float64(u.size), 'f', 1, 64), ".0") + u.name
		}
	}
	return strconv.FormatInt(n>>20, 10) + " MiB"
}

// relax runs after cells were stopped, and after the last cell: what a stopped
// cell allocated is freed, and what variables still hold is allowed for, so that
// a cell that drops it runs.
func (m *monitor) relax() {
	if m.limit <= 0 || max(Resident(), m.held()) <= m.limit {
		m.soft = m.limit
		return
	}
	m.relaxing = true
	m.giveBack(debug.FreeOSMemory)
}

// giveBack collects beside the monitor, unless that is being done: a collection
// waits for what can't be preempted, like the copy of a string of gigabytes,
// and the monitor must never wait.
func (m *monitor) giveBack(collect func()) {
	if m.giving != nil {
		return
	}
	done := make(chan struct{})
	m.giving = done
	go func() { defer close(done); collect() }()
}

// given reports whether nothing is being given back any more; wait waits for it.
func (m *monitor) given(wait bool) bool {
	if m.giving == nil {
		return true
	}
	if !wait {
		select {
		case <-m.giving:
		default:
			return false
		}
	}
	<-m.giving
	m.giving = nil
	if m.relaxing {
		m.relaxing = false
		m.soft = max(m.limit, max(Resident(), m.held())+m.limit/20)
	}
	return true
}

// dumpTime is how long the last words wait for the stack of who computes: a
// dump stops the world, which may take for ever.
const dumpTime = 200 * time.Millisecond

// within returns what f returns, or "" when that takes longer. Then f goes on:
// only what ends the process may call it.
func within(d time.Duration, f func() string) string {
	got := make(chan string, 1)
	go func() { got <- f() }()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case text := <-got:
		return text
	case <-t.C:
		return ""
	}
}
