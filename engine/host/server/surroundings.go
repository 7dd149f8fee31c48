package server

import (
	"os"
	"runtime"
	"slices"
	"sync"

	"github.com/goblaze/goblaze/engine/wire"
)

// surroundings tells the kernel process what cells did to the working folder,
// the environment and GOMAXPROCS, so that a fresh engine has them too.
type surroundings struct {
	mu    sync.Mutex
	procs int               // at the start of the process
	last  wire.Surroundings // as the kernel process knows them
}

// begin notes what the process was started with.
func (s *surroundings) begin(procs int) {
	s.procs = runtime.GOMAXPROCS(0)
	if procs > 0 {
		runtime.GOMAXPROCS(procs)
	}
	s.last = s.now()
}

// now reads the surroundings in a few microseconds.
func (s *surroundings) now() wire.Surroundings {
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // it was removed
	}
	w := wire.Surroundings{Dir: dir, Env: os.Environ()}
	if n := runtime.GOMAXPROCS(0); n != s.procs {
		w.Procs = n
	}
	return w
}

// changed returns the surroundings and whether they are others than when they
// were asked for last.
func (s *surroundings) changed() (wire.Surroundings, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if now.Dir == s.last.Dir && now.Procs == s.last.Procs && slices.Equal(now.Env, s.last.Env) {
		return now, false
	}
	s.last = now
	return now, true
}

// tellSurroundings sends what has changed, before the reply to what changed it.
func (s *server) tellSurroundings() {
	if now, ok := s.around.changed(); ok {
		s.send(wire.EventSurroundings, 0, now, false)
	}
}
