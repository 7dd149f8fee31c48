package vectorizer

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// ErrGoexit is the failure of an item that called runtime.Goexit.
var ErrGoexit = errors.New("runtime.Goexit ended the worker's goroutine")

// ErrInterrupted is the cause of a stop asked for by an engine (Hooks.Stop).
var ErrInterrupted = errors.New("interrupted")

// An ItemError is the failure of one item.
type ItemError struct {
	Index  int    // of the item
	Item   string // its text, "" when there is none
	Err    error  // what the function returned; *PanicError or ErrGoexit
	Stack  []byte // of a panic, as debug.Stack writes it; else nil
	Worker int    // rank of the worker
}

// Error reads: item 17 ("a b c"): panic: index out of range [3] with length 2
func (e *ItemError) Error() string {
	if e.Item == "" {
		return fmt.Sprintf("item %d: %v", e.Index, e.Err)
	}
	return fmt.Sprintf("item %d (%s): %v", e.Index, e.Item, e.Err)
}

func (e *ItemError) Unwrap() error { return e.Err }

// A PanicError is a recovered panic. It unwraps to the value where that is an
// error.
type PanicError struct{ Value any }

// Error reads as Go's crash does, without its "runtime error" prefix.
func (e *PanicError) Error() string {
	return "panic: " + strings.TrimPrefix(fmt.Sprint(e.Value), "runtime error: ")
}

func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// ItemErrors are the failures a run with CollectErrors met, in item order. Only
// those of the lowest 1,000 indexes are kept, so that a storm of errors costs
// bounded memory; Total counts all. Like errors.Join's result it unwraps to
// the single errors.
type ItemErrors struct {
	Errors []*ItemError
	Total  int
}

// Error gives one line an error and, when some were not kept, their count.
func (e *ItemErrors) Error() string {
	var b strings.Builder
	for i, item := range e.Errors {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(item.Error())
	}
	if more := e.Total - len(e.Errors); more > 0 {
		fmt.Fprintf(&b, "\nand %s more items failed", group(more))
	}
	return b.String()
}

func (e *ItemErrors) Unwrap() []error {
	errs := make([]error, len(e.Errors))
	for i, item := range e.Errors {
		errs[i] = item
	}
	return errs
}

// A StopError is a run that was cancelled, timed out or interrupted before
// all items were done. It unwraps to the context's cause.
type StopError struct {
	Err     error
	Done    int // items finished
	Failed  int // items that failed
	Items   int // -1 when unknown
	After   time.Duration
	Running []ItemRange // chunks given up because they did not return
}

// An ItemRange is the items Lo … Hi-1.
type ItemRange struct{ Lo, Hi int }

func (e *StopError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stopped after %s: ", formatSeconds(e.After.Seconds()))
	if e.Items < 0 {
		fmt.Fprintf(&b, "%s items done", group(e.Done))
	} else {
		fmt.Fprintf(&b, "%s of %s items done", group(e.Done), group(e.Items))
	}
	if e.Failed > 0 {
		fmt.Fprintf(&b, ", %s failed", group(e.Failed))
	}
	for i, r := range e.Running {
		switch {
		case i == 0:
			b.WriteString(", still running: item ")
		default:
			b.WriteString(", item ")
		}
		fmt.Fprint(&b, r.Lo)
		if r.Hi > r.Lo+1 {
			fmt.Fprintf(&b, "…%d", r.Hi-1)
		}
	}
	return fmt.Sprintf("%s: %v", b.String(), e.Err)
}

func (e *StopError) Unwrap() error { return e.Err }

// An InitError is a WorkerInit that failed or panicked. The run has no results.
type InitError struct {
	Rank  int
	Err   error
	Stack []byte // of a panic
}

func (e *InitError) Error() string { return fmt.Sprintf("init of worker %d: %v", e.Rank, e.Err) }
func (e *InitError) Unwrap() error { return e.Err }

// A CloseError is a worker's state whose Close failed or panicked.
type CloseError struct {
	Rank int
	Err  error
}

func (e *CloseError) Error() string {
	return fmt.Sprintf("closing the state of worker %d: %v", e.Rank, e.Err)
}
func (e *CloseError) Unwrap() error { return e.Err }

// maxStack bounds the stack kept with a panic, in bytes.
const maxStack = 16 << 10

// panicStack returns the stack of the panic being recovered, without the
// frames of the recovery itself. Call it from the deferred function.
func panicStack() []byte {
	s := debug.Stack()
	head, rest, ok := bytes.Cut(s, []byte("\n"))
	if at := bytes.Index(rest, []byte("\npanic(")); ok && at >= 0 {
		s = append(append(head, '\n'), rest[at+1:]...)
	}
	return bytes.Clone(s[:min(len(s), maxStack)])
}
