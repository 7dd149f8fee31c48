package magics

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"strings"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// tellCompile is the compile time in seconds from which on it is told, as in
// IPython.
const tellCompile = 0.1

// timeitOptions are the options of %timeit and %compare.
type timeitOptions struct {
	loops     int // 0: found by trying
	repeat    int
	precision int
	quiet     bool
	cpu       bool  // CPU instead of wall-clock time
	workers   []int // nil: the statement runs alone
}

func (c *call) timeitOptions() (o timeitOptions, err error) {
	o.quiet, o.cpu = c.opts.has("q"), c.opts.has("c")
	if o.loops, err = c.integer("n", 0, 0); err != nil {
		return o, err
	}
	if o.repeat, err = c.integer("r", 1, 7); err != nil {
		return o, err
	}
	if o.precision, err = c.integer("p", 0, 3); err != nil {
		return o, err
	}
	o.workers, err = c.integers("w", 1)
	return o, err
}

// timeit times a statement as IPython 8.12's %timeit does.
func timeit(c *call) (any, error) {
	o, err := c.timeitOptions()
	if err != nil {
		return nil, err
	}
	if name, ok := c.opts["v"]; ok && !token.IsIdentifier(name.Text) {
		return nil, c.usageAt(name.Off, name.Text+" is no name for -v", "-v NAME keeps the timing in the variable NAME")
	}
	spec := TimerSpec{Stmt: c.source(), Tier: "auto"}
	if c.part.Kind == CellMagic {
		spec.Setup, spec.Stmt = c.source(), c.part.body()
	}
	if err := c.emptyCell(); err != nil {
		return nil, err
	}
	if strings.TrimSpace(spec.Stmt.Text) == "" {
		return nil, c.usage("has no statement to time")
	}
	spec.Label = label(spec.Stmt.Text)
	runs, timing, err := c.timeAll(spec, o)
	if err != nil {
		return nil, err
	}
	if o.workers != nil && !o.quiet {
		if err := c.report(timingReport(runs), false); err != nil {
			return nil, err
		}
	}
	if name, ok := c.opts["v"]; ok {
		err := c.Eval.Assign(c.ctx, Assignment{LHS: c.part.fragment(name.Text, name.Off), Op: ":=", Value: timing})
		if err != nil {
			return nil, err
		}
	}
	switch {
	case c.part.LHS != "":
		return timing, nil
	case c.opts.has("o"):
		b := display.Text("<TimeitResult : " + timing.String() + ">")
		b.Data[vectorizer.ReportMIME] = timingReport(runs)
		return &b, nil
	}
	return nil, nil
}

// timeAll times a statement alone, or on each number of workers, prints each
// result as it comes, and returns them with the last timing.
func (c *call) timeAll(spec TimerSpec, o timeitOptions) (runs []vectorizer.Run, last *vectorizer.Timing, err error) {
	timer, err := c.Eval.Timer(c.ctx, spec)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, timer.Close()) }()
	counts := o.workers
	if counts == nil {
		counts = []int{1}
	}
	for _, n := range counts {
		if last, err = measure(c.ctx, timer, o, n); err != nil {
			return nil, nil, err
		}
		head := ""
		if o.workers != nil {
			head = fmt.Sprintf("%d %s: ", n, plural(n, "worker"))
		}
		if !o.quiet {
			c.print(timingText(head, last))
		}
		run := runOf(spec.Label, timer.Tier(), last)
		if o.workers != nil {
			run.Label, run.Workers = "", n
		}
		runs = append(runs, run)
		c.remember(spec.Label, run)
	}
	return runs, last, nil
}

// measure finds the number of loops if it is not given, then times the runs.
func measure(ctx context.Context, t Timer, o timeitOptions, workers int) (*vectorizer.Timing, error) {
	loops := o.loops
	if loops == 0 {
		var err error
		loops, err = autorange(func(loops int) (Sample, error) { return t.Run(ctx, loops, workers) }, o)
		if err != nil {
			return nil, err
		}
	}
	all := make([]float64, o.repeat)
	for i := range all {
		s, err := t.Run(ctx, loops, workers)
		if err != nil {
			return nil, err
		}
		all[i] = o.seconds(s)
	}
	return vectorizer.NewTiming(loops, all, t.CompileTime(), o.precision), nil
}

// seconds is what of a sample is measured.
func (o timeitOptions) seconds(s Sample) float64 {
	if o.cpu {
		return (s.User + s.Sys).Seconds()
	}
	return s.Wall.Seconds()
}

// autorange returns the first power of ten that takes 0.2 s or more, at most
// 10⁹, as IPython's %timeit does. Where it differs: with -c, a statement that
// waits would be tried for hours, so that 2 s of wall-clock time are enough.
func autorange(run func(loops int) (Sample, error), o timeitOptions) (int, error) {
	loops := 1
	for i := 0; ; i++ {
		s, err := run(loops)
		if err != nil || o.seconds(s) >= 0.2 || s.Wall >= 2*time.Second || i == 9 {
			return loops, err
		}
		loops *= 10
	}
}

// timingText is what IPython prints for a timing: the warning, the result, and
// the compile time where it is worth telling.
func timingText(head string, t *vectorizer.Timing) string {
	text := ""
	if w := t.Warning(); w != "" {
		text = w + "\n"
	}
	text += head + t.String() + "\n"
	if s := t.CompileTime.Seconds(); s > tellCompile {
		text += fmt.Sprintf("Compiler time: %.2f s\n", s)
	}
	return text
}

// runOf is a timing as a report has it; workers 0 says that it ran alone.
func runOf(label, tier string, t *vectorizer.Timing) vectorizer.Run {
	return vectorizer.Run{Label: label, Tier: tier, MeanS: t.Average(), StdS: t.Stdev(), MinS: t.Best, AllS: t.Timings}
}

// timingReport is a report of timings; speedup is that of the fastest over the
// first.
func timingReport(runs []vectorizer.Run) *vectorizer.Report {
	r := &vectorizer.Report{Kind: "timeit", Cores: vectorizer.Cores(), Tier: runs[0].Tier, Runs: runs,
		BusyS: []float64{}, EndS: []float64{}, Verdict: []string{}}
	best := runs[0]
	for _, run := range runs {
		r.Workers = max(r.Workers, run.Workers)
		if run.Tier != r.Tier {
			r.Tier = ""
		}
		if run.MeanS < best.MeanS {
			best = run
		}
	}
	if len(runs) > 1 {
		r.Speedup = vectorizer.Speedup(runs[0].MeanS, best.MeanS)
	}
	return r
}

// remember keeps a timing for %compare, in place of an earlier one of the same
// label.
func (r *Runner) remember(label string, run vectorizer.Run) {
	run.Label = label
	if run.Workers > 0 {
		run.Label = fmt.Sprintf("%s (%d %s)", label, run.Workers, plural(run.Workers, "worker"))
	}
	for i, old := range r.timings {
		if old.Label == run.Label {
			r.timings[i] = run
			return
		}
	}
	r.timings = append(r.timings, run)
}

// label is the first line of a statement, cut to 40 characters.
func label(stmt string) string {
	line, _, more := strings.Cut(strings.TrimSpace(stmt), "\n")
	r := []rune(strings.TrimSpace(line))
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	if more {
		return string(r) + " …"
	}
	return string(r)
}
