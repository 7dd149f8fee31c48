package kernel

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// maxPeers bounds the connections of one socket. Each front end has one.
const maxPeers = 64

// A socket is one bound ZeroMQ socket. The ZMTP handshake and framing are
// zmq4's; accepting, routing, queueing and closing are done here, because
// zmq4's own sockets do the handshake in the accept loop (a silent client
// blocks all others, a malformed READY command panics the process) and write
// to subscribers one after another.
type socket struct {
	name      string
	typ       zmq4.SocketType
	ln        net.Listener
	onMessage func(p *peer, frames [][]byte) // called by each peer's reader, in order
	log       *dropLog

	mu      sync.Mutex
	peers   map[*peer]struct{}
	pending map[net.Conn]struct{} // in the handshake
	closing chan struct{}
	wg      sync.WaitGroup // the accept loop and every peer
}

// listen binds a socket; serve starts it.
func listen(name string, typ zmq4.SocketType, network, addr string, log *dropLog) (*socket, error) {
	ln, err := net.Listen(network, addr)
	if err != nil {
		return nil, fmt.Errorf("%s socket: %w", name, err)
	}
	return &socket{
		name: name, typ: typ, ln: ln, log: log, closing: make(chan struct{}),
		peers: map[*peer]struct{}{}, pending: map[net.Conn]struct{}{},
	}, nil
}

// port returns the TCP port bound, or 0.
func (s *socket) port() int {
	if a, ok := s.ln.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

func (s *socket) serve() {
	s.wg.Go(func() {
		for {
			c, err := s.ln.Accept()
			if err == nil {
				s.admit(c)
				continue
			}
			if errors.Is(err, net.ErrClosed) {
				return
			}
			// Out of descriptors, or the connection was gone at once.
			s.log.printf("%s socket: accept: %v", s.name, err)
			select {
			case <-s.closing:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

// admit starts the goroutine that owns c, unless there are too many.
func (s *socket) admit(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isClosing() || len(s.peers)+len(s.pending) >= maxPeers {
		s.log.printf("%s socket: connection from %v refused: %d are open", s.name, c.RemoteAddr(), maxPeers)
		c.Close()
		return
	}
	s.pending[c] = struct{}{}
	s.wg.Go(func() { s.own(c) })
}

func (s *socket) isClosing() bool {
	select {
	case <-s.closing:
		return true
	default:
		return false
	}
}

// own leads one connection from its handshake to its end.
func (s *socket) own(c net.Conn) {
	defer c.Close()
	p, err := s.handshake(c)
	s.mu.Lock()
	delete(s.pending, c)
	if err == nil && !s.isClosing() {
		s.peers[p] = struct{}{}
	}
	s.mu.Unlock()
	if err != nil {
		s.log.printf("%s socket: connection from %v refused: %v", s.name, c.RemoteAddr(), err)
		return
	}
	var writer sync.WaitGroup
	writer.Go(p.write)
	if err := p.read(s.onMessage); errors.Is(err, errHostileFrame) {
		s.log.printf("%s socket: connection from %v closed: %v", s.name, c.RemoteAddr(), err)
	}
	s.mu.Lock()
	delete(s.peers, p)
	s.mu.Unlock()
	p.close()
	writer.Wait()
}

// handshake does ZMTP's greeting and NULL security on c. zmq4 panics on some
// malformed commands; that ends this connection only.
func (s *socket) handshake(c net.Conn) (p *peer, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("malformed handshake: %v", r)
		}
	}()
	if err := c.SetDeadline(time.Now().Add(handshakeTimeout)); err != nil {
		return nil, err
	}
	g := newGuard(c)
	conn, err := zmq4.Open(g, null.Security(), s.typ, nil, true, nil)
	if err != nil {
		return nil, err
	}
	if err := g.handshakeDone(); err != nil {
		return nil, err
	}
	return newPeer(g, conn), nil
}

// snapshot returns the connections that are open now.
func (s *socket) snapshot() []*peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*peer, 0, len(s.peers))
	for p := range s.peers {
		out = append(out, p)
	}
	return out
}

// close stops listening, gives what is queued for the peers until linger has
// passed, closes every connection and waits for all goroutines.
func (s *socket) close(linger time.Duration) {
	s.mu.Lock()
	if s.isClosing() {
		s.mu.Unlock()
		s.wg.Wait()
		return
	}
	close(s.closing)
	for c := range s.pending {
		c.Close()
	}
	s.mu.Unlock()
	s.ln.Close()
	timeout := time.After(linger)
	for _, p := range s.snapshot() {
		p.finish()
		select {
		case <-p.drained:
		case <-timeout:
			timeout = closedTime // the rest has no time left either
		}
		p.close()
	}
	s.wg.Wait()
	if addr, ok := s.ln.Addr().(*net.UnixAddr); ok {
		os.Remove(addr.Name)
	}
}

// closedTime is a timeout that has passed.
var closedTime = func() <-chan time.Time {
	c := make(chan time.Time)
	close(c)
	return c
}()
