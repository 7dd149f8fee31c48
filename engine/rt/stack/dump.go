package stack

import (
	"strconv"
	"strings"
)

// A Goroutine is one goroutine of a dump.
type Goroutine struct {
	ID     uint64  `json:"id"`               // the runtime's number
	State  string  `json:"state"`            // e.g. "chan receive", "running"
	Cell   uint64  `json:"cell,omitempty"`   // the Cell.ID it belongs to, 0 when unknown
	Number uint64  `json:"number,omitempty"` // rt's number for it
	Op     string  `json:"op,omitempty"`     // what it waits in, in Go's words: "chan receive", "sync.WaitGroup.Wait"
	Frames []Frame `json:"frames,omitempty"`

	Parent  uint64   `json:"-"` // the runtime's number of the goroutine that started it
	Calls   []string `json:"-"` // every function in it, innermost first
	Creator string   `json:"-"` // the function with the go statement
}

// ParseDump reads a dump as runtime.Stack and the runtime's last words have
// it. Text before and between goroutines is skipped; it never fails.
func ParseDump(text string) []Goroutine {
	var out []Goroutine
	var g *Goroutine
	var fn string
	for line := range strings.SplitSeq(text, "\n") {
		if id, state, ok := header(line); ok {
			out = append(out, Goroutine{ID: id, State: state})
			g, fn = &out[len(out)-1], ""
			continue
		}
		switch {
		case g == nil || line == "":
			fn = ""
		case strings.HasPrefix(line, "created by "):
			g.created(line)
			fn = ""
		case strings.HasPrefix(line, "\t"):
			if fn != "" {
				g.position(fn, line)
			}
		default:
			fn = g.call(line)
		}
	}
	for i := range out {
		out[i].Op = out[i].op()
	}
	return out
}

// header reads "goroutine 7 [chan receive, 2 minutes]:"; newer runtimes put
// more words between the number and the bracket.
func header(line string) (id uint64, state string, ok bool) {
	rest, ok := strings.CutPrefix(line, "goroutine ")
	if !ok || !strings.HasSuffix(line, "]:") {
		return 0, "", false
	}
	num, rest, ok := strings.Cut(rest, " ")
	open := strings.LastIndex(rest, "[")
	if !ok || open < 0 {
		return 0, "", false
	}
	id, err := strconv.ParseUint(num, 10, 64)
	state, _, _ = strings.Cut(strings.TrimSuffix(rest[open+1:], "]:"), ",")
	return id, state, err == nil
}

// call reads "nb/ab12.fib(0x3, ...)" and returns the function's name.
func (g *Goroutine) call(line string) string {
	open := strings.LastIndex(line, "(")
	if open <= 0 || !strings.HasSuffix(line, ")") {
		return ""
	}
	// A method on a pointer has parentheses in its name; arguments are last.
	name, args := line[:open], line[open+1:len(line)-1]
	g.Calls = append(g.Calls, name)
	if cell, number, ok := tag(args); ok {
		g.Cell, g.Number = cell, number
	}
	return name
}

// tag finds {magic, cell, number} among printed arguments.
func tag(args string) (cell, number uint64, ok bool) {
	_, rest, ok := strings.Cut(args, "{0x"+strconv.FormatUint(TagMagic, 16)+", ")
	if !ok {
		return 0, 0, false
	}
	words, _, _ := strings.Cut(rest, "}")
	a, b, _ := strings.Cut(words, ", ")
	cell, err1 := strconv.ParseUint(a, 0, 64)
	number, err2 := strconv.ParseUint(b, 0, 64)
	return cell, number, err1 == nil && err2 == nil
}

// position reads "\t/goblaze/cell/3/main.go:4 +0x1d" below a call.
func (g *Goroutine) position(fn, line string) {
	pos, _, _ := strings.Cut(strings.TrimPrefix(line, "\t"), " ")
	colon := strings.LastIndex(pos, ":")
	if colon < 0 {
		return
	}
	cell, ok := CellOf(pos[:colon])
	n, err := strconv.Atoi(pos[colon+1:])
	if ok && err == nil {
		g.Frames = append(g.Frames, Frame{Func: FuncName(fn), Cell: cell, Line: n})
	}
}

// created reads "created by main.f in goroutine 1".
func (g *Goroutine) created(line string) {
	name, parent, _ := strings.Cut(strings.TrimPrefix(line, "created by "), " in goroutine ")
	g.Creator = name
	g.Parent, _ = strconv.ParseUint(parent, 10, 64)
}
