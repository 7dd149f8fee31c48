package kernel

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/goblaze/goblaze/display"
)

// An Executor runs cells. One cell runs at a time; the kernel serialises the
// calls. Execute returns when the cell is done; what it shows on the way goes
// to out, which is safe for concurrent use and may be written to after the
// return (a goroutine left running): the kernel then still attributes it to
// this cell. ctx ends when the kernel does, and for an Executor that is no
// Interrupter when the cell is interrupted. Execute must return soon then. A
// panic becomes the cell's error. The Output also implements Inputter.
type Executor interface {
	Execute(ctx context.Context, req ExecuteRequest, out Output) ExecuteReply
}

// ExecuteRequest is the part of an execute_request that concerns user code.
type ExecuteRequest struct {
	Code         string
	Count        int // the execution_count this cell has
	Silent       bool
	StoreHistory bool
	CellID       string            // Jupyter's cell id, "" when the front end sends none
	Expressions  map[string]string // user_expressions
}

// ExecuteReply says how a cell ended.
type ExecuteReply struct {
	// Err is nil when the cell succeeded.
	Err *CellError
	// Payload is the reply's payload list (pages of expr?), usually nil.
	Payload []map[string]any
	// Expressions are the results of ExecuteRequest.Expressions, each a
	// display.Bundle, a *CellError, or a value already in Jupyter's form.
	Expressions map[string]any
}

// A CellError is an error as a front end shows it.
type CellError struct {
	Name      string   // "CompileError", "panic", "Interrupt", "EngineDied", …
	Value     string   // one line
	Traceback []string // the lines shown, may hold ANSI colours
}

func (e *CellError) Error() string { return e.Name + ": " + e.Value }

// longestValue and longestLine bound an error's value and each entry of its
// traceback, in bytes: panic(text) may hold all that a program read, and front
// ends hold what they show several times over.
const (
	longestValue = 2_000
	longestLine  = 64 << 10
)

// shorten cuts what is longer than anybody reads; e may be nil.
func (e *CellError) shorten() {
	if e == nil {
		return
	}
	e.Value = shortened(e.Value, longestValue)
	for i, line := range e.Traceback {
		e.Traceback[i] = shortened(line, longestLine)
	}
}

// shortened keeps the first and last part of a text of more than limit bytes,
// whole characters.
func shortened(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	head, tail := limit*3/4, len(s)-limit/4
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return fmt.Sprintf("%s … (%d bytes left out) … %s", s[:head], tail-head, s[tail:])
}

// Output receives what a running cell shows, in order.
type Output interface {
	Stream(name, text string) // name is "stdout" or "stderr"
	Display(b display.Bundle)
	Result(b display.Bundle) // the value of the last expression
	Clear(wait bool)
}

// An Interrupter stops what runs: the cell, and goroutines of cells that have
// ended. It is called at any time, when nothing runs too, returns at once, and
// must not touch cells that begin later; Execute then returns with an error
// whose Name is "Interrupt".
type Interrupter interface{ Interrupt() }

// A Completer completes code at a cursor, given and answered as an offset in
// Unicode code points. It must answer while a cell runs.
type Completer interface {
	Complete(ctx context.Context, code string, cursor int) Completions
}

// Completions answers a complete_request.
type Completions struct {
	Matches    []string
	Start, End int      // the range the matches replace, in code points
	Types      []string // per match: "function", "instance", "module", "magic", … ("" unknown)
	Signatures []string // per match, may be empty
}

// An Inspector documents what stands at a cursor.
type Inspector interface {
	Inspect(ctx context.Context, code string, cursor, detail int) (b display.Bundle, found bool)
}

// A CompletenessChecker tells whether a cell may be run as it is.
type CompletenessChecker interface {
	// IsComplete returns "complete", "incomplete" (with the indent the next
	// line wants), "invalid" or "unknown".
	IsComplete(code string) (status, indent string)
}

// A HistoryKeeper answers history_request (see the Jupyter messaging spec).
type HistoryKeeper interface {
	History(req HistoryRequest) []HistoryEntry
}

// HistoryRequest mirrors the fields of a history_request.
type HistoryRequest struct {
	AccessType           string // "range", "tail" or "search"
	Output, Raw          bool
	Session, Start, Stop int
	N                    int
	Pattern              string
	Unique               bool
}

// HistoryEntry is one cell of the history.
type HistoryEntry struct {
	Session, Line int
	Input, Output string
}
