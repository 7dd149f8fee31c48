package server

import (
	"errors"
	"fmt"
	"os"
	"plugin"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/goblaze/goblaze/engine/host/identity"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// plugins counts what was loaded.
type plugins struct {
	sync.Mutex
	count int
	bytes int64
}

// load opens a plugin; its init registers the unit.
func (s *server) load(p wire.Load) (none, error) {
	s.loaded.Lock()
	defer s.loaded.Unlock()
	if _, ok := rt.Lookup(p.Unit); ok {
		return none{}, nil
	}
	err := withFiles(func() error {
		_, err := plugin.Open(p.Path)
		return err
	})
	if err != nil {
		return none{}, err
	}
	if err := withFiles(func() error { return identity.Unify(p.Path) }); err != nil {
		return none{}, err
	}
	if _, ok := rt.Lookup(p.Unit); !ok {
		return none{}, fmt.Errorf("load %s: it registered no unit %s", p.Path, p.Unit)
	}
	s.loaded.count++
	if st, err := os.Stat(p.Path); err == nil {
		s.loaded.bytes += st.Size()
	}
	return none{}, nil
}

// run binds a unit and runs its statements or one of its entry points.
func (s *server) run(p wire.Run) (wire.Outcome, error) {
	body, err := bind(p)
	if err != nil || p.BindOnly {
		return wire.Outcome{}, err
	}
	s.loops.set(p.Parallel)
	out := s.runCell(p.Cell, func(c *rt.Cell) {
		c.Expect(p.Bind)
		body(c)
	})
	out.Reports = s.loops.take()
	return out, nil
}

// bind binds a unit's slots and returns what there is to run.
func bind(p wire.Run) (func(*rt.Cell), error) {
	u, ok := rt.Lookup(p.Unit)
	if !ok {
		return nil, fmt.Errorf("run %s: the unit is not loaded", p.Unit)
	}
	if err := rt.Bind(p.Unit, p.Bind); err != nil {
		return nil, err
	}
	switch {
	case p.BindOnly:
		return nil, nil
	case p.Entry != "":
		entry, ok := u.Entries[p.Entry].(func(*rt.Cell, int))
		if !ok {
			return nil, fmt.Errorf("run %s: entry %q is %T, not func(*rt.Cell, int)", p.Unit, p.Entry, u.Entries[p.Entry])
		}
		return func(c *rt.Cell) { entry(c, p.N) }, nil
	case u.Run == nil:
		return func(*rt.Cell) {}, nil
	}
	return u.Run, nil
}

// runCell runs fn as the cell that is under way.
func (s *server) runCell(id uint64, fn func(*rt.Cell)) wire.Outcome {
	s.runMu.Lock()
	defer s.runMu.Unlock()
	c := rt.NewCell(id)
	if !s.begin(id, c.Interrupt) {
		return wire.Outcome{Failure: &rt.Failure{Kind: rt.KindInterrupt, Text: "interrupted"}}
	}
	defer s.end()
	s.stream.reopen()
	s.stream.switchTo(id)
	s.stdin.begin()
	u0, s0 := rt.CPUTime()
	t0 := time.Now()
	ended := c.Run(fn)
	wall := time.Since(t0)
	u1, s1 := rt.CPUTime()
	s.checkPipes()
	s.tellSurroundings()
	out := wireOutcome(ended)
	out.Declared = c.Declared
	out.RunWall, out.RunUser, out.RunSys = wall, u1-u0, s1-s0
	return out
}

func wireOutcome(o rt.Outcome) wire.Outcome {
	w := wire.Outcome{Failure: o.Failure, Live: o.Live, Abandoned: o.Abandoned}
	if o.Result != nil {
		b := wire.FromDisplay(*o.Result)
		w.Result = &b
	}
	return w
}

// begin makes id the run under way, which stop ends, unless it was
// interrupted already.
func (s *server) begin(id uint64, stop func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastRun = max(s.lastRun, id)
	if s.cancelled[id] {
		delete(s.cancelled, id)
		return false
	}
	s.running = underWay{id, stop}
	return true
}

func (s *server) end() {
	s.mu.Lock()
	s.running = underWay{}
	s.mu.Unlock()
}

// interrupt stops a run. An interrupt that overtakes its run is remembered, one
// that comes when the run has told how it ended is too late.
func (s *server) interrupt(p wire.Interrupt) (none, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r := s.running; {
	case r.stop != nil && (p.Cell == 0 || p.Cell == r.id):
		r.stop()
		s.stdin.interrupt()
	case p.Cell > s.lastRun:
		s.cancelled[p.Cell] = true
	default:
		if c, ok := rt.FindCell(p.Cell); ok {
			c.Interrupt()
		}
	}
	return none{}, nil
}

// time measures an entry point: wall-clock time from the common start of the
// workers to the end of the last, and the process's CPU time in it.
func (s *server) time(p wire.Time) (wire.TimeResult, error) {
	if p.Entry == "" {
		return wire.TimeResult{}, errors.New("time: no entry point is named")
	}
	body, err := bind(p.Run)
	if err != nil {
		return wire.TimeResult{}, err
	}
	// What the run measured is handed over whole: one that was stopped and
	// abandoned may come to its end while the reply is written.
	var around atomic.Pointer[wire.TimeResult]
	var within atomic.Pointer[rt.Timing]
	out := s.runCell(p.Cell, func(c *rt.Cell) {
		within.Store(c.ExpectTiming(max(1, p.Workers)))
		around.Store(together(max(1, p.Workers), func() { body(c) }))
	})
	r := wire.TimeResult{}
	if m := around.Load(); m != nil && out.Failure == nil {
		r = *m
		if t := within.Load(); t.Done() { // the entry point marked the part to be measured
			r.Wall, r.User, r.Sys = t.Wall, t.User, t.Sys
		}
	}
	if f := out.Failure; f != nil && p.Workers > 1 {
		f.Text = strings.TrimSuffix(f.Text, " [recovered, repanicked]") // by WaitGroupGo, which together is made of
	}
	r.Outcome = out
	return r, nil
}

// together measures body after a collection, on goroutines of the running cell
// that start at once; one worker is the calling goroutine.
func together(workers int, body func()) *wire.TimeResult {
	if workers == 1 {
		runtime.GC()
		return measure(body)
	}
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(workers)
	for range workers {
		rt.WaitGroupGo(&done, func() {
			ready.Done()
			rt.Recv(start)
			body()
		})
	}
	rt.WaitGroupWait(&ready)
	runtime.GC()
	return measure(func() {
		close(start)
		rt.WaitGroupWait(&done)
	})
}

// measure times f.
func measure(f func()) *wire.TimeResult {
	u0, s0 := rt.CPUTime()
	t0 := time.Now()
	f()
	wall := time.Since(t0)
	u1, s1 := rt.CPUTime()
	return &wire.TimeResult{Wall: wall, User: u1 - u0, Sys: s1 - s0}
}
