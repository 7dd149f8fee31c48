package rt

import (
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// Waiting is a goroutine that is blocked for ever.
type Waiting struct {
	Cell  uint64       `json:"cell"`            // the run it belongs to
	Op    string       `json:"op"`              // "chan receive", "sync.WaitGroup.Wait", …
	Where *stack.Frame `json:"where,omitempty"` // innermost line of a cell
}

// goroutines returns the live goroutines of the cell, from a dump.
func (c *Cell) goroutines() []stack.Goroutine {
	var mine []stack.Goroutine
	for _, g := range dump() {
		if g.Cell == c.ID {
			mine = append(mine, g)
		}
	}
	return mine
}

// Goroutines returns all goroutines that belong to cells, from a dump.
func Goroutines() []stack.Goroutine {
	return slices.DeleteFunc(dump(), func(g stack.Goroutine) bool { return g.Cell == 0 })
}

// whoComputes is the stack of a cell's goroutine that computes, as the runtime
// prints it, for the last words; "" when there is none.
func whoComputes() string {
	if deep.Load() {
		return "" // a dump would take long
	}
	buf := make([]byte, 1<<20)
	for part := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		for _, g := range stack.ParseDump(part) {
			if g.Cell != 0 && !g.Blocked() && len(g.Frames) > 0 {
				return part
			}
		}
	}
	return ""
}

// dump stops the world for about 2 µs a goroutine, and again when the text is
// longer than a usual one.
func dump() []stack.Goroutine {
	for size := min(max(64<<10, runtime.NumGoroutine()<<10), 64<<20); ; size *= 4 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size > 64<<20 {
			return stack.ParseDump(string(buf[:n]))
		}
	}
}

// deadlocks looks for the state in which no goroutine of any cell can go on.
type deadlocks struct {
	cpu      time.Duration
	suspects []uint64        // runtime's goroutine numbers seen blocked last time
	told     map[uint64]bool // cells that were told
}

func (d *deadlocks) reset() { *d = deadlocks{told: map[uint64]bool{}} }

// idleShare is the CPU time in a deadlockTick below which a dump is worth it.
const idleShare = deadlockTick / 20

// manyGoroutines is how many are too many to look at twice a second.
const manyGoroutines = 20_000

// check takes a dump when the process is idle, and tells the running cells
// when all user goroutines were blocked in the last dump and still are.
func (d *deadlocks) check() {
	user, sys := CPUTime()
	cpu := user + sys
	busy := cpu-d.cpu > idleShare
	d.cpu = cpu
	if busy {
		d.suspects = nil
		return
	}
	if runtime.NumGoroutine() > manyGoroutines {
		return
	}
	stuck := blockedForever(dump())
	user, sys = CPUTime()
	d.cpu = user + sys // looking is no sign of life
	ids := make([]uint64, len(stuck))
	for i, g := range stuck {
		ids[i] = g.ID
	}
	slices.Sort(ids)
	same := len(ids) > 0 && slices.Equal(ids, d.suspects)
	d.suspects = ids
	if same {
		d.tell(stuck)
	}
}

// tell notes the deadlock under each cell that still runs, once.
func (d *deadlocks) tell(stuck []stack.Goroutine) {
	waiting := make([]Waiting, len(stuck))
	for i, g := range stuck {
		waiting[i] = Waiting{Cell: g.Cell, Op: g.Op}
		if len(g.Frames) > 0 {
			waiting[i].Where = &g.Frames[0]
		}
	}
	for _, c := range allCells() {
		if c.ended.Load() || c.stopped.Load() || d.told[c.ID] {
			continue
		}
		d.told[c.ID] = true
		hooks.Note(c.ID, Note{Kind: "deadlock", Text: "all goroutines are asleep - deadlock!", Goroutines: waiting})
	}
}

// blockedForever returns the cells' goroutines when every one of them waits
// for another, and nil when any of them, or a goroutine of library code that
// might wake one, can go on.
func blockedForever(gs []stack.Goroutine) []stack.Goroutine {
	var users []stack.Goroutine
	for _, g := range gs {
		switch {
		case g.Cell != 0:
			if c, ok := FindCell(g.Cell); ok && c.stopped.Load() {
				continue // abandoned: its next check ends it
			}
			if !g.Forever() || timerPending(g) {
				return nil
			}
			users = append(users, g)
		case !engineOwn(g) && !g.Forever():
			return nil
		}
	}
	return users
}

// timerPending reports whether a timer may still wake the goroutine.
func timerPending(g stack.Goroutine) bool {
	c, ok := FindCell(g.Cell)
	if !ok {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Now().Before(c.quietTill) {
		return true
	}
	if g.State != "select" || g.Op != "select" {
		return false
	}
	for o := c.owners.next; o != &c.owners; o = o.next {
		if o.id == g.Number {
			return o.timed.Load()
		}
	}
	return false
}

// engineOwn reports whether a goroutine is the engine's: it was started by the
// runtime, by this package or by the host.
func engineOwn(g stack.Goroutine) bool {
	if g.ID == 1 || g.Creator == "" {
		return true
	}
	for _, p := range []string{"runtime.", "os/signal.", "github.com/goblaze/goblaze/engine/"} {
		if strings.HasPrefix(g.Creator, p) {
			return true
		}
	}
	return false
}
