package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel"
)

// shows records what a cell displays and tells when.
type shows struct {
	kernel.Output
	mu    sync.Mutex
	texts []string
	first chan struct{}
}

func (s *shows) Display(b display.Bundle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.texts) == 0 {
		close(s.first)
	}
	s.texts = append(s.texts, fmt.Sprint(b.Data["text/plain"]))
}

// slowStart starts until it is cancelled or let go, and fails then.
func slowStart(release <-chan struct{}) func(context.Context, io.Writer) (*executor, func(), error) {
	return func(ctx context.Context, log io.Writer) (*executor, func(), error) {
		fmt.Fprintln(log, "building the engine")
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-release:
			return nil, nil, errors.New("no space left")
		}
	}
}

func TestWaitingForTheSessionIsShownAndCanBeInterrupted(t *testing.T) {
	l := &lazyExecutor{start: slowStart(nil)}
	l.begin()
	defer l.close()
	out := &shows{first: make(chan struct{})}
	go func() {
		<-out.first
		l.Interrupt()
	}()
	reply := l.Execute(t.Context(), kernel.ExecuteRequest{Code: "1+1", Count: 1}, out)
	if reply.Err == nil || reply.Err.Name != "Interrupt" {
		t.Errorf("reply %+v, want an interrupt", reply.Err)
	}
	if want := []string{"building the engine …", ""}; strings.Join(out.texts, "|") != strings.Join(want, "|") {
		t.Errorf("shown %q, want %q", out.texts, want)
	}
}

func TestAStartThatFailsIsTheCellsError(t *testing.T) {
	release := make(chan struct{})
	l := &lazyExecutor{start: slowStart(release)}
	l.begin()
	defer l.close()
	out := &shows{first: make(chan struct{})}
	go func() {
		<-out.first
		close(release)
	}()
	reply := l.Execute(t.Context(), kernel.ExecuteRequest{Code: "1+1", Count: 1}, out)
	if reply.Err == nil || !strings.Contains(reply.Err.Value, "no space left") {
		t.Errorf("reply %+v, want the start's error", reply.Err)
	}
}

func TestClosingEndsTheStart(t *testing.T) {
	l := &lazyExecutor{start: slowStart(nil)}
	l.begin()
	l.close() // returns only when start has
}
