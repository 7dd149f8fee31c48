package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/source"
	"github.com/goblaze/goblaze/kernel"
)

// lazyExecutor answers Jupyter at once and starts the session beside: the
// first cell waits for it, and says what it waits for; kernel_info does not.
type lazyExecutor struct {
	// start starts the session and tells log, line by line, what takes long.
	start func(ctx context.Context, log io.Writer) (*executor, func(), error)

	done   chan struct{} // closed when the session has started, or failed to
	cancel context.CancelFunc
	x      *executor
	stop   func()
	err    error

	mu        sync.Mutex
	news      string        // the last line of start's log
	heard     chan struct{} // closed and replaced with every line
	interrupt chan struct{} // closed and replaced by Interrupt
}

// begin starts the session in the background.
func (l *lazyExecutor) begin() {
	l.done, l.heard, l.interrupt = make(chan struct{}), make(chan struct{}), make(chan struct{})
	var ctx context.Context
	ctx, l.cancel = context.WithCancel(context.Background())
	go func() {
		defer close(l.done)
		l.x, l.stop, l.err = l.start(ctx, l)
	}()
}

// Write takes a line of start's log.
func (l *lazyExecutor) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.news = strings.TrimSpace(string(p))
	close(l.heard)
	l.heard = make(chan struct{})
	return len(p), nil
}

// close ends the session, or its start, and waits for that.
func (l *lazyExecutor) close() {
	l.cancel()
	<-l.done
	if l.stop != nil {
		l.stop()
	}
}

func (l *lazyExecutor) ready() *executor {
	select {
	case <-l.done:
		return l.x
	default:
		return nil
	}
}

// Execute waits for the session and runs the cell.
func (l *lazyExecutor) Execute(ctx context.Context, req kernel.ExecuteRequest, out kernel.Output) kernel.ExecuteReply {
	if !l.await(ctx, req, out) {
		return kernel.ExecuteReply{Err: cellError(context.Canceled, req)}
	}
	if l.err != nil {
		return kernel.ExecuteReply{Err: cellError(l.err, req)}
	}
	return l.x.Execute(ctx, req, out)
}

// await waits until the session has started, and shows what is being done
// meanwhile; false when the cell is interrupted.
func (l *lazyExecutor) await(ctx context.Context, req kernel.ExecuteRequest, out kernel.Output) bool {
	l.mu.Lock()
	interrupt := l.interrupt
	l.mu.Unlock()
	id, shown := fmt.Sprintf("goblaze-start-%d", req.Count), false
	defer func() {
		if shown {
			out.Display(display.Bundle{ID: id, Update: true, Data: map[string]any{"text/plain": "", "text/html": ""}})
		}
	}()
	for {
		l.mu.Lock()
		news, heard := l.news, l.heard
		l.mu.Unlock()
		if news != "" && l.ready() == nil {
			out.Display(display.Bundle{ID: id, Update: shown, Data: map[string]any{"text/plain": news + " …"}})
			shown = true
		}
		select {
		case <-l.done:
			return true
		case <-ctx.Done():
			return false
		case <-interrupt:
			return false
		case <-heard:
		}
	}
}

// Interrupt stops the cell that runs, or waits for the session.
func (l *lazyExecutor) Interrupt() {
	l.mu.Lock()
	close(l.interrupt)
	l.interrupt = make(chan struct{})
	l.mu.Unlock()
	if x := l.ready(); x != nil {
		x.Interrupt()
	}
}

func (l *lazyExecutor) Complete(ctx context.Context, code string, cursor int) kernel.Completions {
	if x := l.ready(); x != nil {
		return x.Complete(ctx, code, cursor)
	}
	return kernel.Completions{Matches: []string{}, Start: cursor, End: cursor}
}

func (l *lazyExecutor) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool) {
	if x := l.ready(); x != nil {
		return x.Inspect(ctx, code, cursor, detail)
	}
	return display.Bundle{}, false
}

func (l *lazyExecutor) IsComplete(code string) (status, indent string) {
	return source.IsComplete(code)
}

func (l *lazyExecutor) History(req kernel.HistoryRequest) []kernel.HistoryEntry {
	if x := l.ready(); x != nil {
		return x.History(req)
	}
	return nil
}
