package engine

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
	cellplan "github.com/goblaze/goblaze/engine/plan"
)

// A fault of the planner is a test's failure, and not a reason to compile.
func init() { cellplan.FaultsPanic = true }

var sharedEngine = sync.OnceValues(func() (*build.Engine, error) {
	ctx := context.Background()
	tc, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	return tc.Engine(ctx, build.Checkout(".."), os.Stderr)
})

// testEngine returns the engine that all tests share.
func testEngine(t testing.TB) *build.Engine {
	t.Helper()
	e, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// newTestSession returns a session that ends with the test.
func newTestSession(t testing.TB, e *build.Engine) *Session {
	t.Helper()
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// A recorder keeps what cells write.
type recorder struct {
	mu       sync.Mutex
	out, err strings.Builder
	shown    []display.Bundle
}

func (r *recorder) Stream(name, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if name == "stdout" {
		r.out.WriteString(text)
	} else {
		r.err.WriteString(text)
	}
}

func (r *recorder) Display(b display.Bundle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shown = append(r.shown, b)
}

func (r *recorder) Clear(bool) {}

func (r *recorder) stdout() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}
