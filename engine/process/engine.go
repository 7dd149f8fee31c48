// Package process is the kernel's side of the engine process. Start starts
// one; Engine.Call asks it something, Engine.Interrupt stops what runs, and
// Supervisor keeps an engine at hand when one dies.
//
// All callbacks of a Config are called in the order in which the engine wrote:
// output that precedes a reply has been delivered when Call returns.
package process

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/host/config"
	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// Config says how engines are started and who hears what they show.
type Config struct {
	Path  string   // the engine's binary
	Args  []string // its arguments, e.g. {"engine"} for the kernel's own binary
	Dir   string   // working folder; "" is the kernel's
	Env   []string // environment as KEY=value; nil is the kernel's
	Procs int      // GOMAXPROCS; 0 is the runtime's own
	// MemoryLimit in bytes: 0 takes three quarters of the machine's or the
	// cgroup's memory, negative means none.
	MemoryLimit int64
	// Grace is how long an interrupted run may compute on before the process
	// is killed; 0 means 2 s.
	Grace time.Duration

	// The callbacks may be nil. They are called one at a time for one engine
	// and must not call it synchronously.
	Output  func(cell uint64, stream, text string) // stream is "stdout" or "stderr"
	Display func(cell uint64, b display.Bundle)
	Clear   func(cell uint64, wait bool)
	Note    func(cell uint64, n rt.Note)
	// Progress tells how far a parallel loop is.
	Progress func(cell uint64, p wire.Progress)
	// Input tells that a cell waits for standard input: MethodInput answers.
	Input func(cell uint64)
	// Surroundings tells what a cell has made of the working folder, the
	// environment and GOMAXPROCS; before the cell's reply. A Supervisor uses it.
	Surroundings func(s wire.Surroundings)
	// Died is called once, after all output was delivered, when the process
	// ended without being asked to.
	Died func(*DeathError)
}

// DefaultGrace is UX.md's: compiled code that does not return gets 2 s.
const DefaultGrace = 2 * time.Second

// An Engine is one engine process. Its methods are safe for concurrent use.
type Engine struct {
	Hello wire.Hello

	cfg  Config
	proc *os.Process
	req  *wire.Writer
	pipe *os.File // the write end of requests

	out *output

	mu      sync.Mutex
	nextID  uint64
	pending map[uint64]*call
	reason  string // why we killed it
	closing bool

	limit atomic.Int64 // of memory, in bytes

	death *DeathError
	done  chan struct{} // closed when everything has ended and been delivered
}

type call struct {
	cell  uint64
	reply chan wire.Frame // one frame; closed when the engine died
	ended chan struct{}   // closed when Call returns
}

// Start starts an engine and waits until it answers.
func Start(ctx context.Context, cfg Config) (*Engine, error) {
	e, err := launch(cfg)
	if err != nil {
		return nil, fmt.Errorf("start engine %s: %w", cfg.Path, err)
	}
	if err := e.Call(ctx, wire.MethodHello, nil, &e.Hello); err != nil {
		e.Kill("it did not answer at its start")
		<-e.done
		return nil, fmt.Errorf("start engine %s: %w", cfg.Path, err)
	}
	e.limit.Store(e.Hello.MemoryLimit)
	return e, nil
}

// launch makes the pipes and starts the process with its readers.
func launch(cfg Config) (*Engine, error) {
	if cfg.Grace == 0 {
		cfg.Grace = DefaultGrace
	}
	p, err := newPipes()
	if err != nil {
		return nil, err
	}
	token := wire.NewToken()
	cmd := exec.Command(cfg.Path, cfg.Args...)
	cmd.SysProcAttr = processAttr()
	handles := inherit(cmd, p.requests.r, p.replies.w, p.crash.w)
	settings, err := json.Marshal(config.Config{Token: token, MemoryLimit: cfg.MemoryLimit, Procs: cfg.Procs, Handles: handles})
	if err != nil {
		p.close()
		return nil, err
	}
	cmd.Dir, cmd.Env = cfg.Dir, cfg.Env
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env[:len(cmd.Env):len(cmd.Env)], config.Env+"="+string(settings))
	cmd.Stdout, cmd.Stderr = p.stdout.w, p.stderr.w
	started, exited := make(chan error, 1), make(chan *os.ProcessState, 1)
	go keep(cmd, started, exited)
	if err := <-started; err != nil {
		p.close()
		return nil, err
	}
	p.closeChildEnds()
	e := &Engine{
		cfg: cfg, proc: cmd.Process, pipe: p.requests.w, req: wire.NewWriter(p.requests.w),
		pending: map[uint64]*call{}, done: make(chan struct{}),
	}
	e.out = newOutput(token, p, cfg.Output)
	go e.own(p, exited)
	return e, nil
}

// keep starts the process and waits for it on one thread that lives as long:
// the system signals the engine when that thread ends (Pdeathsig).
func keep(cmd *exec.Cmd, started chan<- error, exited chan<- *os.ProcessState) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := cmd.Start()
	started <- err
	if err != nil {
		return
	}
	st, _ := cmd.Process.Wait()
	exited <- st
}

// own runs the readers until the process has ended and all it wrote has been
// delivered.
func (e *Engine) own(p *pipes, exited <-chan *os.ProcessState) {
	defer close(e.done)
	frames := make(chan struct{})
	go func() {
		defer close(frames)
		e.readFrames(p.replies.r)
	}()
	e.out.start()
	var watch sync.WaitGroup
	exit := make(chan struct{})
	watch.Go(func() { e.watchMemory(exit) })
	st := <-exited
	close(exit)
	watch.Wait()
	session.Kill(e.proc.Pid, 0)
	p.replies.r.SetReadDeadline(time.Now().Add(drainTime))
	e.out.drain()
	<-frames
	p.close()

	e.mu.Lock()
	asked, reason := e.closing, e.reason
	e.death = newDeath(st, e.out.crashText(), reason, e.limit.Load())
	e.death.Unheard = len(e.pending) == 0
	for id, c := range e.pending {
		close(c.reply)
		delete(e.pending, id)
	}
	e.pending = nil
	e.mu.Unlock()
	if !asked && e.cfg.Died != nil {
		e.cfg.Died(e.death)
	}
}

// readFrames delivers replies and events until the pipe ends. A frame that
// is no frame ends the process: the pipe can't be read on.
func (e *Engine) readFrames(r io.Reader) {
	defer e.out.noMoreFrames()
	buffered := bufio.NewReader(r)
	for {
		f, err := wire.Read(buffered)
		if err != nil {
			if errors.Is(err, wire.ErrMalformed) {
				e.Kill(err.Error())
			}
			return
		}
		if f.Mark > 0 {
			e.out.meet(f.Mark, func() { e.deliver(f) })
		} else {
			e.deliver(f)
		}
	}
}

// deliver hands a frame to the callbacks or to the call that waits for it.
func (e *Engine) deliver(f wire.Frame) {
	if f.Type == wire.Event {
		e.event(f)
		return
	}
	e.mu.Lock()
	c := e.pending[f.ID]
	delete(e.pending, f.ID)
	e.mu.Unlock()
	if c != nil {
		c.reply <- f
	}
}

// event decodes an event and calls back.
func (e *Engine) event(f wire.Frame) {
	if f.Error != "" {
		e.out.text(f.Cell, "stderr", "goblaze: "+f.Method+": "+f.Error+"\n")
		return
	}
	switch f.Method {
	case wire.EventDisplay:
		var b wire.Bundle
		if json.Unmarshal(f.Body, &b) == nil && e.cfg.Display != nil {
			e.cfg.Display(f.Cell, b.Display())
		}
	case wire.EventClear:
		var c wire.Clear
		if json.Unmarshal(f.Body, &c) == nil && e.cfg.Clear != nil {
			e.cfg.Clear(f.Cell, c.Wait)
		}
	case wire.EventProgress:
		var p wire.Progress
		if json.Unmarshal(f.Body, &p) == nil && e.cfg.Progress != nil {
			e.cfg.Progress(f.Cell, p)
		}
	case wire.EventInput:
		if e.cfg.Input != nil {
			e.cfg.Input(f.Cell)
		}
	case wire.EventSurroundings:
		var s wire.Surroundings
		if json.Unmarshal(f.Body, &s) == nil && e.cfg.Surroundings != nil {
			e.cfg.Surroundings(s)
		}
	case wire.EventNote:
		var n rt.Note
		if json.Unmarshal(f.Body, &n) == nil && e.cfg.Note != nil {
			e.cfg.Note(f.Cell, n)
		}
	}
}

// PID returns the process id, which is also its session's.
func (e *Engine) PID() int { return e.proc.Pid }

// Done returns a channel that is closed when the process has ended, its
// output was delivered and Died was called.
func (e *Engine) Done() <-chan struct{} { return e.done }

// Death says how the process ended; call it after Done.
func (e *Engine) Death() *DeathError { return e.death }

// Kill ends the process and all it started; the reason is part of the
// DeathError.
func (e *Engine) Kill(reason string) {
	e.mu.Lock()
	if e.reason == "" {
		e.reason = reason
	}
	e.mu.Unlock()
	e.proc.Kill() // an error means that it has ended
}

// Close asks the process to end, kills it when it does not within half a
// second, and waits.
func (e *Engine) Close() {
	e.mu.Lock()
	e.closing = true
	e.mu.Unlock()
	e.pipe.Close() // EOF ends the engine
	t := time.NewTimer(500 * time.Millisecond)
	defer t.Stop()
	select {
	case <-e.done:
		return
	case <-t.C:
	}
	e.Kill("it was closed")
	<-e.done
}
