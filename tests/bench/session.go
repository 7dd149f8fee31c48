package bench

import (
	"context"
	"os"
	"path/filepath"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/engine/build"
)

// A Session is a session without a kernel before it, in a folder of its own. It
// is used by one goroutine.
type Session struct {
	*engine.Session
	Dir   string // the folder
	count int
}

// NewSession builds the engine, where that was not done before, and starts a
// session in it, with the options that change makes of the usual ones.
func NewSession(change ...func(*engine.Options)) (*Session, error) {
	tc, err := build.Find(context.Background())
	if err != nil {
		return nil, err
	}
	e, err := tc.Engine(context.Background(), build.Checkout("."), os.Stderr)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "goblaze-bench-")
	if err != nil {
		return nil, err
	}
	opt := engine.Options{Notebook: dir, Dir: filepath.Join(dir, "session"), Engine: e, Command: []string{e.Binary}}
	for _, c := range change {
		c(&opt)
	}
	s, err := engine.NewSession(opt)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &Session{Session: s, Dir: dir}, nil
}

// Close ends the session and removes its folder.
func (s *Session) Close() error {
	err := s.Session.Close()
	os.RemoveAll(s.Dir)
	return err
}

// Run runs a cell and returns its value as text.
func (s *Session) Run(text string, out engine.Output) (string, error) {
	value, _, err := s.Time(text, out)
	return value, err
}

// Time is Run; it also returns what the cell's statements took in the engine.
func (s *Session) Time(text string, out engine.Output) (string, engine.Sample, error) {
	s.count++
	b, took, _, err := s.ExecTimed(context.Background(), s.Begin(s.count, text, out), engine.Source{Text: text, Line: 1, Col: 1})
	if b == nil {
		return "", took, err
	}
	value, _ := b.Data["text/plain"].(string)
	return value, took, err
}

// Silent is an output that nobody reads.
type Silent struct{}

func (Silent) Stream(string, string)  {}
func (Silent) Display(display.Bundle) {}
func (Silent) Clear(bool)             {}
