package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Options configure a Server. The zero value is ready to use.
type Options struct {
	Version   string      // of the kernel, as kernel_info tells it; default "0.0.0"
	Banner    string      // default: one line with name and versions
	HelpLinks []HelpLink  // default: Go's documentation
	Log       *log.Logger // dropped messages and the like; default: standard error
	// Grace is how long a cell may go on after the kernel was told to end;
	// default 2 s. Jupyter kills a kernel that takes 5 s.
	Grace time.Duration
}

// A HelpLink is an entry of the front end's Help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// ErrStillRunning is returned by Serve when the executor did not return from
// a cell within Options.Grace. Its goroutine is abandoned.
var ErrStillRunning = errors.New("kernel: the cell did not stop in time")

// errShutdown is the cause of the end when a front end asked for it.
var errShutdown = errors.New("kernel: shutdown requested")

// A Server is a kernel with its sockets open. Create it with Listen and call
// Serve once.
type Server struct {
	info ConnectionInfo
	exec Executor
	opts Options
	log  *dropLog
	wire *wire
	pub  *publisher

	shell, control, stdin, iopub, heartbeat *socket

	cells   chan *message // execute_requests in order
	queries chan *message // questions to the executor, in order
	inputs  inputs
	history *history
	usage   usage
	count   int // cells stored; owned by the execution lane

	mu      sync.Mutex
	running *parent // the cell that runs
	cancel  context.CancelFunc
	stop    context.CancelCauseFunc
}

// maxWaiting is how many requests may wait in a lane before the connection
// they come on has to wait.
const maxWaiting = 4096

// Listen opens the sockets of info; nothing is answered before Serve. The
// caller must call Serve or Close.
func Listen(info ConnectionInfo, exec Executor, opts Options) (*Server, error) {
	if err := info.check(); err != nil {
		return nil, fmt.Errorf("kernel: %w", err)
	}
	opts.fill()
	s := &Server{
		info: info, exec: exec, opts: opts, log: &dropLog{to: opts.Log}, wire: newWire(info.Key, hashes[info.SignatureScheme]),
		cells: make(chan *message, maxWaiting), queries: make(chan *message, maxWaiting), history: newHistory(),
	}
	if err := s.bind(); err != nil {
		s.Close()
		return nil, fmt.Errorf("kernel: %w (is another kernel using this connection file?)", err)
	}
	s.pub = newPublisher(s.wire, s.iopub, s.log)
	s.iopub.onMessage = func(p *peer, frames [][]byte) { p.subscribe(frames) }
	s.heartbeat.onMessage = func(p *peer, frames [][]byte) { p.send(frames) }
	return s, nil
}

func (o *Options) fill() {
	if o.Version == "" {
		o.Version = "0.0.0"
	}
	if o.Banner == "" {
		o.Banner = fmt.Sprintf("GoBlaze %s · %s · %d cores", o.Version, runtime.Version(), runtime.NumCPU())
	}
	if o.HelpLinks == nil {
		o.HelpLinks = []HelpLink{
			{"The Go Language Specification", "https://go.dev/ref/spec"},
			{"Standard library", "https://pkg.go.dev/std"},
			{"Effective Go", "https://go.dev/doc/effective_go"},
		}
	}
	if o.Log == nil {
		o.Log = log.New(os.Stderr, "goblaze kernel: ", log.LstdFlags)
	}
	if o.Grace == 0 {
		o.Grace = 2 * time.Second
	}
}

// bind opens the five sockets and records the ports they got.
func (s *Server) bind() error {
	for _, b := range []struct {
		name string
		typ  zmq4.SocketType
		port *int
		to   **socket
	}{
		{"shell", zmq4.Router, &s.info.ShellPort, &s.shell},
		{"control", zmq4.Router, &s.info.ControlPort, &s.control},
		{"stdin", zmq4.Router, &s.info.StdinPort, &s.stdin},
		{"iopub", zmq4.Pub, &s.info.IOPubPort, &s.iopub},
		{"hb", zmq4.Router, &s.info.HBPort, &s.heartbeat},
	} {
		network, addr := s.info.address(*b.port)
		sock, err := listen(b.name, b.typ, network, addr, s.log)
		if err != nil {
			return err
		}
		if network == "tcp" {
			*b.port = sock.port()
		}
		*b.to = sock
	}
	return nil
}

// Info returns the connection info with the ports in use.
func (s *Server) Info() ConnectionInfo { return s.info }

// sockets lists the sockets that are open, the one that must outlast the
// others last.
func (s *Server) sockets() (open []*socket) {
	for _, sock := range []*socket{s.heartbeat, s.stdin, s.shell, s.control, s.iopub} {
		if sock != nil {
			open = append(open, sock)
		}
	}
	return open
}

// Close closes the sockets of a Server that is not served.
func (s *Server) Close() {
	for _, sock := range s.sockets() {
		sock.close(0)
	}
}

// Serve answers requests until a front end asks for shutdown (nil) or ctx
// ends (its cause). It returns when all goroutines have ended and all sockets
// are closed; ErrStillRunning says that a cell could not be stopped.
func (s *Server) Serve(ctx context.Context) error {
	ctx, s.stop = context.WithCancelCause(ctx)
	defer s.stop(nil)
	s.shell.onMessage = s.receiver(ctx, s.shellMessage)
	s.control.onMessage = s.receiver(ctx, s.controlMessage)
	s.stdin.onMessage = s.receiver(ctx, s.stdinMessage)

	var lanes sync.WaitGroup
	lanes.Go(func() { s.executionLane(ctx) })
	lanes.Go(func() { s.queryLane(ctx) })
	go s.pub.run() // ended by pub.close below
	s.publishStatus("starting", parent{})
	for _, sock := range s.sockets() {
		sock.serve()
	}

	<-ctx.Done()
	s.Interrupt()
	err := s.wait(&lanes)
	s.pub.close()
	for _, sock := range s.sockets() {
		sock.close(stallLimit)
	}
	if err == nil && !errors.Is(context.Cause(ctx), errShutdown) {
		err = context.Cause(ctx)
	}
	return err
}

// wait waits for the lanes within the grace period.
func (s *Server) wait(lanes *sync.WaitGroup) error {
	ended := make(chan struct{})
	go func() { // ends with the lanes
		lanes.Wait()
		close(ended)
	}()
	timeout := time.NewTimer(s.opts.Grace)
	defer timeout.Stop()
	select {
	case <-ended:
		return nil
	case <-timeout.C:
		return ErrStillRunning
	}
}

// Interrupt stops the cell that runs. It returns at once and may be called at
// any time from any goroutine.
func (s *Server) Interrupt() {
	defer func() {
		if r := recover(); r != nil {
			s.log.printf("interrupt: the executor panicked: %v", r)
		}
	}()
	s.inputs.interrupt()
	if i, ok := s.exec.(Interrupter); ok {
		i.Interrupt()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel() // a cell that is said to run, but has not come to the executor yet, too
	}
}

func (s *Server) setCancel(cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel = cancel
}

func (s *Server) setRunning(p *parent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = p
}

// publishStatus publishes the execution state for a request. Front ends show
// the last state they hear of; so when a question was answered while a cell
// runs, busy is said again for the cell.
func (s *Server) publishStatus(state string, to parent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pub.publish("status", to, map[string]string{"execution_state": state})
	if state == "idle" && s.running != nil {
		s.pub.publish("status", *s.running, map[string]string{"execution_state": "busy"})
	}
}

// reply sends a reply to the connection the request came on. A peer that
// does not read its replies is disconnected.
func (s *Server) reply(to parent, msgType string, content any) {
	s.replyWith(to, msgType, nil, content)
}

// replyWith is reply with metadata.
func (s *Server) replyWith(to parent, msgType string, metadata, content any) {
	if to.to == nil {
		return
	}
	frames, err := s.wire.encode(to.ids, msgType, to, metadata, content)
	if err != nil {
		s.log.printf("%s: %v", msgType, err)
		frames, err = s.wire.encode(to.ids, msgType, to, nil, map[string]any{
			"status": "error", "ename": "KernelError", "evalue": err.Error(), "traceback": []string{err.Error()},
		})
		if err != nil {
			return
		}
	}
	if !to.to.send(frames) {
		to.to.close()
	}
}

// receiver decodes what arrives and passes it on; what is wrong is dropped.
func (s *Server) receiver(ctx context.Context, handle func(context.Context, *message)) func(*peer, [][]byte) {
	return func(p *peer, frames [][]byte) {
		m, err := s.wire.decode(p, frames)
		if err != nil {
			s.log.printf("message dropped: %v", err)
			return
		}
		handle(ctx, m)
	}
}

// unmarshal decodes a request's content.
func (s *Server) unmarshal(m *message, into any) error {
	err := json.Unmarshal(m.content, into)
	if err != nil {
		s.log.printf("%s refused: %v", m.header.MsgType, err)
	}
	return err
}
