package process

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// A Supervisor keeps an engine at hand: the first is started before it is
// needed, and with Spare a second one waits for the death of the first. What
// cells made of the working folder, the environment and GOMAXPROCS, until their
// ends, is what later engines start with.
type Supervisor struct {
	spare bool
	first Config // what the first engine was started with

	retired sync.WaitGroup // spares that are being ended

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
	cfg   Config // what it was started with
}

// NewSupervisor starts an engine in the background.
func NewSupervisor(cfg Config, spare bool) *Supervisor {
	s := &Supervisor{spare: spare, first: cfg}
	cfg.Surroundings = s.changed
	s.cfg = cfg
	s.cur = s.start()
	return s
}

// Dir is the folder that cells work in, as far as the engine has told. It does
// not wait for the engine.
func (s *Supervisor) Dir() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cfg.Dir
}

// changed keeps what a cell made of its surroundings.
func (s *Supervisor) changed(w wire.Surroundings) {
	slices.Sort(w.Env)
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.Dir != "" {
		s.cfg.Dir = w.Dir
	}
	s.cfg.Env, s.cfg.Procs = w.Env, w.Procs
}

// start begins to start an engine. s.mu is held, or s is new.
func (s *Supervisor) start() *starting {
	st := &starting{ready: make(chan struct{}), cfg: s.cfg}
	st.cfg.Died = func(d *DeathError) {
		s.mu.Lock()
		spare := st == s.next
		s.mu.Unlock()
		if !spare && s.cfg.Died != nil { // which never changes
			s.cfg.Died(d)
		}
	}
	go func() {
		defer close(st.ready)
		st.e, st.err = Start(context.Background(), st.cfg)
	}()
	return st
}

// fits reports whether the engine was started with the settings of now.
func (s *Supervisor) fits(st *starting) bool {
	return st.cfg.Dir == s.cfg.Dir && st.cfg.Procs == s.cfg.Procs && slices.Equal(st.cfg.Env, s.cfg.Env)
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
	note := ""
	if s.cur.dead() {
		note = s.replace()
	}
	st, gen := s.cur, s.gen
	s.mu.Unlock()
	s.tell(note)
	select {
	case <-st.ready:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	if st.err != nil {
		if s.restore(st) {
			return s.Engine(ctx)
		}
		return nil, 0, st.err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spare && s.next == nil && !s.closed {
		s.next = s.start()
	}
	return st.e, gen, nil
}

// replace makes the spare the current engine, or starts one. When the working
// folder is gone it takes the first engine's, which the note says. s.mu is held.
func (s *Supervisor) replace() (note string) {
	s.gen++
	if gone := s.cfg.Dir; !isDir(gone) {
		s.cfg.Dir = s.first.Dir
		if !isDir(s.first.Dir) {
			s.cfg.Dir = "" // the kernel's
		}
		note = "the working folder " + gone + " is gone: cells run in " + cmp.Or(s.cfg.Dir, "the kernel's folder")
	}
	next := s.next
	s.next = nil
	if next != nil && (next.dead() || !s.fits(next)) {
		s.retired.Go(next.close)
		next = nil
	}
	if next == nil {
		next = s.start()
	}
	s.cur = next
	return note
}

// restore starts an engine in the surroundings of the first, where one did not
// start in those that cells made (an environment that is too large); false
// when there is nothing to restore.
func (s *Supervisor) restore(failed *starting) bool {
	s.mu.Lock()
	home := failed.cfg.Dir == s.first.Dir || !isDir(s.first.Dir)
	asFirst := home && failed.cfg.Procs == s.first.Procs && slices.Equal(failed.cfg.Env, s.first.Env)
	if s.closed || failed == s.cur && asFirst {
		s.mu.Unlock()
		return false
	}
	note := ""
	if failed == s.cur {
		note = fmt.Sprintf("the engine process does not start with the environment that cells made, and has the kernel's again (%v)", failed.err)
		s.cfg.Dir, s.cfg.Env, s.cfg.Procs = s.first.Dir, s.first.Env, s.first.Procs
		note = cmp.Or(s.replace(), note)
	}
	s.mu.Unlock()
	s.tell(note)
	return true
}

// isDir reports whether a working folder is there; "" is the kernel's own.
func isDir(dir string) bool {
	st, err := os.Stat(dir)
	return dir == "" || err == nil && st.IsDir()
}

// tell shows a note, "" for none. s.mu is not held.
func (s *Supervisor) tell(note string) {
	if note != "" && s.cfg.Note != nil { // which never changes
		s.cfg.Note(0, rt.Note{Text: note})
	}
}

func (st *starting) close() {
	<-st.ready
	if st.e != nil {
		st.e.Close()
	}
}

// Probe kills the engine when it does not answer; see Engine.Probe.
func (s *Supervisor) Probe() {
	s.mu.Lock()
	cur := s.cur
	s.mu.Unlock()
	select {
	case <-cur.ready:
		if cur.err == nil {
			cur.e.Probe()
		}
	default: // it starts
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
	note := s.replace()
	s.mu.Unlock()
	s.tell(note)
	old.close()
}

// Chdir changes the working folder, of this engine and those to come.
func (s *Supervisor) Chdir(ctx context.Context, dir string) (string, error) {
	e, _, err := s.Engine(ctx)
	if err != nil {
		return "", err
	}
	var r wire.Dir
	err = e.Call(ctx, wire.MethodChdir, wire.Chdir{Dir: dir}, &r)
	return r.Dir, err
}

// Setenv sets an environment variable, or removes it, in this engine and those
// to come.
func (s *Supervisor) Setenv(ctx context.Context, p wire.Env) error {
	e, _, err := s.Engine(ctx)
	if err != nil {
		return err
	}
	return e.Call(ctx, wire.MethodSetenv, p, nil)
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
	s.retired.Wait()
}

// IsDeath reports whether an error of Call means that the engine died.
func IsDeath(err error) (*DeathError, bool) {
	var d *DeathError
	ok := errors.As(err, &d)
	return d, ok
}
