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
		e.cutOff()
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
		go e.cutOff()
		return
	}
	for _, c := range runs {
		go e.enforceStop(c)
	}
}

// endTime is what a process whose pipe broke has to end: it writes its last
// words meanwhile.
const endTime = 500 * time.Millisecond

// cutOff waits for the end of a process whose pipe broke. One that goes on is
// no engine any more (syscall.Exec) and is killed.
func (e *Engine) cutOff() {
	t := time.NewTimer(endTime)
	defer t.Stop()
	select {
	case <-e.done:
	case <-t.C:
		e.Kill("it could no longer be reached: a cell replaced it by another program, or closed its descriptors")
		<-e.done
	}
}

// Probe kills the process when it does not answer within the grace period
// though it leaves the processor alone, or within patience of them: the
// runtime is at a standstill, as when a system call of a cell's ended one of
// its threads. It returns at once.
func (e *Engine) Probe() {
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		_ = e.Call(context.Background(), wire.MethodHello, nil, nil) // an error: it has ended
	}()
	go e.enforce(answered, "it no longer answered", func() bool { return session.Idle(e.proc.Pid) })
}

// patience is how many grace periods pass at most before the process is
// killed, when it got so little of the processor that it could not stop.
const patience = 4

// enforceStop kills the process when a call that was interrupted outlasts the
// grace period and it used the processor for half of it, or wants none: on a
// busy machine many goroutines need longer to end.
func (e *Engine) enforceStop(c *call) {
	before, known := session.CPUTime(e.proc.Pid)
	e.enforce(c.ended, fmt.Sprintf("the cell did not stop within %v of the interrupt", e.cfg.Grace), func() bool {
		now, _ := session.CPUTime(e.proc.Pid)
		return !known || now-before >= e.cfg.Grace/2 || session.Idle(e.proc.Pid)
	})
}

// enforce kills the process when ended is not closed within a grace period at
// whose end it is at fault, or within patience of them.
func (e *Engine) enforce(ended <-chan struct{}, reason string, atFault func() bool) {
	t := time.NewTicker(e.cfg.Grace)
	defer t.Stop()
	for periods := 1; ; periods++ {
		select {
		case <-ended:
			return
		case <-e.done:
			return
		case <-t.C:
		}
		session.Resume(e.proc.Pid)
		if periods < patience && !atFault() {
			continue
		}
		select {
		case <-ended: // while it was looked at
		default:
			e.Kill(reason)
		}
		return
	}
}
