package kernel

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Limits on what a peer may send and on how long it may keep the kernel
// waiting. The protocol library allocates what a frame header claims before
// anything is authenticated, so the header is checked on its way in.
const (
	maxMessageSize   = 256 << 20 // bytes of one message, all frames together
	maxHandshakeSize = 16 << 10  // bytes of one frame before the handshake is done
	maxFrames        = 1 << 10   // frames of one message
	handshakeTimeout = 10 * time.Second
	writeTimeout     = 30 * time.Second // without any progress of one write
	greetingSize     = 64
)

var errHostileFrame = errors.New("frame refused")

// A guard is the net.Conn under a ZMTP connection. Reading, it follows the
// frame headers and fails before the library sees one that breaks a limit.
// Writing, it buffers after the handshake until flush, and gives every write
// a deadline. One goroutine may read while others write.
type guard struct {
	net.Conn

	// The reader's place in the stream.
	greeting int     // bytes of the greeting still to come
	header   [9]byte // the frame header read so far
	have     int
	body     uint64 // bytes of the frame's body still to come
	size     uint64 // bytes claimed by the message so far
	frames   int

	mu      sync.Mutex
	ready   bool // the handshake is done
	out     *bufio.Writer
	written atomic.Int64 // bytes the peer's side has taken so far
}

func newGuard(c net.Conn) *guard {
	g := &guard{Conn: c, greeting: greetingSize}
	g.out = bufio.NewWriterSize(deadlineWriter{c, &g.written}, 64<<10)
	return g
}

// handshakeDone lifts the limits and the deadline that hold before it.
func (g *guard) handshakeDone() error {
	g.mu.Lock()
	g.ready = true
	g.mu.Unlock()
	return g.Conn.SetDeadline(time.Time{})
}

func (g *guard) limit() uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ready {
		return maxMessageSize
	}
	return maxHandshakeSize
}

// Read reads into p and checks every frame header that it completes.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	if checkErr := g.follow(p[:n]); checkErr != nil {
		g.Conn.Close()
		return 0, checkErr
	}
	return n, err
}

// follow advances the reader's place over data.
func (g *guard) follow(data []byte) error {
	for len(data) > 0 {
		switch {
		case g.greeting > 0:
			n := min(g.greeting, len(data))
			g.greeting -= n
			data = data[n:]
		case g.body > 0:
			n := min(g.body, uint64(len(data)))
			g.body -= n
			data = data[n:]
		default:
			g.header[g.have] = data[0]
			g.have++
			data = data[1:]
			if err := g.checkHeader(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Bits of a ZMTP 3 frame's first byte.
const (
	frameMore = 1 << iota
	frameLong
	frameCommand
)

// checkHeader judges the header once it is complete.
func (g *guard) checkHeader() error {
	flags := g.header[0]
	if flags&^(frameMore|frameLong|frameCommand) != 0 {
		return fmt.Errorf("%w: reserved flags %#x", errHostileFrame, flags)
	}
	want := 2
	if flags&frameLong != 0 {
		want = 9
	}
	if g.have < want {
		return nil
	}
	g.have = 0
	size := uint64(g.header[1])
	if want == 9 {
		size = binary.BigEndian.Uint64(g.header[1:])
	}
	limit := g.limit()
	if size > limit || g.size+size > limit {
		return fmt.Errorf("%w: a message of more than %d bytes", errHostileFrame, limit)
	}
	g.size += size
	g.frames++
	if g.frames > maxFrames {
		return fmt.Errorf("%w: a message of more than %d frames", errHostileFrame, maxFrames)
	}
	if flags&frameMore == 0 {
		g.size, g.frames = 0, 0
	}
	g.body = size
	return nil
}

// Write buffers p; before the handshake is done it also sends it.
func (g *guard) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, err := g.out.Write(p)
	if err == nil && !g.ready {
		err = g.out.Flush()
	}
	return n, err
}

// flush sends what is buffered.
func (g *guard) flush() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.out.Flush()
}

// A deadlineWriter gives each write writeTimeout and counts what was taken.
type deadlineWriter struct {
	c       net.Conn
	written *atomic.Int64
}

func (w deadlineWriter) Write(p []byte) (int, error) {
	// Written in slices, so that a large message to a slow but living peer
	// is judged by its progress.
	const slice = 1 << 20
	done := 0
	for done < len(p) {
		if err := w.c.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
			return done, err
		}
		n, err := w.c.Write(p[done:min(len(p), done+slice)])
		done += n
		w.written.Add(int64(n))
		if err != nil {
			return done, err
		}
	}
	return done, nil
}
