// Package server is the engine process: Main reads requests from the kernel
// process, runs cells, and ends when the pipe does.
//
// The kernel process starts it with three extra descriptors (see package
// process): 3, requests in; 4, replies and events out; 5, the runtime's last
// words. Descriptors 1 and 2 are pipes that the kernel process reads.
package server

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"plugin"
	"reflect"
	"runtime"
	"sync"
	"syscall"

	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// Symbols are std's and others' symbols for the interpreter, in the shape of
// yaegi's interp.Exports: "path/name" → name → value.
type Symbols = map[string]map[string]reflect.Value

// Main runs the engine until the kernel process closes its pipe, and returns
// the exit code. symbols is what interpreted code can import.
func Main(symbols Symbols) int {
	s, err := newServer(symbols)
	if err != nil {
		fmt.Fprintln(os.Stderr, "goblaze engine:", err)
		return 2
	}
	defer session.Kill(os.Getpid(), os.Getpid())
	endOnSignal()
	stop := rt.Monitor(s.limit)
	defer stop()
	defer s.stdin.close()
	if err := s.serve(); err != nil {
		fmt.Fprintln(os.Stderr, "goblaze engine:", err)
		return 2
	}
	return 0
}

// endOnSignal ends the engine, with all it started, on SIGTERM: the system
// sends it when the kernel process dies (see package process), somebody else
// perhaps. SIGKILL would leave the engine's own children behind.
func endOnSignal() {
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	go func() {
		<-term
		session.Kill(os.Getpid(), os.Getpid())
		os.Exit(128 + int(syscall.SIGTERM))
	}()
}

type server struct {
	in     io.Reader
	out    *wire.Writer
	pipes  [2]*os.File // of in and out
	crash  *os.File
	limit  int64
	stream *streams
	interp *interpreter
	stmts  *statements
	loaded plugins
	loops  loops
	stdin  input
	around surroundings

	runMu sync.Mutex // one run at a time

	mu        sync.Mutex
	running   underWay
	lastRun   uint64          // the highest cell id that began
	cancelled map[uint64]bool // interrupted before they began
	prevDir   string
}

// underWay is the run under way; stop is nil when there is none.
type underWay struct {
	id   uint64
	stop func()
}

// handler answers one request. ordered says that its reply must come after
// all output so far.
type handler struct {
	handle  func(s *server, body json.RawMessage) (any, error)
	ordered bool
}

// handle makes a handler from a typed function.
func handle[P, R any](f func(*server, P) (R, error)) func(*server, json.RawMessage) (any, error) {
	return func(s *server, body json.RawMessage) (any, error) {
		var p P
		if len(body) > 0 {
			if err := json.Unmarshal(body, &p); err != nil {
				return nil, fmt.Errorf("parameters: %w", err)
			}
		}
		return f(s, p)
	}
}

type none struct{}

var handlers = map[string]handler{
	wire.MethodHello:      {handle((*server).hello), false},
	wire.MethodLoad:       {handle((*server).load), false},
	wire.MethodRun:        {handle((*server).run), true},
	wire.MethodTime:       {handle((*server).time), true},
	wire.MethodInterp:     {handle((*server).eval), true},
	wire.MethodStatements: {handle((*server).statements), true},

	wire.MethodTimeStatements: {handle((*server).timeStatements), true},

	wire.MethodUse:        {handle((*server).use), false},
	wire.MethodForget:     {handle((*server).forget), false},
	wire.MethodValues:     {handle((*server).values), true},
	wire.MethodInterrupt:  {handle((*server).interrupt), false},
	wire.MethodChdir:      {handle((*server).chdir), false},
	wire.MethodGetwd:      {handle((*server).getwd), false},
	wire.MethodSetenv:     {handle((*server).setenv), false},
	wire.MethodEnviron:    {handle((*server).environ), false},
	wire.MethodShell:      {handle((*server).shell), true},
	wire.MethodGoroutines: {handle((*server).goroutines), false},
	wire.MethodStatus:     {handle((*server).status), false},
	wire.MethodInput:      {handle((*server).input), false},
}

// serve answers requests until the input ends. Each runs in a goroutine of its
// own: the process is about to end when they are left behind.
func (s *server) serve() error {
	in := bufio.NewReader(s.in)
	for {
		f, err := wire.Read(in)
		if errors.Is(err, io.EOF) || errors.Is(err, os.ErrClosed) {
			return nil
		}
		if errors.Is(err, syscall.EBADF) {
			s.die(lostPipe("requests"))
		}
		if err != nil {
			return err
		}
		if f.Method == wire.MethodExit {
			return s.out.Write(wire.Frame{Type: wire.Reply, ID: f.ID})
		}
		if f.Method == wire.MethodInterrupt || f.Method == wire.MethodHello {
			s.answer(f) // at once: a new goroutine would queue behind the busy ones
			continue
		}
		go s.answer(f)
	}
}

// answer handles one request and writes its reply.
func (s *server) answer(f wire.Frame) {
	reply := wire.Frame{Type: wire.Reply, ID: f.ID, Method: f.Method}
	h, ok := handlers[f.Method]
	if !ok {
		reply.Error = fmt.Sprintf("unknown method %q: the engine is older than the kernel", f.Method)
		s.write(reply, false)
		return
	}
	result, err := s.guarded(h, f)
	if err == nil {
		reply.Body, err = json.Marshal(result)
	}
	if err != nil {
		reply.Error = err.Error()
	}
	s.write(reply, h.ordered)
}

// guarded turns a panic of the engine itself into the request's error.
func (s *server) guarded(h handler, f wire.Frame) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("engine fault in %s: %v", f.Method, v)
		}
	}()
	return h.handle(s, f.Body)
}

// write sends a frame; an ordered one waits, on the kernel's side, for the
// output written before it. A frame that is too large is replaced by an error.
func (s *server) write(f wire.Frame, ordered bool) {
	send := func(f wire.Frame) error { return s.out.Write(f) }
	if ordered {
		send = func(f wire.Frame) error { return s.stream.send(s.out, f) }
	}
	err := send(f)
	if errors.Is(err, wire.ErrTooLarge) {
		err = send(wire.Frame{Type: f.Type, ID: f.ID, Method: f.Method, Cell: f.Cell, Error: err.Error()})
	}
	if errors.Is(err, syscall.EBADF) {
		s.die(lostPipe("replies"))
	}
	// Any other error means that the kernel is gone: serve ends the process.
}

// event sends an event of a cell in order with its output.
func (s *server) event(kind string, cell uint64, body any) { s.send(kind, cell, body, true) }

func (s *server) send(kind string, cell uint64, body any, ordered bool) {
	raw, err := json.Marshal(body)
	f := wire.Frame{Type: wire.Event, Method: kind, Cell: cell, Body: raw}
	if err != nil {
		f.Error = err.Error()
	}
	s.write(f, ordered)
}

func (s *server) hello(none) (wire.Hello, error) {
	return wire.Hello{Version: wire.Version, PID: os.Getpid(), GoVersion: runtime.Version(), Plugins: pluginsWork(), MemoryLimit: s.limit}, nil
}

// pluginsWork reports whether plugin.Open is there: not without cgo, nor on
// systems that have no plugins.
func pluginsWork() bool {
	_, err := plugin.Open("/nonexistent/goblaze.so")
	return err == nil || err.Error() != "plugin: not implemented"
}
