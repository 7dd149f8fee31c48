package server

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
	"unsafe"

	"github.com/goblaze/goblaze/engine/wire"
)

// input is the standard input of user code: descriptor 0 is a pipe of the engine's own, which the kernel process
// fills when somebody waits for it. Go has no hook for "a goroutine reads this file", so a watch looks: the pipe is
// empty, and a goroutine stands in os.Stdin's Read (its file's address is in the dump of its stack), or a child
// process that was given os.Stdin stands in a read of it. It runs from the first cell on that names standard input,
// while a cell runs; till then, and where pipes can't be asked how full they are, standard input is empty.
type input struct {
	s    *server
	file *os.File // what os.Stdin is at the start, on descriptor 0
	null *os.File // a file of the engine's own that is empty
	quit chan struct{}
	done sync.WaitGroup

	mu    sync.Mutex
	w     *os.File // nil before the first use
	asked bool     // the kernel process was told, and has not answered
	ended bool     // w is closed
}

const (
	inputTick = 20 * time.Millisecond
	// inputShare bounds what the watch may cost: the next look comes no sooner than so many times the last one's cost.
	inputShare = 50
)

// input answers wire.MethodInput.
func (s *server) input(p wire.Input) (none, error) {
	if p.Watch {
		return none{}, s.stdin.open()
	}
	return none{}, s.stdin.answer(p)
}

// open makes the pipe and starts the watch, once.
func (in *input) open() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.w != nil || !inputWatched {
		return nil
	}
	if err := in.renew(); err != nil {
		return err
	}
	in.quit = make(chan struct{})
	in.done.Go(in.watch)
	return nil
}

// renew puts a fresh pipe on descriptor 0, below the files that read it.
// in.mu is held.
func (in *input) renew() error {
	in.reopen()
	in.end()
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	defer r.Close()
	defer w.Close()
	if err := replaceStdin(r); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	own, err := duplicate(w)
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	in.w, in.ended, in.asked = os.NewFile(own, "input"), false, false
	return nil
}

// reopen makes descriptor 0 an empty file again where a cell closed it, and
// os.Stdin its file: what is opened next would take its number. It reports
// whether it did. An os.Stdin that a cell made nil is what it was. in.mu is
// held.
func (in *input) reopen() bool {
	if !restore(0, in.null) {
		if os.Stdin == nil {
			os.Stdin = in.file
		}
		return false
	}
	if os.Stdin != nil {
		if _, err := os.Stdin.Stat(); !errors.Is(err, os.ErrClosed) {
			return true
		}
	}
	os.Stdin = os.NewFile(0, "/dev/stdin")
	in.file = os.Stdin
	return true
}

// begin readies the input for a run: one that has ended is there again.
func (in *input) begin() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.asked = false
	if reopened := in.reopen(); in.w != nil && (reopened || in.ended) {
		_ = in.renew() // without: it stays at its end
	}
}

// interrupt ends the reads that wait, for a run that was stopped.
func (in *input) interrupt() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.end()
}

// end ends the input. in.mu is held.
func (in *input) end() {
	if in.w != nil && !in.ended {
		in.ended = true
		in.w.Close()
	}
}

// answer hands over what was typed, or the end.
func (in *input) answer(p wire.Input) error {
	in.mu.Lock()
	w := in.w
	if p.End {
		in.end()
	}
	in.mu.Unlock()
	if w == nil {
		return errors.New("standard input is not open")
	}
	if p.End {
		return nil
	}
	_, err := w.WriteString(p.Text) // waits for the reader when it is longer than a pipe holds
	in.mu.Lock()
	defer in.mu.Unlock()
	in.asked = false
	return err
}

// close ends the watch and waits for it.
func (in *input) close() {
	in.mu.Lock()
	open := in.quit != nil
	in.mu.Unlock()
	if open {
		close(in.quit)
		in.done.Wait()
	}
}

// watch tells the kernel process each time that the running cell waits for
// input.
func (in *input) watch() {
	wait := inputTick
	for {
		select {
		case <-in.quit:
			return
		case <-time.After(wait):
		}
		t := time.Now()
		if cell := in.s.runningID(); cell != 0 && in.wanted() {
			in.s.event(wire.EventInput, cell, nil)
		}
		wait = max(inputTick, inputShare*time.Since(t))
	}
}

// wanted reports, once for each answer, whether somebody waits for input.
func (in *input) wanted() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.asked || in.ended || buffered() != 0 {
		return false
	}
	in.asked = reads(in.file) || childReads()
	return in.asked
}

// reads reports whether a goroutine waits in f.Read.
func reads(f *os.File) bool {
	buf := make([]byte, 64<<10)
	n := runtime.Stack(buf, true)
	for n == len(buf) && n < 64<<20 {
		buf = make([]byte, 4*n)
		n = runtime.Stack(buf, true)
	}
	call := []byte(fmt.Sprintf("os.(*File).Read(%#x", uintptr(unsafe.Pointer(f))))
	for g := range bytes.SplitSeq(buf[:n], []byte("\n\n")) {
		if bytes.Contains(g, call) {
			header, _, _ := strings.Cut(string(g), "\n")
			return strings.Contains(header, "[syscall")
		}
	}
	return false
}

func (s *server) runningID() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running.id
}
