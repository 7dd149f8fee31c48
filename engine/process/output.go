package process

import (
	"bytes"
	"errors"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/goblaze/goblaze/engine/wire"
)

const (
	flushEvery = 10 * time.Millisecond  // output waits this long to be joined
	flushSize  = 64 << 10               // or until so many bytes are there
	drainTime  = 200 * time.Millisecond // after the process's end, for what a child left behind still holds open
	crashLimit = 256 << 10              // bytes kept of the last words
)

// output reads the engine's two streams and its last words, and delivers text
// to the callback in pieces of one cell.
type output struct {
	callback func(cell uint64, stream, text string)
	streams  [2]*stream
	crash    *os.File
	wg       sync.WaitGroup

	deliver sync.Mutex // one callback at a time

	mu    sync.Mutex
	seen  *sync.Cond // a mark was seen, or a stream has ended
	words bytes.Buffer
}

// stream is one of stdout and stderr.
type stream struct {
	o     *output
	name  string
	r     *os.File
	split *wire.Splitter
	cell  uint64
	buf   []byte // not yet delivered
	since time.Time
	mark  uint64 // the last one seen; guarded by output.mu
	ended bool   // guarded by output.mu
}

func newOutput(token string, p *pipes, callback func(cell uint64, stream, text string)) *output {
	o := &output{callback: callback, crash: p.crash.r}
	o.seen = sync.NewCond(&o.mu)
	o.streams[0] = &stream{o: o, name: "stdout", r: p.stdout.r, split: wire.NewSplitter(token)}
	o.streams[1] = &stream{o: o, name: "stderr", r: p.stderr.r, split: wire.NewSplitter(token)}
	return o
}

func (o *output) start() {
	o.wg.Go(o.readCrash)
	for _, s := range o.streams {
		o.wg.Go(s.read)
	}
}

// drain waits for the streams' ends, for drainTime at most.
func (o *output) drain() {
	at := time.Now().Add(drainTime)
	o.crash.SetReadDeadline(at)
	t := time.AfterFunc(drainTime, func() {
		for _, s := range o.streams {
			s.r.Close()
		}
	})
	o.wg.Wait()
	t.Stop()
}

// await returns when both streams have shown the mark, or have ended.
func (o *output) await(mark uint64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range o.streams {
		for s.mark < mark && !s.ended {
			o.seen.Wait()
		}
	}
}

func (o *output) text(cell uint64, name, text string) {
	if o.callback == nil || text == "" {
		return
	}
	o.deliver.Lock()
	defer o.deliver.Unlock()
	o.callback(cell, name, text)
}

// readCrash keeps the start of the last words and reads on, so that the dying
// runtime never blocks.
func (o *output) readCrash() {
	buf := make([]byte, 32<<10)
	for {
		n, err := o.crash.Read(buf)
		o.mu.Lock()
		o.words.Write(buf[:min(n, crashLimit-o.words.Len())])
		o.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (o *output) crashText() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.words.String()
}

// crashing reports whether the runtime has begun to write its last words.
func (o *output) crashing() bool {
	if o.crashText() != "" {
		return true
	}
	readable := false
	if c, err := o.crash.SyscallConn(); err == nil {
		c.Control(func(fd uintptr) {
			p := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
			n, err := unix.Poll(p, 0)
			readable = err == nil && n > 0 && p[0].Revents&unix.POLLIN != 0
		})
	}
	return readable
}

// read delivers the stream until it ends.
func (s *stream) read() {
	defer s.end()
	buf := make([]byte, 64<<10)
	for {
		if len(s.buf) > 0 {
			s.r.SetReadDeadline(s.since.Add(flushEvery))
		} else {
			s.r.SetReadDeadline(time.Time{})
		}
		n, err := s.r.Read(buf)
		s.split.Split(buf[:n], s.piece)
		timeout := errors.Is(err, os.ErrDeadlineExceeded)
		if timeout {
			s.flushTimed()
		}
		if err != nil && !timeout {
			return
		}
	}
}

// piece takes the next part of the stream.
func (s *stream) piece(p wire.Piece) {
	if p.Text == nil {
		s.flush(true)
		s.o.mu.Lock()
		s.mark = p.Mark
		s.o.seen.Broadcast()
		s.o.mu.Unlock()
		return
	}
	if p.Cell != s.cell {
		s.flush(true)
		s.cell = p.Cell
	}
	if len(s.buf) == 0 {
		s.since = time.Now()
	}
	s.buf = append(s.buf, p.Text...)
	if len(s.buf) >= flushSize && !s.dying() {
		s.flush(false)
	}
}

// flushTimed flushes what has waited long enough, unless it is the runtime's
// last words: those are told by the DeathError.
func (s *stream) flushTimed() {
	if s.dying() {
		s.since = time.Now()
		return
	}
	s.flush(false)
	s.since = time.Now() // the rest of a rune waits on
}

func (s *stream) dying() bool { return s.name == "stderr" && s.o.crashing() }

// flush delivers what there is; without all, the start of a rune at the end
// waits for its rest.
func (s *stream) flush(all bool) {
	n := len(s.buf)
	if !all {
		n = wholeRunes(s.buf)
	}
	s.o.text(s.cell, s.name, string(s.buf[:n]))
	s.buf = append(s.buf[:0], s.buf[n:]...)
}

// end delivers the rest, without the copy of the last words on stderr.
func (s *stream) end() {
	s.split.Flush(s.piece)
	if s.name == "stderr" {
		s.buf = withoutCrash(s.buf, []byte(s.o.crashText()))
	}
	s.flush(true)
	s.o.mu.Lock()
	s.ended = true
	s.o.seen.Broadcast()
	s.o.mu.Unlock()
}

// withoutCrash cuts the last words out of stderr's rest.
func withoutCrash(buf, words []byte) []byte {
	first, _, _ := bytes.Cut(words, []byte("\n"))
	if len(first) == 0 {
		return buf
	}
	if i := bytes.Index(buf, first); i >= 0 {
		return buf[:i]
	}
	return buf
}

// wholeRunes is the length of b without an unfinished rune at its end.
func wholeRunes(b []byte) int {
	for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return i
			}
			break
		}
	}
	return len(b)
}
