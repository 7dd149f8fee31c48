package main

import (
	"context"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/source"
	"github.com/goblaze/goblaze/kernel"
)

// lazyExecutor answers Jupyter at once and starts the session beside: the
// first cell waits for it, kernel_info does not.
type lazyExecutor struct {
	start func() (*executor, func(), error)

	done chan struct{} // closed when the session has started, or failed to
	x    *executor
	stop func()
	err  error
}

// begin starts the session in the background.
func (l *lazyExecutor) begin() {
	l.done = make(chan struct{})
	go func() {
		defer close(l.done)
		l.x, l.stop, l.err = l.start()
	}()
}

// close waits for the session's start and ends it.
func (l *lazyExecutor) close() {
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

func (l *lazyExecutor) Execute(ctx context.Context, req kernel.ExecuteRequest, out kernel.Output) kernel.ExecuteReply {
	select {
	case <-l.done:
	case <-ctx.Done():
		return kernel.ExecuteReply{Err: cellError(context.Canceled, req)}
	}
	if l.err != nil {
		return kernel.ExecuteReply{Err: cellError(l.err, req)}
	}
	return l.x.Execute(ctx, req, out)
}

func (l *lazyExecutor) Interrupt() {
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
