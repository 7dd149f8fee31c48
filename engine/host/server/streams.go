package server

import (
	"errors"
	"fmt"
	"log"
	"os"
	"sync"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// streams are the engine's own handles on descriptors 1 and 2, which user
// code may close or redirect, and the marks written to them.
type streams struct {
	token string
	files [3]*os.File // 1 and 2

	mu   sync.RWMutex // held for writing while the current cell changes
	cell uint64

	sendMu sync.Mutex
	mark   uint64
}

func newStreams(token string) (*streams, error) {
	s := &streams{token: token}
	for fd, f := range map[int]*os.File{1: os.Stdout, 2: os.Stderr} {
		n, err := duplicate(f)
		if err != nil {
			return nil, fmt.Errorf("output stream %d: %w", fd, err)
		}
		s.files[fd] = os.NewFile(n, fmt.Sprintf("stream %d", fd))
	}
	return s, nil
}

// reopen gives a cell streams again that an earlier one closed.
func (s *streams) reopen() {
	for fd, std := range map[int]**os.File{1: &os.Stdout, 2: &os.Stderr} {
		n, err := uintptr(fd), error(nil)
		restored := restore(fd, s.files[fd])
		if *std != nil {
			if _, err := (*std).Stat(); !errors.Is(err, os.ErrClosed) {
				continue
			}
		}
		if !restored {
			n, err = duplicate(s.files[fd])
		}
		if err != nil {
			continue // no descriptor is free: the cell's own troubles tell
		}
		closed := *std
		*std = os.NewFile(n, [3]string{1: "/dev/stdout", 2: "/dev/stderr"}[fd])
		if fd == 1 {
			rt.SetStdout(*std)
		}
		if log.Writer() == closed {
			log.SetOutput(*std)
		}
	}
}

// lost returns the name of a stream whose descriptor a cell closed, "" when
// none is.
func (s *streams) lost() string {
	for fd := 1; fd <= 2; fd++ {
		if _, err := s.files[fd].Stat(); err != nil {
			return [3]string{1: "standard output", 2: "standard error"}[fd]
		}
	}
	return ""
}

// switchTo makes the cell the owner of what follows in both streams.
func (s *streams) switchTo(cell uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cell = cell
	m := wire.AppendMark(nil, s.token, wire.MarkCell, cell)
	s.files[1].Write(m)
	s.files[2].Write(m)
}

func (s *streams) current() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cell
}

// write writes output of a cell, between marks when another cell runs.
func (s *streams) write(fd int, cell uint64, p []byte) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if cell == s.cell {
		return s.files[fd].Write(p)
	}
	buf := wire.AppendMark(nil, s.token, wire.MarkCell, cell)
	buf = append(buf, p...)
	buf = wire.AppendMark(buf, s.token, wire.MarkCell, s.cell)
	if _, err := s.files[fd].Write(buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// send writes a mark to both streams and then the frame that waits for it.
func (s *streams) send(w *wire.Writer, f wire.Frame) error {
	s.sendMu.Lock()
	defer s.sendMu.Unlock()
	s.mark++
	f.Mark = s.mark
	m := wire.AppendMark(nil, s.token, wire.MarkFrame, s.mark)
	s.files[1].Write(m)
	s.files[2].Write(m)
	return w.Write(f)
}
