package rt

import (
	"fmt"
	"os"
	"sync/atomic"

	"github.com/goblaze/goblaze/display"
)

// Hooks are how a cell's goroutines reach the world. The host sets them once,
// before the first cell runs; they are called concurrently.
type Hooks struct {
	// Write writes to stdout (1) or stderr (2) on behalf of a cell.
	Write func(fd int, cell uint64, p []byte) (int, error)
	// Display shows a bundle under a cell.
	Display func(cell uint64, b display.Bundle)
	// Note tells what happened to a cell outside of its run: a goroutine
	// panicked after its end, or every goroutine is blocked.
	Note func(cell uint64, n Note)
	// Die ends the process with last words; it does not return.
	Die func(words string)
}

// A Note is news about a cell.
type Note struct {
	Kind string `json:"kind"` // "panic", "memory" or "deadlock"
	Text string `json:"text"`
	// Failure is why goroutines that outlived their cell ended.
	Failure *Failure `json:"failure,omitempty"`
	// Goroutines are those blocked for ever.
	Goroutines []Waiting `json:"goroutines,omitempty"`
}

var hooks = Hooks{
	Write: func(fd int, _ uint64, p []byte) (int, error) {
		if fd == 2 {
			return os.Stderr.Write(p)
		}
		return os.Stdout.Write(p)
	},
	Display: func(uint64, display.Bundle) {},
	Note:    func(uint64, Note) {},
	Die:     func(words string) { fmt.Fprintln(os.Stderr, words); os.Exit(2) },
}

// SetHooks installs the host's hooks; nil fields keep the default.
func SetHooks(h Hooks) {
	if h.Write != nil {
		hooks.Write = h.Write
	}
	if h.Display != nil {
		hooks.Display = h.Display
	}
	if h.Note != nil {
		hooks.Note = h.Note
	}
	if h.Die != nil {
		hooks.Die = h.Die
	}
}

func publish(c *Cell, b display.Bundle) { hooks.Display(c.ID, b) }

func note(c *Cell, f *Failure) {
	hooks.Note(c.ID, Note{Kind: KindPanic, Text: f.Text, Failure: f})
}

// stdout is the process's own; user code may put another file into os.Stdout.
var stdout atomic.Pointer[os.File]

func init() { stdout.Store(os.Stdout) }

// SetStdout tells that os.Stdout was opened again after a cell closed it.
func SetStdout(f *os.File) { stdout.Store(f) }

// Print is fmt.Print; what a goroutine prints goes to its own cell, also when
// another one runs.
func Print(a ...any) (int, error) {
	if os.Stdout != stdout.Load() {
		return fmt.Print(a...)
	}
	return write(fmt.Append(nil, a...))
}

// Println is fmt.Println, attributed like Print.
func Println(a ...any) (int, error) {
	if os.Stdout != stdout.Load() {
		return fmt.Println(a...)
	}
	return write(fmt.Appendln(nil, a...))
}

// Printf is fmt.Printf, attributed like Print.
func Printf(format string, a ...any) (int, error) {
	if os.Stdout != stdout.Load() {
		return fmt.Printf(format, a...)
	}
	return write(fmt.Appendf(nil, format, a...))
}

// stderr is where the runtime prints, whatever becomes of os.Stderr.
var stderr = os.Stderr

// Builtin writes what print and println do in interpreted code.
func Builtin(p []byte) {
	if o := current(); o == nil || !o.silent {
		stderr.Write(p)
	}
}

func write(p []byte) (int, error) {
	o := current()
	if o == nil {
		return stdout.Load().Write(p)
	}
	if o.silent {
		return len(p), nil
	}
	return hooks.Write(1, o.cell.ID, p)
}
