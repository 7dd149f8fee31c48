package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/rt"
)

// A host is the engine process as the session uses it: a supervisor that keeps
// one at hand.
type host struct {
	sup *process.Supervisor
	gen int // of the engine that was last used; 0: none
}

// startHost starts the engine process in the background.
func (s *Session) startHost() {
	cfg := process.Config{
		Path: s.opt.Command[0], Args: s.opt.Command[1:], Dir: s.opt.Notebook, MemoryLimit: s.opt.MemoryLimit,
		Output:   s.output,
		Display:  func(id uint64, b display.Bundle) { s.outputOf(id).Display(b) },
		Clear:    func(id uint64, wait bool) { s.outputOf(id).Clear(wait) },
		Note:     s.note,
		Progress: s.progressed,
		Input:    s.inputWanted,
		Died:     s.diedBetweenCells,
	}
	s.host = &host{sup: process.NewSupervisor(cfg, true)}
}

// engine returns the live engine. A fresh one makes variables lost.
func (s *Session) engine(ctx context.Context) (*process.Engine, int, error) {
	e, gen, err := s.host.sup.Engine(ctx)
	if err != nil {
		return nil, 0, err
	}
	gen++ // 0 is "never loaded"
	if s.host.gen != 0 && s.host.gen != gen {
		s.engineReplaced()
	}
	s.host.gen = gen
	return e, gen, s.died(s.watchInput(ctx, e, gen))
}

// engineReplaced notes that a fresh engine process serves the session.
func (s *Session) engineReplaced() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.vars {
		v.lost = true
	}
	if s.builder != nil {
		s.builder.sess.EngineReplaced()
	}
}

func (s *Session) call(ctx context.Context, method string, params, result any) error {
	e, _, err := s.engine(ctx)
	if err != nil {
		return err
	}
	return s.died(e.Call(ctx, method, params, result))
}

// died turns the end of the engine process into the cell's error: the
// runtime's own words, and what is left.
func (s *Session) died(err error) error {
	d, ok := process.IsDeath(err)
	if !ok {
		return err
	}
	words := d.Words
	if d.Reason != "" {
		words = d.Reason
	}
	var notes []string
	if d.Memory {
		notes = append(notes, memoryAdvice)
	}
	return &RuntimeError{Kind: KindDied, Text: s.shownText(words), Frames: s.frames(d.Stack), Notes: append(notes,
		"The engine process ended; a fresh one has started. Imports, types, functions and constants are still there; "+
			"values of variables are lost: run the cells that set them again.",
	)}
}

// diedBetweenCells tells of the end of an engine that no cell was waiting for:
// of goroutines that earlier cells left running. The note belongs to the cell
// whose goroutine it was, where that is known.
func (s *Session) diedBetweenCells(d *process.DeathError) {
	var re *RuntimeError
	if !d.Unheard || !errors.As(s.died(d), &re) {
		return
	}
	out := s.outputOf(0)
	if len(d.Stack) > 0 {
		out = s.outputOfCell(d.Stack[0].Cell)
	}
	out.Stream("stderr", "note: after the cell's end: "+re.Trace())
}

const memoryAdvice = "Work on less at a time, set variables that hold much to nil, or allow more: goblaze install --memory-limit 8GiB, say, and restart."

// Interrupt stops what runs; the cell then fails with an interrupt.
func (s *Session) Interrupt() {
	s.mu.Lock()
	cancel := s.cancel
	s.mu.Unlock()
	if cancel != nil {
		cancel(errInterrupted)
		s.host.sup.Probe() // not every call of the engine ends with ctx
	}
}

var errInterrupted = errors.New("interrupted")

// Interrupted reports whether an error means that the user stopped the cell.
func Interrupted(err error) bool {
	var re *RuntimeError
	return errors.Is(err, errInterrupted) || errors.Is(err, context.Canceled) || errors.As(err, &re) && re.Kind == rt.KindInterrupt
}

func (s *Session) output(id uint64, stream, text string) { s.outputOf(id).Stream(stream, text) }

// outputOf returns where the output of a run goes; what belongs to no run goes
// to the latest cell.
func (s *Session) outputOf(id uint64) Output {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.runs[id]; ok {
		return c.out
	}
	if c, ok := s.runs[s.nextRun]; ok {
		return c.out
	}
	return discard{}
}

// outputOfCell returns where the output of a cell's latest run goes, or, for a
// key that is none's, that of the latest cell.
func (s *Session) outputOfCell(key int) Output {
	s.mu.Lock()
	latest := uint64(0)
	for id, c := range s.runs {
		if c.key == key {
			latest = max(latest, id)
		}
	}
	s.mu.Unlock()
	return s.outputOf(latest)
}

type discard struct{}

func (discard) Stream(string, string)  {}
func (discard) Display(display.Bundle) {}
func (discard) Clear(bool)             {}

// counted joins lines, each once, with the number of times that it is there.
func counted(lines []string) string {
	times := map[string]int{}
	for _, l := range lines {
		times[l]++
	}
	var b strings.Builder
	for _, l := range lines {
		switch n := times[l]; {
		case n > 1:
			fmt.Fprintf(&b, "%s (%d times)\n", l, n)
		case n == 1:
			b.WriteString(l + "\n")
		}
		delete(times, l)
	}
	return b.String()
}

// note shows what the engine tells about a run besides its outcome.
func (s *Session) note(id uint64, n rt.Note) {
	var b strings.Builder
	if n.Failure == nil {
		b.WriteString("note: " + s.shownText(n.Text) + "\n")
	}
	var lines []string
	for _, w := range n.Goroutines {
		line := "  goroutine blocked in " + w.Op
		if w.Where != nil {
			line += fmt.Sprintf(" at cell %d, line %d", s.count(w.Where.Cell), w.Where.Line)
		}
		lines = append(lines, line)
	}
	b.WriteString(counted(lines))
	if n.Failure != nil {
		err := &RuntimeError{Text: s.shownText(n.Failure.Text), Frames: s.frames(n.Failure.Stack)}
		b.WriteString("note: in a goroutine that outlived the cell: " + err.Trace())
	}
	s.outputOf(id).Stream("stderr", b.String())
}
