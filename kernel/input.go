package kernel

import (
	"context"
	"errors"
	"sync"
)

// An Inputter asks the person at the front end for a line. The Output that
// the kernel passes to an Executor implements it.
type Inputter interface {
	// Input shows prompt and returns the line typed, hidden while typing
	// with password. It fails with ErrNoInput where the front end cannot
	// answer, with ErrInputInterrupted, or as ctx does.
	Input(ctx context.Context, prompt string, password bool) (string, error)
}

// ErrNoInput says that the front end does not answer input requests.
var ErrNoInput = errors.New("this front end does not take input (it ran the cell with allow_stdin off)")

// ErrInputInterrupted says that the cell was interrupted while it waited.
var ErrInputInterrupted = errors.New("interrupted while waiting for input")

// inputs holds the one input request that waits.
type inputs struct {
	turn sync.Mutex // one question at a time

	mu      sync.Mutex
	waiting chan inputAnswer
}

type inputAnswer struct {
	value string
	err   error
}

// open starts to wait for an answer.
func (i *inputs) open() <-chan inputAnswer {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.waiting = make(chan inputAnswer, 1)
	return i.waiting
}

// answer ends the waiting, if any.
func (i *inputs) answer(a inputAnswer) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.waiting == nil {
		return false
	}
	i.waiting <- a
	i.waiting = nil
	return true
}

func (i *inputs) interrupt() { i.answer(inputAnswer{err: ErrInputInterrupted}) }

// Input implements Inputter over the stdin channel.
func (c *cell) Input(ctx context.Context, prompt string, password bool) (string, error) {
	s := c.server
	if !c.stdin || c.silent {
		return "", ErrNoInput
	}
	s.inputs.turn.Lock()
	defer s.inputs.turn.Unlock()
	to := s.stdin.peerOf(c.parent)
	if to == nil {
		return "", ErrNoInput
	}
	answer := s.inputs.open()
	ask := parent{to: to, ids: c.parent.ids, header: c.parent.header}
	s.reply(ask, "input_request", map[string]any{"prompt": prompt, "password": password})
	select {
	case a := <-answer:
		return a.value, a.err
	case <-ctx.Done():
		s.inputs.interrupt()
		return "", context.Cause(ctx)
	case <-to.gone:
		s.inputs.interrupt()
		return "", ErrNoInput
	}
}

// peerOf finds the connection with the identity of the one a request came on:
// front ends use one identity for shell and stdin.
func (s *socket) peerOf(p parent) *peer {
	if p.to == nil {
		return nil
	}
	for _, candidate := range s.snapshot() {
		if string(candidate.identity) == string(p.to.identity) {
			return candidate
		}
	}
	return nil
}

// stdinMessage takes the answers to input requests.
func (s *Server) stdinMessage(_ context.Context, m *message) {
	var content struct {
		Value string `json:"value"`
	}
	if m.header.MsgType != "input_reply" {
		s.log.printf("stdin socket: message of unknown type %q ignored", m.header.MsgType)
		return
	}
	if s.unmarshal(m, &content) == nil && !s.inputs.answer(inputAnswer{value: content.Value}) {
		s.log.printf("stdin socket: input_reply dropped: nothing was asked")
	}
}
