package process

import (
	"bytes"
	"errors"
	"math"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/goblaze/goblaze/engine/wire"
)

const (
	flushEvery = 10 * time.Millisecond  // output waits this long to be joined
	flushSize  = 64 << 10               // or until so many bytes are there
	drainTime  = 200 * time.Millisecond // after the process's end, for what a child left behind still holds open
	crashLimit = 256 << 10              // bytes kept of the last words
	crashWait  = 100 * time.Millisecond // for the rest of what looks like the last words
)

// output reads the engine's two streams and its last words, and delivers text
// to the callback in pieces of one cell.
type output struct {
	callback func(cell uint64, stream, text string)
	streams  [2]*stream
	crash    *os.File
	crashed  chan struct{} // closed when crash has ended
	wg       sync.WaitGroup

	deliver sync.Mutex // one callback at a time

	mu    sync.Mutex
	seen  *sync.Cond // a mark was seen, or a stream has ended
	words bytes.Buffer

	arrived uint64 // the mark of the last frame read
	passed  uint64 // the mark of the last frame delivered
}

// stream is one of stdout and stderr.
type stream struct {
	o     *output
	name  string
	r     *os.File
	split *wire.Splitter
	cell  uint64
	buf   []byte    // not yet delivered
	since time.Time // when buf began to fill, or is looked at again
	first time.Time // when buf began to fill
	mark  uint64    // the last one seen; guarded by output.mu
	ended bool      // guarded by output.mu
}

func newOutput(token string, p *pipes, callback func(cell uint64, stream, text string)) *output {
	o := &output{callback: callback, crash: p.crash.r, crashed: make(chan struct{})}
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

// meet delivers the frame that bears the mark when both streams have come to
// it, or have ended; what follows the mark in them is delivered afterwards.
func (o *output) meet(mark uint64, deliver func()) {
	o.mu.Lock()
	o.arrived = mark
	o.seen.Broadcast()
	for _, s := range o.streams {
		for s.mark < mark && !s.ended {
			o.seen.Wait()
		}
	}
	o.mu.Unlock()
	deliver()
	o.mu.Lock()
	o.passed = mark
	o.seen.Broadcast()
	o.mu.Unlock()
}

// noMoreFrames lets the streams pass marks whose frame never came.
func (o *output) noMoreFrames() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.arrived, o.passed = math.MaxUint64, math.MaxUint64
	o.seen.Broadcast()
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
	defer close(o.crashed)
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
	return readable(o.crash)
}

// read delivers the stream until it ends.
func (s *stream) read() {
	defer s.end()
	buf := make([]byte, 64<<10)
	for {
		until := time.Time{}
		if len(s.buf) > 0 {
			until = s.since.Add(flushEvery)
		}
		if s.r.SetReadDeadline(until) != nil {
			s.flush(false) // this system's pipes have no deadlines
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
		s.reach(p.Mark)
		return
	}
	if p.Cell != s.cell {
		s.flush(true)
		s.cell = p.Cell
	}
	if len(s.buf) == 0 {
		s.since = time.Now()
		s.first = s.since
	}
	s.buf = append(s.buf, p.Text...)
	if len(s.buf) >= flushSize && !s.dying() {
		s.flush(false)
	}
}

// reach tells that the stream has come to a mark, and waits for its frame. A
// later frame says that this one was given up.
func (s *stream) reach(mark uint64) {
	o := s.o
	o.mu.Lock()
	defer o.mu.Unlock()
	s.mark = mark
	o.seen.Broadcast()
	for o.passed < mark && o.arrived <= mark {
		o.seen.Wait()
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

// dying reports whether buf holds the runtime's last words: they have begun on
// the crash pipe, or their first line, which is on stderr only, came just now.
func (s *stream) dying() bool {
	if s.name != "stderr" {
		return false
	}
	return s.o.crashing() || crashLine(s.buf) >= 0 && time.Since(s.first) < crashWait
}

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

// end delivers the rest, without the last words: those are kept.
func (s *stream) end() {
	s.split.Flush(s.piece)
	if s.name == "stderr" {
		<-s.o.crashed
		s.o.mu.Lock()
		if i := crashStart(s.buf, s.o.words.Bytes()); i >= 0 {
			s.o.words.Reset()
			s.o.words.Write(s.buf[i:])
			s.buf = s.buf[:i]
		}
		s.o.mu.Unlock()
	}
	s.flush(true)
	s.o.mu.Lock()
	s.ended = true
	s.o.seen.Broadcast()
	s.o.mu.Unlock()
}

// crashStart finds the last words in stderr's rest, -1 when they aren't there.
// The crash pipe's copy lacks the first lines of some.
func crashStart(buf, words []byte) int {
	first, _, _ := bytes.Cut(bytes.TrimLeft(words, "\n"), []byte("\n"))
	if len(first) == 0 {
		return -1
	}
	at := bytes.Index(buf, first)
	if at < 0 {
		return -1
	}
	if i := crashLine(buf[:at]); i >= 0 {
		return i
	}
	return at
}

// crashLine finds the first line that begins as the runtime's last words do,
// -1 when there is none.
func crashLine(buf []byte) int {
	for at := 0; at < len(buf); {
		for _, begin := range []string{"fatal error: ", "runtime: goroutine stack exceeds ", "runtime: out of memory: ", "unexpected fault address ", "panic: ", "SIG"} {
			if bytes.HasPrefix(buf[at:], []byte(begin)) {
				return at
			}
		}
		n := bytes.IndexByte(buf[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
	}
	return -1
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
