package rt

import (
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// owner is what a goroutine's profiler label points to while it runs user
// code. Its first field has the layout of runtime/pprof's label map, so that a
// CPU profile taken by a cell stays readable; that field's backing array is
// also how owners are told from label sets that user code made with pprof.Do.
type owner struct {
	labels []profLabel
	cell   *Cell
	id     uint64 // number of the goroutine within the process, for stack dumps

	// timed says that the goroutine's last select waits for a timer channel.
	timed atomic.Bool

	stack atomic.Int64 // bytes used at the last check while stacks are deep

	// halting is set in the owner that a goroutine gets when it is stopped:
	// its deferred functions may run for deferGrace from haltedAt on. expired is
	// closed then; it is made when somebody asks, under cell.mu.
	halting  bool
	silent   bool // after Exit: what deferred functions print is dropped
	haltedAt time.Time
	expired  <-chan struct{}

	// place tells the line of interpreted code, see PlaceFrom; nil for compiled.
	place func() stack.Frame

	// quit is closed when this goroutine alone, or its cell, is stopped; nil
	// but in goroutines that GoHalt started.
	quit     chan struct{}
	quitting atomic.Bool
	ended    chan struct{} // closed by leave, where quit is not nil
	spared   bool          // it stops with its cell only, see Spare; its own goroutine's

	prev, next *owner // the cell's list of live goroutines
}

type profLabel struct{ key, value string }

var ownedLabels = []profLabel{{"goblaze", "cell"}}

//go:linkname getProfLabel runtime/pprof.runtime_getProfLabel
func getProfLabel() unsafe.Pointer

//go:linkname setProfLabel runtime/pprof.runtime_setProfLabel
func setProfLabel(unsafe.Pointer)

// current returns the calling goroutine's owner, nil when it has none: a
// goroutine of the engine itself, or one whose labels user code replaced.
func current() *owner {
	p := getProfLabel()
	if p == nil || *(*unsafe.Pointer)(p) != unsafe.Pointer(unsafe.SliceData(ownedLabels)) {
		return nil
	}
	return (*owner)(p)
}

// PlaceFrom lets the failures of the calling goroutine, which runs interpreted
// code, name the place that the function tells.
func PlaceFrom(place func() stack.Frame) {
	if o := current(); o != nil {
		o.place = place
	}
}

func setOwner(o *owner) { setProfLabel(unsafe.Pointer(o)) }

// Current returns the cell that the calling goroutine belongs to, nil when it
// belongs to none. It costs about 2 ns.
func Current() *Cell {
	if o := current(); o != nil {
		return o.cell
	}
	return nil
}
