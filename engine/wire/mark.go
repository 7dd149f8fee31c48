package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"strconv"
)

// User code writes to file descriptors 1 and 2, which are pipes that the
// kernel process reads. Marks written into them say where a frame belongs in
// the output, and whose output follows. A mark is
//
//	NUL "gbz:" token ":" kind number "\n"
//
// with kind 'm' (a frame's mark) or 'c' (the output that follows is this
// cell's). The token is random, a new one for each engine process, so that no
// user output is taken for a mark.

// The kinds of marks.
const (
	MarkFrame = 'm'
	MarkCell  = 'c'
)

// NewToken returns a random token for an engine process.
func NewToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	return hex.EncodeToString(b[:])
}

// AppendMark appends a mark to dst.
func AppendMark(dst []byte, token string, kind byte, n uint64) []byte {
	dst = append(dst, "\x00gbz:"...)
	dst = append(dst, token...)
	dst = append(dst, ':', kind)
	dst = strconv.AppendUint(dst, n, 10)
	return append(dst, '\n')
}

// A Piece is a part of a stream: text of a cell, or a mark.
type Piece struct {
	Cell uint64 // whose text it is
	Text []byte // nil for a mark; valid until the next call of Split
	Mark uint64 // the frame mark reached, when Text is nil
}

// A Splitter takes a stream apart at its marks. Not for concurrent use.
type Splitter struct {
	intro []byte
	cell  uint64
	held  []byte // the start of what may become a mark
}

// maxMark is the longest rest of a mark after the intro.
const maxMark = 24

// NewSplitter returns a Splitter for an engine's token.
func NewSplitter(token string) *Splitter {
	return &Splitter{intro: []byte("\x00gbz:" + token + ":")}
}

// Split takes the next bytes of the stream and calls yield for each piece in
// order. What may be the start of a mark is kept until the next call.
func (s *Splitter) Split(p []byte, yield func(Piece)) {
	buf := append(s.held, p...)
	s.held = nil
	for {
		i := bytes.Index(buf, s.intro)
		if i < 0 {
			break
		}
		end := bytes.IndexByte(buf[i+len(s.intro):], '\n')
		if end < 0 && len(buf)-i-len(s.intro) <= maxMark {
			s.emit(buf[:i], yield)
			s.held = append([]byte(nil), buf[i:]...)
			return
		}
		if end < 0 || !s.mark(buf[i+len(s.intro):][:end], buf[:i], yield) {
			// No mark after all: the intro is text.
			s.emit(buf[:i+len(s.intro)], yield)
			buf = buf[i+len(s.intro):]
			continue
		}
		buf = buf[i+len(s.intro)+end+1:]
	}
	keep := overlap(buf, s.intro)
	s.emit(buf[:len(buf)-keep], yield)
	s.held = append([]byte(nil), buf[len(buf)-keep:]...)
}

// Flush yields what is held back; the stream has ended.
func (s *Splitter) Flush(yield func(Piece)) {
	s.emit(s.held, yield)
	s.held = nil
}

func (s *Splitter) emit(text []byte, yield func(Piece)) {
	if len(text) > 0 {
		yield(Piece{Cell: s.cell, Text: text})
	}
}

// mark handles a mark's kind and number, after the text before it.
func (s *Splitter) mark(m, before []byte, yield func(Piece)) bool {
	if len(m) < 2 {
		return false
	}
	n, err := strconv.ParseUint(string(m[1:]), 10, 64)
	if err != nil || (m[0] != MarkFrame && m[0] != MarkCell) {
		return false
	}
	s.emit(before, yield)
	if m[0] == MarkCell {
		s.cell = n
	} else {
		yield(Piece{Cell: s.cell, Mark: n})
	}
	return true
}

// overlap is the length of the longest end of buf that intro starts with.
func overlap(buf, intro []byte) int {
	for n := min(len(buf), len(intro)-1); n > 0; n-- {
		if bytes.HasPrefix(intro, buf[len(buf)-n:]) {
			return n
		}
	}
	return 0
}
