package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/goblaze/goblaze/charts"
	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/source"
	"github.com/goblaze/goblaze/kernel"
	"github.com/goblaze/goblaze/magics"
)

// executor runs the kernel's cells: it splits a cell into magics and Go and
// hands both to the session.
type executor struct {
	session *engine.Session
	runner  *magics.Runner

	prepared sync.WaitGroup
	// note is said with the first cell: why everything is interpreted.
	note string
}

func newExecutor(s *engine.Session) *executor {
	x := &executor{session: s, runner: &magics.Runner{Split: splitBody}}
	x.runner.Charts.Library = &charts.Library{}
	x.prepared.Go(func() { _ = charts.Prepare() }) // a failure shows with the first chart
	return x
}

var (
	_ kernel.Executor            = (*executor)(nil)
	_ kernel.Interrupter         = (*executor)(nil)
	_ kernel.Completer           = (*executor)(nil)
	_ kernel.Inspector           = (*executor)(nil)
	_ kernel.CompletenessChecker = (*executor)(nil)
	_ kernel.HistoryKeeper       = (*executor)(nil)
)

// Execute runs a cell.
func (x *executor) Execute(ctx context.Context, req kernel.ExecuteRequest, out kernel.Output) kernel.ExecuteReply {
	x.runner.Charts.Library.Started(req.CellID)
	shown := &chartOutput{Output: out, options: x.runner.Charts}
	shown.options.Cell, shown.options.Run = req.CellID, req.Count
	cell := x.session.Begin(req.Count, req.Code, shown)
	x.runner.Eval = &evaluator{s: x.session, cell: cell, runner: x.runner, out: shown}
	if x.note != "" {
		shown.Stream("stderr", x.note)
		x.note = ""
	}
	if readsStdin(req.Code) {
		x.session.WantInput()
	}
	err := x.run(ctx, req, shown)
	if err != nil {
		return kernel.ExecuteReply{Err: cellError(err, req)}
	}
	return kernel.ExecuteReply{Expressions: x.expressions(ctx, req, shown), Payload: shown.pages}
}

func (x *executor) run(ctx context.Context, req kernel.ExecuteRequest, out magics.Output) error {
	parts, err := source.SplitIn(req.Code, x.session.IsBool)
	if err != nil {
		return err
	}
	return x.runner.RunCell(ctx, magics.Cell{
		Code: req.Code, Parts: magicParts(parts), ID: req.CellID, Count: req.Count, StoreHistory: req.StoreHistory,
	}, out)
}

// expressions evaluates the user_expressions of a request, by name. What is no
// expression is refused before it runs.
func (x *executor) expressions(ctx context.Context, req kernel.ExecuteRequest, out *chartOutput) map[string]any {
	if len(req.Expressions) == 0 {
		return nil
	}
	results := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(req.Expressions)) {
		expr := req.Expressions[name]
		if _, err := parser.ParseExpr(expr); err != nil {
			results[name] = &kernel.CellError{Name: "CompileError", Value: fmt.Sprintf("%q is not an expression", expr)}
			continue
		}
		cell := x.session.Begin(req.Count, expr, out)
		b, err := x.session.Exec(ctx, cell, engine.Source{Text: expr, Line: 1, Col: 1})
		switch {
		case err != nil:
			results[name] = cellError(err, kernel.ExecuteRequest{Code: expr, Count: req.Count})
		case b != nil:
			results[name] = *b
		default:
			results[name] = display.Bundle{} // a call without a value
		}
	}
	return results
}

// splitBody splits the body of a cell magic that may hold magics.
func splitBody(text string) ([]magics.Part, error) {
	parts, err := source.Split(text)
	return magicParts(parts), err
}

func magicParts(parts []source.Part) []magics.Part {
	out := make([]magics.Part, len(parts))
	for i, p := range parts {
		out[i] = magics.Part{
			Kind: magics.Kind(p.Kind), Text: p.Text, Line: p.Line, Col: p.Col,
			Name: p.Name, NameLine: p.NameLine, NameCol: p.NameCol,
			LHS: p.LHS, LHSLine: p.LHSLine, LHSCol: p.LHSCol, Op: p.Op,
			Body: p.Body, BodyLine: p.BodyLine, Detail: p.Detail,
		}
	}
	return out
}

// chartOutput turns charts built in cells into what front ends show, and
// documentation into pages.
type chartOutput struct {
	kernel.Output
	options charts.Options
	pages   []map[string]any // payloads of the reply, as IPython's for expr?
}

// pageID is the display id of documentation, which is no output of the cell.
const pageID = "goblaze-page"

func (o *chartOutput) Display(b display.Bundle) {
	if b.ID == pageID {
		o.pages = append(o.pages, map[string]any{"source": "page", "data": b.Data, "start": 0})
		return
	}
	o.Output.Display(o.drawn(b))
}

// Input asks the person at the front end for a line.
func (o *chartOutput) Input(ctx context.Context, prompt string, password bool) (string, error) {
	asker, ok := o.Output.(kernel.Inputter)
	if !ok {
		return "", kernel.ErrNoInput
	}
	return asker.Input(ctx, prompt, password)
}

func (o *chartOutput) Result(b display.Bundle) { o.Output.Result(o.drawn(b)) }

func (o *chartOutput) drawn(b display.Bundle) display.Bundle { return charts.FromBundle(b, o.options) }

// Interrupt stops what runs.
func (x *executor) Interrupt() { x.session.Interrupt() }

// Complete proposes how the code goes on at the cursor.
func (x *executor) Complete(_ context.Context, code string, cursor int) kernel.Completions {
	if c, ok := magics.CompletePath(code, cursor, x.session.Dir()); ok {
		return kernel.Completions{Matches: c.Matches, Start: c.Start, End: c.End, Types: slices.Repeat([]string{"path"}, len(c.Matches))}
	}
	if c, ok := magics.Complete(code, cursor); ok {
		return kernel.Completions{Matches: c.Matches, Start: c.Start, End: c.End, Types: slices.Repeat([]string{"magic"}, len(c.Matches))}
	}
	list, start, end := x.session.Complete(code, cursor)
	c := kernel.Completions{Matches: []string{}, Start: start, End: end}
	for _, m := range list {
		c.Matches = append(c.Matches, m.Text)
		c.Types = append(c.Types, m.Kind)
		c.Signatures = append(c.Signatures, m.Signature)
	}
	return c
}

// Inspect documents what stands at the cursor.
func (x *executor) Inspect(_ context.Context, code string, cursor, detail int) (display.Bundle, bool) {
	if help, ok := magics.Inspect(code, cursor); ok {
		return display.Text(help), true
	}
	return x.session.Inspect(code, cursor, detail)
}

// IsComplete tells whether a cell may be run as it is.
func (x *executor) IsComplete(code string) (status, indent string) { return source.IsComplete(code) }

// History answers for the cells of this session.
func (x *executor) History(req kernel.HistoryRequest) []kernel.HistoryEntry {
	var out []kernel.HistoryEntry
	for _, e := range x.runner.History.Request(magics.HistoryRequest(req)) {
		out = append(out, kernel.HistoryEntry(e))
	}
	return out
}

// ANSI colours of tracebacks.
const (
	red   = "\x1b[31m"
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

// cellError words an error for the front end.
func cellError(err error, req kernel.ExecuteRequest) *kernel.CellError {
	var ce *engine.CompileError
	var re *engine.RuntimeError
	var se *source.Error
	switch {
	case errors.As(err, &ce):
		return compileError(ce, req)
	case errors.As(err, &re):
		return runtimeError(re, req)
	case errors.As(err, &se):
		list := check.ErrorList{{File: check.CellFile(req.Count), Line: se.Line, Col: se.Col, Msg: se.Msg, Hint: se.Hint}}
		return compileError(&engine.CompileError{Errors: list}, req)
	case engine.Interrupted(err) || errors.Is(err, context.Canceled):
		return &kernel.CellError{Name: "Interrupt", Value: "interrupted", Traceback: []string{red + "interrupted" + plain}}
	}
	name := "Error"
	var usage *magics.UsageError
	var unknown *magics.UnknownError
	if errors.As(err, &usage) || errors.As(err, &unknown) {
		name = "UsageError"
	}
	return &kernel.CellError{Name: name, Value: firstLine(err.Error()), Traceback: []string{red + name + plain + ": " + err.Error()}}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// compileError shows each error with its source line and a caret.
func compileError(ce *engine.CompileError, req kernel.ExecuteRequest) *kernel.CellError {
	lines := strings.Split(req.Code, "\n")
	var trace []string
	for i, e := range ce.Errors {
		if i == 10 {
			trace = append(trace, fmt.Sprintf("… and %d more", len(ce.Errors)-i))
			break
		}
		hint := e.Hint
		e.Hint = ""
		trace = append(trace, red+e.Error()+plain)
		if n, ok := check.CellOf(e.File); ok && n == req.Count && e.Line >= 1 && e.Line <= len(lines) {
			text := strings.TrimRight(lines[e.Line-1], "\r")
			part, col := around(text, e.Col)
			trace = append(trace, "    "+strings.ReplaceAll(part, "\t", tab), "    "+caret(part, col))
			hint = cmp.Or(hint, check.HintFor(e.Msg, text))
		}
		if hint != "" {
			trace = append(trace, "    "+hint)
		}
	}
	return &kernel.CellError{Name: "CompileError", Value: firstLine(ce.Errors[0].Error()), Traceback: trace}
}

// tab is what a tab of a source line is shown as: front ends differ in how wide
// they draw it, and carets must stand under what they point at.
const tab = "    "

// shownLine is how many bytes of a source line an error shows at most: a line
// may be megabytes of data.
const shownLine = 400

// around returns the part of a long line that surrounds a column (in bytes,
// 1-based), with … where it was cut, and the column in that part.
func around(line string, col int) (part string, at int) {
	if len(line) <= shownLine {
		return line, col
	}
	from := max(0, min(col-1, len(line))-shownLine/2)
	to := min(len(line), from+shownLine)
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	part, at = line[from:to], col-from
	if from > 0 {
		part, at = "…"+part, at+len("…")
	}
	if to < len(line) {
		part += "…"
	}
	return part, at
}

// caret points at a column (in bytes, 1-based) of a line.
func caret(text string, col int) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case i >= col-1:
			return b.String() + bold + "^" + plain
		case r == '\t':
			b.WriteString(tab)
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf): // drawn over the rune before
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			b.WriteRune('\u3000') // as wide as the rune
		default:
			b.WriteByte(' ')
		}
	}
	return b.String() + bold + "^" + plain
}

// runtimeError shows Go's own words, the call stack in cell positions, and
// what the reader should know.
func runtimeError(re *engine.RuntimeError, req kernel.ExecuteRequest) *kernel.CellError {
	name := re.Kind
	switch re.Kind {
	case "interrupt":
		name = "Interrupt"
	case engine.KindDied:
		name = "EngineDied"
	case engine.KindLost:
		name = "LostVariable"
	}
	trace := []string{red + re.Text + plain}
	lines := strings.Split(req.Code, "\n")
	shown := 0
	for i := 0; i < len(re.Frames); i++ {
		f := re.Frames[i]
		if shown++; shown > 30 {
			trace = append(trace, fmt.Sprintf("    … %d more calls", len(re.Frames)-i))
			break
		}
		same := 1
		for i+1 < len(re.Frames) && re.Frames[i+1] == f {
			i++
			same++
		}
		where := fmt.Sprintf("    cell %d, line %d", f.Cell, f.Line)
		if f.Func != "" {
			where += ", in " + f.Func
		}
		if f.Cell == req.Count && f.Line >= 1 && f.Line <= len(lines) {
			text, _ := around(strings.TrimSpace(lines[f.Line-1]), 1)
			where += dim + "    " + text + plain
		}
		if same > 1 {
			where += fmt.Sprintf(" (%d times in a row)", same)
		}
		trace = append(trace, where)
	}
	trace = append(trace, re.Notes...)
	return &kernel.CellError{Name: name, Value: firstLine(re.Text), Traceback: trace}
}
