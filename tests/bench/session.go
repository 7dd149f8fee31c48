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
// session in it.
func NewSession() (*Session, error) {
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
	s, err := engine.NewSession(engine.Options{Notebook: dir, Dir: filepath.Join(dir, "session"), Engine: e, Command: []string{e.Binary}})
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
	s.count++
	b, err := s.Exec(context.Background(), s.Begin(s.count, text, out), engine.Source{Text: text, Line: 1, Col: 1})
	if b == nil {
		return "", err
	}
	value, _ := b.Data["text/plain"].(string)
	return value, err
}

// Silent is an output that nobody reads.
type Silent struct{}

func (Silent) Stream(string, string)  {}
func (Silent) Display(display.Bundle) {}
func (Silent) Clear(bool)             {}
