package engine

import (
	"context"
	"sync"

	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/wire"
)

// An Asker is an Output that can ask the person at the front end for a line.
type Asker interface {
	// Input shows prompt and returns the line typed, without its end.
	Input(ctx context.Context, prompt string, password bool) (string, error)
}

// input is the standard input of cells: what they read is asked for at the
// front end, a line at a time, when they wait for it.
type input struct {
	mu      sync.Mutex
	wanted  bool // some cell names standard input
	told    int  // the generation of the engine that watches for its readers
	asking  sync.WaitGroup
	ctx     context.Context // of the cell that runs, nil when none does
	engine  *process.Engine // which it runs in
	answers int             // questions this cell has asked
}

// WantInput says that code of the session reads standard input: from now on
// the engine tells when a cell waits for it.
func (s *Session) WantInput() {
	s.input.mu.Lock()
	s.input.wanted = true
	s.input.mu.Unlock()
}

// watchInput has the engine watch for readers of standard input, once.
func (s *Session) watchInput(ctx context.Context, e *process.Engine, gen int) error {
	s.input.mu.Lock()
	wanted := s.input.wanted && s.input.told != gen
	s.input.engine = e
	s.input.mu.Unlock()
	if !wanted {
		return nil
	}
	if err := e.Call(ctx, wire.MethodInput, wire.Input{Watch: true}, nil); err != nil {
		return err
	}
	s.input.mu.Lock()
	s.input.told = gen
	s.input.mu.Unlock()
	return nil
}

// open lets the cell that runs now ask.
func (in *input) open(ctx context.Context) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.ctx, in.answers = ctx, 0
}

// close waits for the question that stands; the cell's context has ended.
func (in *input) close() {
	in.mu.Lock()
	in.ctx = nil
	in.mu.Unlock()
	in.asking.Wait()
}

// inputWanted asks for a line, in a goroutine that the cell waits for.
func (s *Session) inputWanted(id uint64) {
	s.input.mu.Lock()
	defer s.input.mu.Unlock()
	if ctx, e := s.input.ctx, s.input.engine; ctx != nil {
		s.input.answers++
		again := s.input.answers > 1
		s.input.asking.Go(func() { s.ask(ctx, e, id, again) })
	}
}

// eof is what front ends send for ctrl-D, and what can be typed where they
// have no such key.
func eof(line string) bool { return line == "\x04" || line == "^D" }

// ask asks for a line and hands it to the engine. A front end that can't be
// asked has an empty standard input.
func (s *Session) ask(ctx context.Context, e *process.Engine, id uint64, again bool) {
	prompt := ""
	if again { // a program that reads line after line needs a way to tell it that there are no more
		prompt = "(^D ends the input) "
	}
	out := s.outputOf(id)
	reply := wire.Input{End: true}
	asker, ok := out.(Asker)
	if ok {
		line, err := asker.Input(ctx, prompt, false)
		switch {
		case ctx.Err() != nil:
			return // the cell was stopped, or ended: nobody reads
		case err != nil:
			ok = false
		case !eof(line):
			reply = wire.Input{Text: line + "\n"}
		}
	}
	if !ok {
		out.Stream("stderr", "note: there is nobody to ask for standard input: what reads it finds its end at once (io.EOF); assign what you would type to a variable, or read a file\n")
	}
	_ = e.Call(ctx, wire.MethodInput, reply, nil) // an error means that the cell was stopped, or its engine died
}
