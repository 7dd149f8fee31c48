package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
	"go.uber.org/goleak"

	"github.com/goblaze/goblaze/display"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A scripted executor runs the function named by the cell's first word.
type scripted struct {
	commands map[string]func(ctx context.Context, arg string, req ExecuteRequest, out Output) ExecuteReply

	mu        sync.Mutex
	interrupt chan struct{} // closed by Interrupt, remade by each cell
}

func (s *scripted) Execute(ctx context.Context, req ExecuteRequest, out Output) ExecuteReply {
	s.mu.Lock()
	s.interrupt = make(chan struct{})
	s.mu.Unlock()
	name, arg, _ := strings.Cut(req.Code, " ")
	if f := s.commands[name]; f != nil {
		return f(ctx, arg, req, out)
	}
	switch name {
	case "print":
		out.Stream("stdout", arg+"\n")
	case "lines":
		for range 10_000 {
			out.Stream("stdout", "a line of output\n")
		}
	case "value":
		out.Result(display.Text(arg))
	case "fail":
		return ExecuteReply{Err: &CellError{Name: "Failure", Value: arg, Traceback: []string{"Failure: " + arg}}}
	case "panic":
		panic(arg)
	case "wait":
		select {
		case <-s.stopped():
			return ExecuteReply{Err: &CellError{Name: "Interrupt", Value: "stopped"}}
		case <-ctx.Done():
			return ExecuteReply{Err: &CellError{Name: "Interrupt", Value: "cancelled"}}
		}
	}
	return ExecuteReply{}
}

func (s *scripted) stopped() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interrupt
}

func (s *scripted) Interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.interrupt == nil {
		return
	}
	select {
	case <-s.interrupt:
	default:
		close(s.interrupt)
	}
}

func (s *scripted) Complete(_ context.Context, code string, cursor int) Completions {
	return Completions{Matches: []string{code + "!"}, Start: 0, End: cursor, Types: []string{"function"}}
}

func (s *scripted) Inspect(_ context.Context, code string, _, _ int) (display.Bundle, bool) {
	if code == "boom" {
		panic(code)
	}
	return display.Text("about " + code), code != ""
}

func (s *scripted) IsComplete(code string) (string, string) {
	if strings.HasSuffix(code, "{") {
		return "incomplete", "\t"
	}
	return "complete", ""
}

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// A rig is a served kernel and a front end that talks to it by zmq4's own
// sockets.
type rig struct {
	t      *testing.T
	server *Server
	wire   *wire
	log    *logBuffer
	shell  *channel
	ctrl   *channel
	stdin  *channel
	iopub  *channel
	cancel context.CancelFunc
	served chan error
}

// A logBuffer collects log lines and tells when one holds a word.
type logBuffer struct {
	mu    sync.Mutex
	text  strings.Builder
	wrote chan struct{}
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text.Write(p)
	wakeUp(b.wrote)
	return len(p), nil
}

func (b *logBuffer) waitFor(t *testing.T, word string) {
	t.Helper()
	deadline := time.After(patience)
	for {
		b.mu.Lock()
		text := b.text.String()
		b.mu.Unlock()
		if strings.Contains(text, word) {
			return
		}
		select {
		case <-b.wrote:
		case <-deadline:
			t.Fatalf("log never said %q:\n%s", word, text)
		}
	}
}

// serve starts a kernel for exec on free ports.
func serve(t *testing.T, exec Executor, key string) *rig {
	t.Helper()
	r := &rig{t: t, log: &logBuffer{wrote: make(chan struct{}, 1)}, served: make(chan error, 1)}
	server, err := Listen(ConnectionInfo{Key: key}, exec, Options{Version: "1.2.3", Log: log.New(r.log, "", 0)})
	if err != nil {
		t.Fatal(err)
	}
	r.server, r.wire = server, newWire(key, hashes["hmac-sha256"])
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go func() { r.served <- server.Serve(ctx) }()
	t.Cleanup(r.close)
	r.connect()
	return r
}

// close ends the kernel and the clients.
func (r *rig) close() {
	r.cancel()
	select {
	case err := <-r.served:
		if err != nil && !errors.Is(err, context.Canceled) {
			r.t.Errorf("Serve: %v", err)
		}
	case <-time.After(patience):
		r.t.Error("Serve did not return")
	}
	for _, c := range []*channel{r.shell, r.ctrl, r.stdin, r.iopub} {
		if c != nil {
			c.close()
		}
	}
}

// connect opens the front end's channels and waits until IOPub arrives.
func (r *rig) connect() {
	info := r.server.Info()
	r.shell = dial(r.t, r.wire, zmq4.Dealer, info.ShellPort, "front")
	r.ctrl = dial(r.t, r.wire, zmq4.Dealer, info.ControlPort, "front")
	r.stdin = dial(r.t, r.wire, zmq4.Dealer, info.StdinPort, "front")
	r.iopub = dial(r.t, r.wire, zmq4.Sub, info.IOPubPort, "")
	r.iopub.subscribe("")
	for ready := false; !ready; {
		id := r.shell.request("kernel_info_request", map[string]any{})
		r.shell.reply(id)
		select {
		case <-r.iopub.in:
			ready = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	// Skip what was said for the requests above.
	last := r.shell.request("kernel_info_request", map[string]any{})
	r.shell.reply(last)
	r.iopub.until(func(m received) bool { return m.idle() && m.parent.MsgID == last })
}

// received is a message as a front end reads it.
type received struct {
	header   header
	parent   header
	metadata map[string]any
	content  map[string]any
}

func (m received) idle() bool {
	return m.header.MsgType == "status" && m.content["execution_state"] == "idle"
}

// A channel is one client connection: zmq4's Conn with a reader.
type channel struct {
	t    *testing.T
	wire *wire
	conn *zmq4.Conn
	in   chan received
	done chan struct{}
}

func dial(t *testing.T, w *wire, typ zmq4.SocketType, port int, identity string) *channel {
	t.Helper()
	return dialAddr(t, w, typ, "127.0.0.1", port, identity)
}

// read decodes what arrives until the connection ends.
func (c *channel) read() {
	defer close(c.done)
	defer close(c.in)
	for {
		msg, err := c.conn.RecvMsg()
		if err != nil {
			return
		}
		frames := msg.Frames
		for len(frames) > 0 && string(frames[0]) != string(delimiter) {
			frames = frames[1:]
		}
		if len(frames) < 6 {
			continue
		}
		var m received
		if err := errors.Join(json.Unmarshal(frames[2], &m.header), json.Unmarshal(frames[3], &m.parent),
			json.Unmarshal(frames[4], &m.metadata), json.Unmarshal(frames[5], &m.content)); err != nil {
			c.t.Errorf("unreadable message: %v", err)
			return
		}
		if string(frames[1]) != string(c.wire.sign(frames[2:6])) {
			c.t.Errorf("%s: wrong signature from the kernel", m.header.MsgType)
		}
		c.in <- m
	}
}

func (c *channel) close() {
	c.conn.Close()
	for range c.in { // let the reader end
	}
	<-c.done
}

func (c *channel) send(frames ...[]byte) {
	c.t.Helper()
	if err := c.conn.SendMsg(zmq4.NewMsgFrom(frames...)); err != nil && !errors.Is(err, io.EOF) {
		c.t.Fatalf("send: %v", err)
	}
}

func (c *channel) subscribe(topic string) { c.send(append([]byte{1}, topic...)) }

// request sends a message and returns its id.
func (c *channel) request(msgType string, content any) string {
	return c.requestWith(msgType, map[string]any{}, content)
}

func (c *channel) requestWith(msgType string, metadata, content any) string {
	c.t.Helper()
	frames, err := c.wire.encode(nil, msgType, parent{}, metadata, content)
	if err != nil {
		c.t.Fatal(err)
	}
	var h header
	if err := json.Unmarshal(frames[2], &h); err != nil {
		c.t.Fatal(err)
	}
	c.send(frames...)
	return h.MsgID
}

// until returns all messages up to the first that satisfies end.
func (c *channel) until(end func(received) bool) (all []received) {
	c.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case m, ok := <-c.in:
			if !ok {
				c.t.Fatalf("the connection ended; so far %v", all)
			}
			all = append(all, m)
			if end(m) {
				return all
			}
		case <-deadline:
			c.t.Fatalf("nothing more came; so far %v", all)
		}
	}
}

// reply waits for the answer to a request.
func (c *channel) reply(id string) received {
	c.t.Helper()
	all := c.until(func(m received) bool { return m.parent.MsgID == id })
	return all[len(all)-1]
}

// outputs waits for a request's idle and returns what IOPub said for it.
func (r *rig) outputs(id string) (mine []received) {
	r.t.Helper()
	for _, m := range r.iopub.until(func(m received) bool { return m.idle() && m.parent.MsgID == id }) {
		if m.parent.MsgID == id {
			mine = append(mine, m)
		}
	}
	return mine
}

func (r *rig) execute(code string) string {
	return r.shell.request("execute_request", map[string]any{"code": code})
}

// kinds lists the message types.
func kinds(list []received) (out []string) {
	for _, m := range list {
		kind := m.header.MsgType
		if kind == "status" {
			kind = m.content["execution_state"].(string)
		}
		out = append(out, kind)
	}
	return out
}

// text joins the stream output of the given name.
func text(list []received, name string) string {
	var b strings.Builder
	for _, m := range list {
		if m.header.MsgType == "stream" && m.content["name"] == name {
			b.WriteString(m.content["text"].(string))
		}
	}
	return b.String()
}

func dialAddr(t *testing.T, w *wire, typ zmq4.SocketType, host string, port int, identity string) *channel {
	t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := zmq4.Open(c, null.Security(), typ, zmq4.SocketIdentity(identity), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	ch := &channel{t: t, wire: w, conn: conn, in: make(chan received, 4096), done: make(chan struct{})}
	go ch.read()
	return ch
}
