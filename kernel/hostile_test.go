package kernel

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// rawDial opens a TCP connection to a port.
func rawDial(t *testing.T, port int) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c
}

// greeting is a client's ZMTP 3.0 greeting with the NULL mechanism.
func zmtpGreeting() []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10] = 0xff, 0x7f, 3
	copy(g[12:], "NULL")
	return g
}

// command is a ZMTP command frame.
func command(name string, body []byte) []byte {
	frame := append([]byte{byte(len(name))}, name...)
	frame = append(frame, body...)
	return append([]byte{frameCommand, byte(len(frame))}, frame...)
}

// property is one metadata property of READY.
func property(name, value string) []byte {
	p := append([]byte{byte(len(name))}, name...)
	p = binary.BigEndian.AppendUint32(p, uint32(len(value)))
	return append(p, value...)
}

func ready(socketType string) []byte { return command("READY", property("Socket-Type", socketType)) }

// longFrame is the header of a long frame.
func longFrame(flags byte, size uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{flags | frameLong}, size)
}

// expectClosed reads until the kernel closes the connection.
func expectClosed(t *testing.T, name string, c net.Conn) {
	t.Helper()
	_, err := io.Copy(io.Discard, c)
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		t.Errorf("%s: the kernel keeps the connection", name)
	}
}

// expectAlive shows that the kernel still answers.
func (r *rig) expectAlive(name string) {
	r.t.Helper()
	if got := r.shell.reply(r.execute("print x")).content["status"]; got != "ok" {
		r.t.Errorf("after %s: status %v", name, got)
	}
}

// Whatever comes on a new connection, the kernel closes it and lives.
func TestHostileConnections(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	good := append(zmtpGreeting(), ready("DEALER")...)
	for name, data := range map[string][]byte{
		"another protocol":        []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + strings.Repeat("x", 64)),
		"zeros":                   make([]byte, 1000),
		"old version":             append([]byte{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 0}, make([]byte, 60)...),
		"unknown mechanism":       append(bytes.Replace(zmtpGreeting(), []byte("NULL"), []byte("XXXX"), 1), ready("DEALER")...),
		"huge handshake":          append(zmtpGreeting(), longFrame(frameCommand, 1<<62)...),
		"large handshake":         append(zmtpGreeting(), longFrame(frameCommand, maxHandshakeSize+1)...),
		"wrong command":           append(zmtpGreeting(), command("HELLO", nil)...),
		"property beyond the end": append(zmtpGreeting(), command("READY", []byte{255, 'a'})...),
		"property without value":  append(zmtpGreeting(), command("READY", []byte{1, 'a', 0})...),
		"property value too long": append(zmtpGreeting(), command("READY", []byte{1, 'a', 255, 255, 255, 255})...),
		"unknown socket type":     append(zmtpGreeting(), ready("TELEPHONE")...),
		"incompatible type":       append(zmtpGreeting(), ready("SUB")...),
		"message, not a command":  append(zmtpGreeting(), 0, 1, 'x'),
		"empty command":           append(zmtpGreeting(), frameCommand, 0),
		"huge frame":              append(bytes.Clone(good), longFrame(0, 1<<62)...),
		"negative frame":          append(bytes.Clone(good), longFrame(0, 1<<63)...),
		"frame over the limit":    append(bytes.Clone(good), longFrame(0, maxMessageSize+1)...),
		"frames over the limit":   append(append(bytes.Clone(good), frameMore, 1, 'x'), longFrame(0, maxMessageSize)...),
		"reserved flags":          append(bytes.Clone(good), 0xf0, 1, 'x'),
		"endless message":         append(bytes.Clone(good), bytes.Repeat([]byte{frameMore, 0}, maxFrames+1)...),
	} {
		for channelName, port := range map[string]int{"shell": r.server.Info().ShellPort, "hb": r.server.Info().HBPort} {
			c := rawDial(t, port)
			if _, err := c.Write(data); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			expectClosed(t, name+" on "+channelName, c)
		}
		r.expectAlive(name)
	}
}

// A client that says nothing, or stops in the middle, keeps nobody waiting.
func TestSilentConnections(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for _, data := range [][]byte{nil, zmtpGreeting()[:11], append(zmtpGreeting(), longFrame(frameCommand, 100)...)} {
		c := rawDial(t, r.server.Info().ShellPort)
		if _, err := c.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	second := dial(t, r.wire, zmq4.Dealer, r.server.Info().ShellPort, "second")
	defer second.close()
	if got := second.reply(second.request("kernel_info_request", map[string]any{})).content["status"]; got != "ok" {
		t.Errorf("status %v", got)
	}
}

func TestTooManyConnections(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for range maxPeers + 5 {
		rawDial(t, r.server.Info().ShellPort)
	}
	r.log.waitFor(t, "refused: 64 are open")
	r.expectAlive("too many connections")
}

// What is wrong with a message is dropped and logged; what follows is
// answered.
func TestHostileMessages(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	signed := func(parts ...string) [][]byte {
		var raw [][]byte
		for _, p := range parts {
			raw = append(raw, []byte(p))
		}
		return append([][]byte{delimiter, r.wire.sign(raw)}, raw...)
	}
	head := func(msgType string) string {
		return fmt.Sprintf(`{"msg_id":%q,"session":"s","username":"u","date":"","msg_type":%q,"version":"5.3"}`, newID(), msgType)
	}
	wrong := signed(head("execute_request"), "{}", "{}", `{"code":"print x"}`)
	wrong[1] = []byte(strings.Repeat("0", 64))
	unsigned := signed(head("execute_request"), "{}", "{}", `{"code":"print x"}`)
	unsigned[1] = nil
	replay := signed(head("kernel_info_request"), "{}", "{}", "{}")
	r.shell.send(replay...)
	r.shell.until(func(m received) bool { return m.header.MsgType == "kernel_info_reply" })
	for word, frames := range map[string][][]byte{
		"no delimiter frame":             {[]byte("hello")},
		"2 frames after the delimiter":   {delimiter, []byte("x"), []byte("y")},
		"wrong signature":                wrong,
		"replayed signature":             replay,
		"header: invalid character":      signed("{x", "{}", "{}", "{}"),
		"header: no msg_type":            signed(`{"msg_id":"1"}`, "{}", "{}", "{}"),
		"content of execute_request":     signed(head("execute_request"), "{}", "{}", `[1]`),
		"metadata of execute_request":    signed(head("execute_request"), "{}", "7", `{}`),
		"parent header of inspect":       signed(head("inspect_request"), "x", "{}", `{}`),
		"execute_request refused":        signed(head("execute_request"), "{}", "{}", `{"code":7}`),
		"complete_request refused":       signed(head("complete_request"), "{}", "{}", `{"code":[]}`),
		"unknown type \"dance_request\"": signed(head("dance_request"), "{}", "{}", `{}`),
		"comm_open refused":              signed(head("comm_open"), "{}", "{}", `{"comm_id":7}`),
	} {
		r.shell.send(frames...)
		r.log.waitFor(t, word)
	}
	unsignedPeer := dial(t, r.wire, zmq4.Dealer, r.server.Info().ControlPort, "other")
	defer unsignedPeer.close()
	unsignedPeer.send(unsigned...)
	r.expectAlive("hostile messages")
	r.stdin.request("input_reply", map[string]any{"value": "nobody asked"})
	r.log.waitFor(t, "nothing was asked")
}

// Who sends a request with a content of the wrong form is told so, and the
// front ends see the kernel idle again; no cell is counted.
func TestBadContentIsAnswered(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for request, content := range map[string]map[string]any{
		"execute_request": {"code": 7}, "complete_request": {"code": []int{}}, "inspect_request": {"code": "x", "cursor_pos": "end"},
		"is_complete_request": {"code": false}, "history_request": {"n": "all"},
	} {
		id := r.shell.request(request, content)
		reply := r.shell.reply(id)
		if reply.content["status"] != "error" || reply.content["ename"] != "BadRequest" || !strings.Contains(fmt.Sprint(reply.content["evalue"]), request) {
			t.Errorf("%s: %v", request, reply.content)
		}
		if out := r.outputs(id); len(out) != 2 || !out[1].idle() {
			t.Errorf("%s: %v", request, out)
		}
	}
	if reply := r.shell.reply(r.execute("print x")); reply.content["execution_count"] != 1.0 {
		t.Errorf("%v", reply.content)
	}
}

// Random bytes after a right handshake end their connection at most.
func TestRandomBytes(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(r.server.Info().ShellPort)))
		if err != nil {
			t.Fatal(err)
		}
		data := append(zmtpGreeting(), ready("DEALER")...)
		for range random.IntN(200) {
			data = append(data, byte(random.Uint32()))
		}
		if random.IntN(3) == 0 {
			data[random.IntN(len(data))] ^= byte(1 << random.IntN(8))
		}
		if _, err := c.Write(data); err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	r.expectAlive("random bytes")
}

// A flood of bad messages is not a flood of log lines.
func TestLogIsBounded(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for range 5000 {
		r.shell.send([]byte("x"))
	}
	r.expectAlive("a flood")
	r.log.mu.Lock()
	defer r.log.mu.Unlock()
	if n := strings.Count(r.log.text.String(), "\n"); n > 3*logBurst {
		t.Errorf("%d log lines", n)
	}
}

// A subscriber that does not read delays a cell by little and loses output,
// not its status messages; others lose nothing.
func TestSlowSubscriber(t *testing.T) {
	const chunks, size = 64, 512 << 10 // 32 MB, more than sockets and queues hold
	chunk := strings.Repeat("x", size-1) + "\n"
	exec := &scripted{commands: map[string]call{
		"flood": func(_ context.Context, _ string, _ ExecuteRequest, out Output) ExecuteReply {
			for range chunks {
				out.Stream("stdout", chunk)
			}
			return ExecuteReply{}
		},
	}}
	r := serve(t, exec, "secret")
	c := rawDial(t, r.server.Info().IOPubPort)
	stuck, err := zmq4.Open(c, null.Security(), zmq4.Sub, nil, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := stuck.SendMsg(zmq4.NewMsg([]byte{1})); err != nil {
		t.Fatal(err)
	}
	r.awaitSubscribers(2)
	got := len(text(r.outputs(r.execute("flood")), "stdout"))
	if got != chunks*size {
		t.Errorf("the subscriber that reads got %d of %d bytes", got, chunks*size)
	}
	idle, confessed := false, false
	for !idle || !confessed {
		msg, err := stuck.RecvMsg()
		if err != nil {
			t.Fatalf("%v (idle %v, told of missing output %v)", err, idle, confessed)
		}
		last := msg.Frames[len(msg.Frames)-1]
		idle = idle || bytes.Contains(last, []byte(`"idle"`))
		confessed = confessed || bytes.Contains(last, []byte("messages of output are missing"))
		if idle && !confessed {
			r.execute("print x") // the confession comes before the next output
		}
	}
}

// awaitSubscribers waits until n peers have subscribed to IOPub.
func (r *rig) awaitSubscribers(n int) {
	r.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		subscribed := 0
		for _, p := range r.server.iopub.snapshot() {
			if p.wants([]byte("kernel")) {
				subscribed++
			}
		}
		if subscribed >= n {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%d subscribers", subscribed)
		}
		time.Sleep(time.Millisecond)
	}
}

// Many front ends at once, some of which vanish in the middle; run with -race.
func TestHammer(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	const clients, rounds = 8, 20
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() {
			for round := range rounds {
				shell := dial(t, r.wire, zmq4.Dealer, r.server.Info().ShellPort, fmt.Sprintf("c%d-%d", i, round))
				iopub := dial(t, r.wire, zmq4.Sub, r.server.Info().IOPubPort, "")
				iopub.subscribe("")
				var last string
				for _, code := range []string{"print a", "value b", "fail c", "print d"} {
					last = shell.request("execute_request", map[string]any{"code": code, "stop_on_error": false})
					shell.request("complete_request", map[string]any{"code": code})
					shell.request("kernel_info_request", map[string]any{})
				}
				if round%3 > 0 {
					shell.reply(last)
				}
				iopub.close()
				shell.close()
			}
		})
	}
	group.Go(func() {
		for range 50 {
			r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
		}
	})
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		for range r.iopub.in {
		}
	}()
	group.Wait()
	r.expectAlive("the hammer")
	r.close()
	<-drained
	r.served <- nil
}
