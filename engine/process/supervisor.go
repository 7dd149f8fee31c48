package process

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/goblaze/goblaze/engine/wire"
)

// A Supervisor keeps an engine at hand: the first is started before it is
// needed, and with Spare a second one waits for the death of the first. The
// working folder and environment set through it are those of later engines.
type Supervisor struct {
	spare bool

	mu     sync.Mutex
	cfg    Config
	cur    *starting
	next   *starting
	gen    int
	closed bool
}

// starting is an engine that is being started, or was.
type starting struct {
	ready chan struct{}
	e     *Engine
	err   error
	dir   string // what it was started with
	env   []string
}

// NewSupervisor starts an engine in the background.
func NewSupervisor(cfg Config, spare bool) *Supervisor {
	s := &Supervisor{cfg: cfg, spare: spare}
	s.cur = s.start()
	return s
}

// start begins to start an engine. s.mu is held, or s is new.
func (s *Supervisor) start() *starting {
	st := &starting{ready: make(chan struct{}), dir: s.cfg.Dir, env: s.cfg.Env}
	cfg := s.cfg
	go func() {
		defer close(st.ready)
		st.e, st.err = Start(context.Background(), cfg)
	}()
	return st
}

// fits reports whether the engine was started with the settings of now.
func (s *Supervisor) fits(st *starting) bool {
	return st.dir == s.cfg.Dir && slices.Equal(st.env, s.cfg.Env)
}

// dead reports whether a started engine has ended or never began.
func (st *starting) dead() bool {
	select {
	case <-st.ready:
	default:
		return false
	}
	if st.err != nil {
		return true
	}
	select {
	case <-st.e.Done():
		return true
	default:
		return false
	}
}

// Engine returns the live engine, starting one when the last has died, and its
// generation: it grows with every engine, so that a caller knows when to
// replay what the session declared.
func (s *Supervisor) Engine(ctx context.Context) (*Engine, int, error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, 0, ErrClosed
	}
	if s.cur.dead() {
		s.replace()
	}
	st, gen := s.cur, s.gen
	s.mu.Unlock()
	select {
	case <-st.ready:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	if st.err != nil {
		return nil, 0, st.err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spare && s.next == nil && !s.closed {
		s.next = s.start()
	}
	return st.e, gen, nil
}

// replace makes the spare the current engine, or starts one. s.mu is held.
func (s *Supervisor) replace() {
	s.gen++
	next := s.next
	s.next = nil
	if next != nil && (next.dead() || !s.fits(next)) {
		go next.close()
		next = nil
	}
	if next == nil {
		next = s.start()
	}
	s.cur = next
}

func (st *starting) close() {
	<-st.ready
	if st.e != nil {
		st.e.Close()
	}
}

// Restart ends the engine; the next call of Engine gives a fresh one.
func (s *Supervisor) Restart() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	old := s.cur
	s.replace()
	s.mu.Unlock()
	old.close()
}

// Chdir changes the working folder, of this engine and those to come.
func (s *Supervisor) Chdir(ctx context.Context, dir string) (string, error) {
	e, _, err := s.Engine(ctx)
	if err != nil {
		return "", err
	}
	var r wire.Dir
	if err := e.Call(ctx, wire.MethodChdir, wire.Chdir{Dir: dir}, &r); err != nil {
		return "", err
	}
	s.mu.Lock()
	s.cfg.Dir = r.Dir
	s.mu.Unlock()
	return r.Dir, nil
}

// Setenv sets an environment variable, or removes it, in this engine and those
// to come.
func (s *Supervisor) Setenv(ctx context.Context, p wire.Env) error {
	e, _, err := s.Engine(ctx)
	if err != nil {
		return err
	}
	if err := e.Call(ctx, wire.MethodSetenv, p, nil); err != nil {
		return err
	}
	var r wire.Environ
	if err := e.Call(ctx, wire.MethodEnviron, nil, &r); err != nil {
		return err
	}
	slices.Sort(r.Env)
	s.mu.Lock()
	s.cfg.Env = slices.DeleteFunc(r.Env, func(kv string) bool { return !strings.Contains(kv, "=") })
	s.mu.Unlock()
	return nil
}

// Close ends the engines and waits for them.
func (s *Supervisor) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	cur, next := s.cur, s.next
	s.mu.Unlock()
	cur.close()
	if next != nil {
		next.close()
	}
}

// IsDeath reports whether an error of Call means that the engine died.
func IsDeath(err error) (*DeathError, bool) {
	var d *DeathError
	ok := errors.As(err, &d)
	return d, ok
}
