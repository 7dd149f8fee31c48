package magics

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/goblaze/goblaze/charts"
	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// Output receives what a running cell shows, in order. Its methods are those
// of kernel.Output and as safe for concurrent use.
type Output interface {
	Stream(name, text string) // name is "stdout" or "stderr"
	Display(b display.Bundle)
	Result(b display.Bundle) // the value of the last expression
	Clear(wait bool)
}

// A Runner runs cells over a session. It keeps what magics remember between
// cells: history, folders, timings. One cell runs at a time; History may be
// asked meanwhile.
type Runner struct {
	// Eval is the session. Required.
	Eval Evaluator
	// Split cuts the body of %%time, which may hold magics. Nil: it is Go.
	Split func(cell string) ([]Part, error)
	// Charts says where charts are shown; Cell and Run are set for each cell.
	Charts charts.Options
	// Now is the clock of progress bars, nil: time.Now.
	Now func() time.Time

	History History

	folders []string         // visited, the current one last
	timings []vectorizer.Run // taken so far, for %compare
	nextID  int              // of display ids
}

// A Cell is one cell to run.
type Cell struct {
	Code         string // as written, for the history
	Parts        []Part
	ID           string // Jupyter's cell id, may be empty
	Count        int    // execution count
	StoreHistory bool
}

// RunCell runs a cell and, when the cell wants it, keeps it in the history:
// its source before it runs, the text of its value after.
func (r *Runner) RunCell(ctx context.Context, cell Cell, out Output) error {
	r.Charts.Cell, r.Charts.Run = cell.ID, cell.Count
	if !cell.StoreHistory {
		return r.Run(ctx, cell.Parts, out)
	}
	r.History.add(cell.Count, cell.Code)
	return r.Run(ctx, cell.Parts, &recorder{Output: out, history: &r.History, line: cell.Count})
}

// recorder keeps the text of a cell's value in the history.
type recorder struct {
	Output
	history *History
	line    int
}

func (o *recorder) Result(b display.Bundle) {
	if text, ok := b.Data["text/plain"].(string); ok {
		o.history.setOutput(o.line, text)
	}
	o.Output.Result(b)
}

// Run runs the parts of one cell in order and stops at the first error. The
// value of the last part goes to out.Result. Errors of magics are a
// *UsageError, an *UnknownError or an *ExitError; those of the session come as
// they are.
func (r *Runner) Run(ctx context.Context, parts []Part, out Output) error {
	x := &run{Runner: r, ctx: ctx, out: out}
	for i, p := range parts {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if err := x.part(p, i == len(parts)-1); err != nil {
			return err
		}
	}
	return nil
}

// A run is one running cell.
type run struct {
	*Runner
	ctx context.Context
	out Output
}

func (x *run) part(p Part, last bool) error {
	switch p.Kind {
	case Go:
		value, err := x.Eval.Exec(x.ctx, Fragment{Text: p.Text, Line: p.Line, Col: p.Col}, last)
		if err == nil && last && value != nil {
			x.out.Result(*value)
		}
		return err
	case Shell:
		return x.shellLine(p, last)
	case Help:
		return x.question(p)
	}
	return x.magic(p, last)
}

// magic finds the command, reads its options, runs it, and assigns or shows
// its value.
func (x *run) magic(p Part, last bool) error {
	c := &call{run: x, part: p, last: last}
	var err error
	if c.cmd, err = find(p); err != nil {
		return err
	}
	help := c.cmd.raw && c.cmd.name != "ls" && (p.Text == "-h" || p.Text == "--help")
	if !c.cmd.raw {
		if help, err = c.parseOptions(); err != nil {
			return err
		}
	}
	if help {
		x.out.Stream("stdout", c.cmd.usageText())
		return nil
	}
	value, err := c.cmd.run(c)
	if err != nil || value == done {
		return err
	}
	return x.finish(p, last, value)
}

// done is the value of a command that has assigned or shown its value itself.
var done any = struct{ done bool }{true}

// finish assigns a magic's value, or shows it when the part ends the cell.
func (x *run) finish(p Part, last bool, value any) error {
	_, shownOnly := value.(*display.Bundle)
	switch {
	case p.LHS != "" && (value == nil || shownOnly):
		return &UsageError{Magic: "%" + p.Name, Line: p.NameLine, Col: p.NameCol,
			Msg: "has no value to assign", Hint: "leave out " + p.LHS + " " + p.Op}
	case p.LHS != "":
		return x.Eval.Assign(x.ctx, Assignment{LHS: p.lhs(), Op: p.Op, Value: value})
	case last && value != nil:
		x.out.Result(bundleOf(value))
	}
	return nil
}

// find returns the command that a part calls.
func find(p Part) (*command, error) {
	sign, cell := "%", p.Kind == CellMagic
	if cell {
		sign = "%%"
	}
	var names []string
	for _, cmd := range table() {
		all := append([]string{cmd.name}, cmd.aliases...)
		if slices.Contains(all, p.Name) {
			return cmd, rightForm(cmd, p)
		}
		if cell && cmd.cell || !cell && cmd.line {
			names = append(names, all...)
		}
	}
	e := &UnknownError{What: "magic", Name: sign + p.Name, Line: p.NameLine, Col: p.NameCol, Instead: elsewhere[p.Name]}
	if n := nearest(p.Name, names); n != "" {
		e.Nearest = sign + n
	}
	return nil, e
}

// rightForm refuses %name where only %%name exists, and the other way round.
func rightForm(cmd *command, p Part) error {
	e := &UsageError{Line: p.NameLine, Col: p.NameCol}
	switch {
	case p.Kind == LineMagic && !cmd.line:
		e.Magic, e.Msg, e.Hint = "%"+p.Name, "takes a whole cell", "write %%"+p.Name+" on the first line of a cell"
	case p.Kind == CellMagic && !cmd.cell:
		e.Magic, e.Msg, e.Hint = "%%"+p.Name, "takes one line only", "write %"+p.Name
	default:
		return nil
	}
	return e
}

// bundleOf shows a magic's value as Go would print it.
func bundleOf(value any) display.Bundle {
	switch v := value.(type) {
	case *display.Bundle:
		return *v
	case map[string]string:
		return display.Text(keyValues(v))
	}
	return display.Text(fmt.Sprint(value))
}

// keyValues writes a map one KEY=VALUE a line, sorted.
func keyValues(m map[string]string) string {
	var lines []string
	for k, v := range m {
		lines = append(lines, k+"="+v)
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}
