package process

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/wire"
)

// ErrClosed is returned by calls of an engine that was closed.
var ErrClosed = errors.New("the engine was closed")

// Call sends a request and decodes the reply into result, which may be nil.
// Parameters that are wire.Runs are interrupted when ctx is cancelled, and
// Call returns their reply then, within the grace period; other calls return
// ctx's error. When the process dies the error is a *DeathError.
func (e *Engine) Call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	c := &call{reply: make(chan wire.Frame, 1), ended: make(chan struct{})}
	defer close(c.ended)
	if r, ok := params.(wire.Runs); ok {
		c.cell = r.CellID()
	}
	id, err := e.register(c)
	if err != nil {
		return err
	}
	if err := e.req.Write(wire.Frame{Type: wire.Request, ID: id, Method: method, Body: body}); err != nil {
		if errors.Is(err, wire.ErrTooLarge) {
			e.unregister(id)
			return fmt.Errorf("%s: %w", method, err)
		}
		<-e.done // the pipe broke: the process is ending
		return e.endError()
	}
	f, ok, err := e.wait(ctx, id, c)
	switch {
	case err != nil:
		return err
	case !ok:
		<-e.done
		return e.endError()
	case f.Error != "":
		return errors.New(f.Error)
	case result == nil:
		return nil
	}
	if err := json.Unmarshal(f.Body, result); err != nil {
		return fmt.Errorf("%s: reply: %w", method, err)
	}
	return nil
}

// wait waits for the reply; ok is false when the engine died.
func (e *Engine) wait(ctx context.Context, id uint64, c *call) (f wire.Frame, ok bool, err error) {
	select {
	case f, ok = <-c.reply:
		return f, ok, nil
	case <-ctx.Done():
	}
	if c.cell == 0 {
		e.unregister(id)
		return f, false, ctx.Err()
	}
	e.Interrupt(c.cell)
	f, ok = <-c.reply
	return f, ok, nil
}

func (e *Engine) register(c *call) (uint64, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pending == nil || e.closing {
		return 0, e.endErrorLocked()
	}
	e.nextID++
	e.pending[e.nextID] = c
	return e.nextID, nil
}

func (e *Engine) unregister(id uint64) {
	e.mu.Lock()
	delete(e.pending, id)
	e.mu.Unlock()
}

func (e *Engine) endError() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.endErrorLocked()
}

func (e *Engine) endErrorLocked() error {
	if e.closing || e.death == nil {
		return ErrClosed
	}
	return e.death
}

// Interrupt stops the run of a cell, 0: whatever runs. It returns at once.
// When the run has not returned within the grace period the process is killed.
func (e *Engine) Interrupt(cell uint64) {
	e.mu.Lock()
	var runs []*call
	for _, c := range e.pending {
		if c.cell != 0 && (cell == 0 || c.cell == cell) {
			runs = append(runs, c)
		}
	}
	e.nextID++
	id := e.nextID
	e.mu.Unlock()
	if len(runs) == 0 {
		return
	}
	session.Resume(e.proc.Pid) // a stopped process hears nothing
	body, err := json.Marshal(wire.Interrupt{Cell: cell})
	if err == nil {
		err = e.req.Write(wire.Frame{Type: wire.Request, ID: id, Method: wire.MethodInterrupt, Body: body})
	}
	if err != nil {
		return // the process is ending
	}
	for _, c := range runs {
		go e.enforce(c)
	}
}

// patience is how many grace periods pass at most before the process is
// killed, when it got so little of the processor that it could not stop.
const patience = 4

// enforce kills the process when the call outlasts the grace period, and used
// the processor for half of it: on a busy machine many goroutines need longer
// to end.
func (e *Engine) enforce(c *call) {
	t := time.NewTicker(e.cfg.Grace)
	defer t.Stop()
	before, known := session.CPUTime(e.proc.Pid)
	for periods := 1; ; periods++ {
		select {
		case <-c.ended:
			return
		case <-e.done:
			return
		case <-t.C:
		}
		session.Resume(e.proc.Pid)
		now, _ := session.CPUTime(e.proc.Pid)
		if !known || periods == patience || now-before >= e.cfg.Grace/2 {
			e.Kill(fmt.Sprintf("the cell did not stop within %v of the interrupt", e.cfg.Grace))
			return
		}
	}
}
