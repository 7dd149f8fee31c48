package kernel

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-zeromq/zmq4"
)

// maxOutbox is how many bytes may wait for one peer.
const maxOutbox = 16 << 20

// maxTopics bounds the subscriptions one peer may hold.
const maxTopics = 256

// A peer is one open connection with its own queue and writer, so that no
// peer waits for another. All methods are safe for concurrent use.
type peer struct {
	guard    *guard
	conn     *zmq4.Conn
	identity []byte        // the peer's socket identity, may be empty
	gone     chan struct{} // closed when the connection is
	drained  chan struct{} // closed when the writer has ended

	mu       sync.Mutex
	queue    [][][]byte
	bytes    int
	topics   map[string]struct{}
	finished bool // nothing more is accepted; the writer ends when empty
	closed   bool
	wake     chan struct{} // the writer has something to do
	room     chan struct{} // the queue has become shorter

	// Owned by the publisher.
	lagging bool
	dropped int
	missed  parent
}

func newPeer(g *guard, conn *zmq4.Conn) *peer {
	return &peer{
		guard: g, conn: conn, identity: []byte(conn.Peer.Meta["Identity"]),
		gone: make(chan struct{}), drained: make(chan struct{}),
		topics: map[string]struct{}{}, wake: make(chan struct{}, 1), room: make(chan struct{}, 1),
	}
}

// send queues a message. It never blocks; false means that there is no room
// or that the connection is closed. A single message larger than the whole
// queue is accepted when the queue is empty.
func (p *peer) send(frames [][]byte) bool { return p.sendWithin(frames, maxOutbox) }

func (p *peer) sendWithin(frames [][]byte, limit int) bool {
	n := 0
	for _, f := range frames {
		n += len(f)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.finished || p.closed || p.bytes > 0 && p.bytes+n > limit {
		return false
	}
	p.queue = append(p.queue, frames)
	p.bytes += n
	wakeUp(p.wake)
	return true
}

// queued returns how many bytes wait.
func (p *peer) queued() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytes
}

// finish lets the writer end once the queue is empty.
func (p *peer) finish() {
	p.mu.Lock()
	p.finished = true
	p.mu.Unlock()
	wakeUp(p.wake)
}

// close ends the connection at once.
func (p *peer) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.gone)
		p.guard.Close()
	}
}

// write sends what is queued until the connection or the queue ends. What was
// queued meanwhile goes out in as few writes to the network as possible.
func (p *peer) write() {
	defer close(p.drained)
	for {
		p.mu.Lock()
		batch := p.queue
		p.queue = nil
		end := p.closed || p.finished && len(batch) == 0
		p.mu.Unlock()
		if end {
			return
		}
		if err := p.writeBatch(batch); err != nil {
			p.close()
			return
		}
		if len(batch) > 0 {
			continue
		}
		select {
		case <-p.wake:
		case <-p.gone:
			return
		}
	}
}

func (p *peer) writeBatch(batch [][][]byte) error {
	for _, frames := range batch {
		if err := p.conn.SendMsg(zmq4.NewMsgFrom(frames...)); err != nil {
			return err
		}
		n := 0
		for _, f := range frames {
			n += len(f)
		}
		p.mu.Lock()
		p.bytes -= n
		p.mu.Unlock()
		wakeUp(p.room)
	}
	return p.guard.flush()
}

// read hands each message to handle until the connection ends, and returns
// why it did.
func (p *peer) read(handle func(*peer, [][]byte)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errHostileFrame, r)
		}
	}()
	for {
		msg, err := p.conn.RecvMsg()
		if err != nil {
			return err
		}
		if msg.Type == zmq4.UsrMsg {
			handle(p, msg.Frames)
		}
	}
}

// subscribe follows a SUB peer's message: 1 or 0 and a topic prefix.
func (p *peer) subscribe(frames [][]byte) {
	if len(frames) != 1 || len(frames[0]) == 0 {
		return
	}
	topic := string(frames[0][1:])
	p.mu.Lock()
	defer p.mu.Unlock()
	switch frames[0][0] {
	case 0:
		delete(p.topics, topic)
	case 1:
		if len(p.topics) < maxTopics {
			p.topics[topic] = struct{}{}
		}
	}
}

// wants says whether the peer subscribed to topic.
func (p *peer) wants(topic []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for t := range p.topics {
		if bytes.HasPrefix(topic, []byte(t)) {
			return true
		}
	}
	return false
}

// wakeUp wakes the one receiver of c without waiting for it.
func wakeUp(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
