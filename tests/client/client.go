// Package client is a small Jupyter front end for tests and benchmarks: it
// starts a kernel from a command line and talks to it.
package client

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"

	"github.com/goblaze/goblaze/kernel"
)

// Patience is how long the client waits for anything.
const Patience = 60 * time.Second

// A Kernel is a kernel process and the client's connections to it. It is used
// by one goroutine.
type Kernel struct {
	Cmd   *exec.Cmd
	Start time.Time     // when the process was started
	Ready time.Duration // from Start to the first kernel_info_reply

	info    kernel.ConnectionInfo
	dir     string
	key     []byte
	session string
	shell   *conn
	control *conn
	iopub   *conn
	ended   chan error
}

// A Message is one message from the kernel.
type Message struct {
	Type     string
	ParentID string
	Content  map[string]any
	At       time.Time // when it arrived
}

type conn struct {
	zmq *zmq4.Conn
	in  chan Message
}

// Launch starts argv, in which {connection_file} is replaced, and waits until
// the kernel answers and its output arrives.
func Launch(argv, env []string) (*Kernel, error) {
	k := &Kernel{session: id(), key: []byte(id()), ended: make(chan error, 1)}
	var err error
	if k.dir, err = os.MkdirTemp("", "goblaze-client-"); err != nil {
		return nil, err
	}
	info, err := k.writeConnectionFile()
	if err != nil {
		return nil, err
	}
	args := make([]string, len(argv))
	for i, a := range argv {
		args[i] = strings.ReplaceAll(a, "{connection_file}", filepath.Join(k.dir, "connection.json"))
	}
	k.Cmd = exec.Command(args[0], args[1:]...)
	k.Cmd.Env = env
	k.Cmd.Stderr = os.Stderr
	k.Start = time.Now()
	if err := k.Cmd.Start(); err != nil {
		os.RemoveAll(k.dir)
		return nil, err
	}
	go func() { k.ended <- k.Cmd.Wait() }()
	k.info = info
	if err := k.connect(info); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

func id() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// writeConnectionFile chooses free ports, as Jupyter does.
func (k *Kernel) writeConnectionFile() (info kernel.ConnectionInfo, err error) {
	info = kernel.ConnectionInfo{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: string(k.key)}
	for _, port := range []*int{&info.ShellPort, &info.ControlPort, &info.StdinPort, &info.IOPubPort, &info.HBPort} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return info, err
		}
		defer l.Close()
		*port = l.Addr().(*net.TCPAddr).Port
	}
	data, err := json.Marshal(info)
	if err != nil {
		return info, err
	}
	return info, os.WriteFile(filepath.Join(k.dir, "connection.json"), data, 0o600)
}

func (k *Kernel) connect(info kernel.ConnectionInfo) (err error) {
	if k.shell, err = k.dial(zmq4.Dealer, info.ShellPort); err != nil {
		return err
	}
	if _, err := k.Ask("kernel_info_request", nil); err != nil {
		return err
	}
	k.Ready = time.Since(k.Start)
	if k.control, err = k.dial(zmq4.Dealer, info.ControlPort); err != nil {
		return err
	}
	if k.iopub, err = k.dial(zmq4.Sub, info.IOPubPort); err != nil {
		return err
	}
	if err := k.iopub.zmq.SendMsg(zmq4.NewMsg([]byte{1})); err != nil {
		return err
	}
	for {
		if _, err := k.Ask("kernel_info_request", nil); err != nil {
			return err
		}
		select {
		case <-k.iopub.in:
			return nil
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// dial connects as soon as the kernel listens.
func (k *Kernel) dial(typ zmq4.SocketType, port int) (*conn, error) {
	deadline := time.Now().Add(Patience)
	for {
		c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			z, err := zmq4.Open(c, null.Security(), typ, zmq4.SocketIdentity(k.session), false, nil)
			if err != nil {
				return nil, err
			}
			out := &conn{zmq: z, in: make(chan Message, 1<<16)}
			go out.read()
			return out, nil
		}
		select {
		case ended := <-k.ended:
			k.ended <- ended
			return nil, fmt.Errorf("the kernel ended before it listened: %v", ended)
		case <-time.After(time.Millisecond):
		}
		if time.Now().After(deadline) {
			return nil, err
		}
	}
}

func (c *conn) read() {
	defer close(c.in)
	for {
		msg, err := c.zmq.RecvMsg()
		if err != nil {
			return
		}
		frames := msg.Frames
		for len(frames) > 0 && string(frames[0]) != "<IDS|MSG>" {
			frames = frames[1:]
		}
		if len(frames) < 6 {
			continue
		}
		var head, parent struct {
			ID   string `json:"msg_id"`
			Type string `json:"msg_type"`
		}
		m := Message{At: time.Now()}
		if json.Unmarshal(frames[2], &head) == nil && json.Unmarshal(frames[3], &parent) == nil && json.Unmarshal(frames[5], &m.Content) == nil {
			m.Type, m.ParentID = head.Type, parent.ID
			c.in <- m
		}
	}
}

// send signs and sends a message and returns its id.
func (k *Kernel) send(c *conn, msgType string, content any) (string, error) {
	if content == nil {
		content = map[string]any{}
	}
	msgID := id()
	head, err := json.Marshal(map[string]string{
		"msg_id": msgID, "session": k.session, "username": "test", "msg_type": msgType, "version": "5.3",
		"date": time.Now().UTC().Format(time.RFC3339Nano),
	})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, k.key)
	parts := [][]byte{head, []byte("{}"), []byte("{}"), body}
	for _, p := range parts {
		mac.Write(p)
	}
	frames := append([][]byte{[]byte("<IDS|MSG>"), []byte(hex.EncodeToString(mac.Sum(nil)))}, parts...)
	return msgID, c.zmq.SendMsg(zmq4.NewMsgFrom(frames...))
}

// await returns the first message that satisfies want.
func (c *conn) await(want func(Message) bool) (Message, error) {
	deadline := time.NewTimer(Patience)
	defer deadline.Stop()
	for {
		select {
		case m, ok := <-c.in:
			if !ok {
				return m, errors.New("the kernel closed the connection")
			}
			if want(m) {
				return m, nil
			}
		case <-deadline.C:
			return Message{}, errors.New("the kernel does not answer")
		}
	}
}

// Ask sends a request on the shell channel and returns the reply's content.
func (k *Kernel) Ask(msgType string, content any) (map[string]any, error) {
	msgID, err := k.send(k.shell, msgType, content)
	if err != nil {
		return nil, err
	}
	reply, err := k.shell.await(func(m Message) bool { return m.ParentID == msgID })
	return reply.Content, err
}

// Begin sends a cell and returns its id without waiting.
func (k *Kernel) Begin(code string) (string, error) {
	return k.send(k.shell, "execute_request", map[string]any{
		"code": code, "stop_on_error": false, "silent": false, "store_history": true,
		"user_expressions": map[string]any{}, "allow_stdin": false,
	})
}

// AwaitInput waits until the kernel has begun a cell.
func (k *Kernel) AwaitInput(msgID string) error {
	_, err := k.iopub.await(func(m Message) bool { return m.ParentID == msgID && m.Type == "execute_input" })
	return err
}

// Finish waits for a cell's idle and reply.
func (k *Kernel) Finish(msgID string) (reply map[string]any, output []Message, err error) {
	_, err = k.iopub.await(func(m Message) bool {
		if m.ParentID == msgID {
			output = append(output, m)
		}
		return m.ParentID == msgID && m.Type == "status" && m.Content["execution_state"] == "idle"
	})
	if err != nil {
		return nil, output, err
	}
	m, err := k.shell.await(func(m Message) bool { return m.ParentID == msgID })
	return m.Content, output, err
}

// Execute runs a cell and returns its reply and what it showed.
func (k *Kernel) Execute(code string) (reply map[string]any, output []Message, err error) {
	msgID, err := k.Begin(code)
	if err != nil {
		return nil, nil, err
	}
	return k.Finish(msgID)
}

// Interrupt asks the kernel to stop the cell that runs, by message.
func (k *Kernel) Interrupt() error {
	_, err := k.send(k.control, "interrupt_request", nil)
	return err
}

// Stdout joins what was printed.
func Stdout(output []Message) string {
	var b strings.Builder
	for _, m := range output {
		if m.Type == "stream" && m.Content["name"] == "stdout" {
			text, _ := m.Content["text"].(string)
			b.WriteString(text)
		}
	}
	return b.String()
}

// Ports returns the ports that the kernel listens on.
func (k *Kernel) Ports() []int {
	return []int{k.info.ShellPort, k.info.ControlPort, k.info.StdinPort, k.info.IOPubPort, k.info.HBPort}
}

// Close asks the kernel to end and waits for it; one that does not is killed,
// which is an error.
func (k *Kernel) Close() error {
	defer os.RemoveAll(k.dir)
	if k.control != nil {
		if _, err := k.send(k.control, "shutdown_request", map[string]bool{"restart": false}); err != nil {
			k.Cmd.Process.Kill()
		}
	} else {
		k.Cmd.Process.Kill()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var err error
	select {
	case <-k.ended:
	case <-ctx.Done():
		k.Cmd.Process.Kill()
		<-k.ended
		err = errors.New("the kernel did not end when asked")
	}
	for _, c := range []*conn{k.shell, k.control, k.iopub} {
		if c != nil {
			c.zmq.Close()
		}
	}
	return err
}
