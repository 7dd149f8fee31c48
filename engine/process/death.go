package process

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/stack"
)

// A DeathError says how an engine process ended.
type DeathError struct {
	// Words are the last ones: the runtime's own ("fatal error: concurrent
	// map writes"), else what the system tells ("signal: killed").
	Words string
	// Reason is why the kernel process killed it, "" when it did not.
	Reason string
	Signal syscall.Signal // that ended it, 0 for none
	Code   int            // exit code, -1 with a signal
	Stack  []stack.Frame  // of the goroutine that failed, user frames only
	Dump   string         // the runtime's whole text
	Memory bool           // it was for want of memory
	// Unheard is set when no call was under way that returned this error.
	Unheard bool
}

func (d *DeathError) Error() string {
	switch {
	case d.Reason != "":
		return "the engine was ended: " + d.Reason
	case len(d.Stack) > 0:
		return fmt.Sprintf("%s (%s)", d.Words, d.Stack[0])
	}
	return d.Words
}

// newDeath reads the last words and how the process ended.
func newDeath(st *os.ProcessState, dump, reason string, limit int64) *DeathError {
	d := &DeathError{Reason: reason, Code: -1, Dump: dump, Words: lastWords(dump)}
	for _, g := range stack.ParseDump(dump) {
		if !g.Blocked() && (len(g.Frames) > 0 || g.Cell != 0) { // others did nothing
			d.Stack = g.Frames
			break
		}
	}
	for _, words := range []string{d.Words, d.Reason} {
		d.Memory = d.Memory || strings.Contains(words, "out of memory") || strings.Contains(words, "cannot allocate memory")
	}
	d.Words = refused(d.Words, dump, limit)
	if st == nil {
		return d
	}
	d.Code = st.ExitCode()
	if ws, ok := st.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		d.Signal = ws.Signal()
	}
	if d.Words == "" {
		d.Words = statusWords(d)
	}
	return d
}

// refusal finds how much memory the system refused: an argument of the call
// that asked for it.
var refusal = regexp.MustCompile(`(?m)^runtime\.(?:sysMapOS|sysReserveOS)\(0x[0-9a-f]+, (0x[0-9a-f]+)`)

// refused words the runtime's end over one allocation that the system refused.
func refused(words, dump string, limit int64) string {
	if words != "fatal error: runtime: out of memory" && words != "fatal error: out of memory" {
		return words
	}
	words = "fatal error: out of memory"
	if m := refusal.FindStringSubmatch(dump); m != nil {
		if size, err := strconv.ParseInt(m[1], 0, 64); err == nil {
			words += ": " + rt.ByteText(size) + " at once can't be had"
		}
	}
	if limit > 0 {
		words += " (the limit is " + rt.ByteText(limit) + ")"
	}
	return words
}

// lastWords takes the lines before the first goroutine's stack that say what
// happened.
func lastWords(dump string) string {
	head, _, _ := strings.Cut(dump, "\n\ngoroutine ")
	head, _, _ = strings.Cut(head, "\n\nruntime stack:")
	var keep []string
	for line := range strings.SplitSeq(head, "\n") {
		switch {
		case strings.HasPrefix(line, "fatal error: "), strings.HasPrefix(line, "panic: "), strings.HasPrefix(line, "SIG"),
			strings.HasPrefix(line, "unexpected fault address"),
			strings.HasPrefix(line, "[signal "), strings.HasPrefix(line, "runtime: goroutine stack exceeds"):
			keep = append(keep, line)
		}
	}
	return strings.Join(keep, "\n")
}

func statusWords(d *DeathError) string {
	switch d.Signal {
	case 0:
		switch d.Code {
		case 0:
			return "exit status 0 (a cell ended or replaced the engine's process)"
		case 2: // of the Go runtime, and of an engine that lost its pipes
			return "exit status 2 (no last words: a library called os.Exit, or a cell closed the engine's file descriptors)"
		case 128 + int(syscall.SIGTERM): // the engine ends itself on it, see package server
			return "signal: terminated"
		}
		return fmt.Sprintf("exit status %d", d.Code)
	case syscall.SIGKILL:
		return "signal: killed (by the system for want of memory, or by somebody)"
	}
	return "signal: " + d.Signal.String()
}
