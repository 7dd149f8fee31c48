package kernel

import (
	"fmt"
	"sync"
	"time"
)

const (
	maxPublish   = 16 << 20              // bytes of output that may wait before cells wait
	flushDelay   = 20 * time.Millisecond // how long stream output waits for more
	flushSize    = 64 << 10              // stream output of this size does not wait
	maxStream    = 1 << 20               // stream output joined into one message
	stallLimit   = time.Second           // a subscriber without progress for so long lags
	itemFixed    = 512                   // bytes counted for an item besides its payload
	maxEssential = 4 * maxOutbox         // beyond it a lagging subscriber is disconnected
)

// A publication is one IOPub message to be.
type publication struct {
	msgType  string
	parent   parent
	metadata any
	content  any
	size     int // bytes counted against maxPublish

	// Stream output, content is nil then.
	cell   *cell
	stream string
	text   []byte
	born   time.Time
}

// A publisher owns the IOPub channel. Messages go out in the order of the
// calls; stream output of one cell that follows on itself is joined. What
// cells show waits when maxPublish bytes are queued; nothing else does.
type publisher struct {
	wire *wire
	sock *socket
	log  *dropLog

	mu      sync.Mutex
	queue   []*publication
	bytes   int
	closing bool
	space   *sync.Cond    // bytes went down, or closing
	wake    chan struct{} // the queue changed
	done    chan struct{} // run has ended
}

func newPublisher(w *wire, s *socket, log *dropLog) *publisher {
	p := &publisher{wire: w, sock: s, log: log, wake: make(chan struct{}, 1), done: make(chan struct{})}
	p.space = sync.NewCond(&p.mu)
	return p
}

// publish queues a message; it never blocks.
func (p *publisher) publish(msgType string, to parent, content any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.push(&publication{msgType: msgType, parent: to, content: content, size: itemFixed})
}

// show queues what a cell displays, of about size bytes, and waits for room.
func (p *publisher) show(msgType string, to parent, metadata, content any, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waitForSpace()
	p.push(&publication{msgType: msgType, parent: to, metadata: metadata, content: content, size: size + itemFixed})
}

// write queues stream output and waits for room.
func (p *publisher) write(c *cell, stream, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waitForSpace()
	if n := len(p.queue); n > 0 {
		if last := p.queue[n-1]; last.cell == c && last.stream == stream && len(last.text)+len(text) <= maxStream {
			last.text = append(last.text, text...)
			last.size += len(text)
			p.bytes += len(text)
			if len(last.text) >= flushSize {
				wakeUp(p.wake)
			}
			return
		}
	}
	p.push(&publication{
		msgType: "stream", parent: c.parent, cell: c, stream: stream,
		text: []byte(text), size: len(text) + itemFixed, born: time.Now(),
	})
}

func (p *publisher) push(m *publication) {
	if p.closing {
		return
	}
	p.queue = append(p.queue, m)
	p.bytes += m.size
	wakeUp(p.wake)
}

func (p *publisher) waitForSpace() {
	for p.bytes > maxPublish && !p.closing {
		p.space.Wait()
	}
}

// close sends what is queued and waits for run to end, which takes at most
// stallLimit for each subscriber.
func (p *publisher) close() {
	p.mu.Lock()
	p.closing = true
	p.space.Broadcast()
	wakeUp(p.wake)
	p.mu.Unlock()
	<-p.done
}

// run publishes until close.
func (p *publisher) run() {
	defer close(p.done)
	for {
		next, wait := p.take()
		switch {
		case next != nil:
			p.deliver(next)
		case wait < 0:
			return
		case wait == 0:
			<-p.wake
		default:
			timer := time.NewTimer(wait)
			select {
			case <-p.wake:
			case <-timer.C:
			}
			timer.Stop()
		}
	}
}

// take removes the first publication that is ready. Otherwise it returns how
// long to wait: 0 for the next call of wake, -1 when all is done.
func (p *publisher) take() (*publication, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		if p.closing {
			return nil, -1
		}
		return nil, 0
	}
	first := p.queue[0]
	if first.cell != nil && len(p.queue) == 1 && len(first.text) < flushSize && !p.closing {
		if left := flushDelay - time.Since(first.born); left > 0 {
			return nil, left
		}
	}
	p.queue[0] = nil
	p.queue = p.queue[1:]
	p.bytes -= first.size
	p.space.Broadcast()
	return first, 0
}

// deliver encodes m and offers it to every subscriber.
func (p *publisher) deliver(m *publication) {
	content := m.content
	topic := m.msgType
	if m.cell != nil {
		content = map[string]string{"name": m.stream, "text": string(m.text)}
		topic = "stream." + m.stream
	}
	name := []byte("kernel." + p.wire.session + "." + topic)
	frames, err := p.wire.encode([][]byte{name}, m.msgType, m.parent, m.metadata, content)
	if err != nil {
		p.log.printf("iopub: %v", err)
		return
	}
	for _, sub := range p.sock.snapshot() {
		if sub.wants(name) {
			p.offer(sub, m, frames)
		}
	}
}

// droppable says which messages a lagging subscriber may miss: what cells
// show. It never misses a status, or it would wait for ever.
func droppable(msgType string) bool {
	switch msgType {
	case "stream", "display_data", "update_display_data", "execute_result", "clear_output":
		return true
	}
	return false
}

// offer queues frames for sub. It waits while sub makes progress; one that
// makes none for stallLimit lags: it misses output until its queue is half
// empty, and is told so.
func (p *publisher) offer(sub *peer, m *publication, frames [][]byte) {
	if sub.lagging && sub.queued() < maxOutbox/2 {
		sub.lagging = false
		p.confess(sub)
	}
	if !droppable(m.msgType) {
		if !sub.sendWithin(frames, maxEssential) {
			sub.close()
		}
		return
	}
	if !sub.lagging && !p.sendPatiently(sub, frames) {
		sub.lagging, sub.dropped, sub.missed = true, 0, m.parent
	}
	if sub.lagging {
		sub.dropped++
	}
}

// sendPatiently queues frames for sub, waiting for room. It gives up after
// stallLimit without progress, and when sub is gone.
func (p *publisher) sendPatiently(sub *peer, frames [][]byte) bool {
	if sub.send(frames) {
		return true
	}
	tick := time.NewTicker(stallLimit)
	defer tick.Stop()
	written := sub.guard.written.Load()
	for {
		select {
		case <-sub.room:
			if sub.send(frames) {
				return true
			}
		case <-tick.C:
			now := sub.guard.written.Load()
			if now == written {
				return false
			}
			written = now
		case <-sub.gone:
			return false
		}
	}
}

// confess tells a subscriber that it missed output.
func (p *publisher) confess(sub *peer) {
	text := fmt.Sprintf("[%d messages of output are missing here: this front end was reading too slowly]\n", sub.dropped)
	name := []byte("kernel." + p.wire.session + ".stream.stderr")
	frames, err := p.wire.encode([][]byte{name}, "stream", sub.missed, nil, map[string]string{"name": "stderr", "text": text})
	if err == nil {
		sub.send(frames)
	}
}
