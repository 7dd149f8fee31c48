package magics

import (
	"strings"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// timeOnce runs a statement or a cell once and prints what it took, as
// IPython's %time does.
func timeOnce(c *call) (any, error) {
	if c.part.Kind == LineMagic {
		return c.timeLine()
	}
	if c.text() != "" {
		return nil, c.usageAt(0, "Can't use statement directly after '%%time'!", "put it on the next line")
	}
	if err := c.emptyCell(); err != nil {
		return nil, err
	}
	parts := []Part{{Kind: Go, Text: c.part.Body, Line: 1, Col: 1}}
	if c.Split != nil {
		var err error
		// The lines above the body are blank, so that places are the cell's.
		if parts, err = c.Split(strings.Repeat("\n", c.part.BodyLine-1) + c.part.Body); err != nil {
			return nil, err
		}
	}
	if len(parts) == 1 && parts[0].Kind == Go {
		return c.timed(c.part.body())
	}
	return nil, c.timeParts(parts)
}

// emptyCell refuses a cell magic with nothing below it, as IPython does.
func (c *call) emptyCell() error {
	if c.part.Kind != CellMagic || strings.TrimSpace(c.part.Body) != "" {
		return nil
	}
	return c.usageAt(0, "is a cell magic, but the cell body is empty", "did you mean the line magic %"+c.part.Name+" (single %)?")
}

// timeLine times the statement behind %time. With a left side, x := %time f()
// is the statement x := f(), each part at its own place.
func (c *call) timeLine() (any, error) {
	f := c.source()
	if strings.TrimSpace(f.Text) == "" {
		return nil, c.usage("has no statement to time")
	}
	p := c.part
	if p.LHS == "" {
		return c.timed(f)
	}
	left := p.LHS + " " + p.Op
	gap := max(1, p.Col-p.LHSCol-len(left))
	_, err := c.timed(Fragment{Text: left + strings.Repeat(" ", gap) + f.Text, Line: p.LHSLine, Col: p.LHSCol})
	return done, err
}

// timed runs Go, prints the times and returns the value.
func (c *call) timed(f Fragment) (any, error) {
	t, err := c.Eval.ExecTimed(c.ctx, f)
	if err != nil {
		return nil, err
	}
	user, sys := t.Sample.User.Seconds(), t.Sample.Sys.Seconds()
	c.print("CPU times: user " + formatTime(user) + ", sys: " + formatTime(sys) + ", total: " + formatTime(user+sys) + "\n" +
		"Wall time: " + formatTime(t.Sample.Wall.Seconds()) + "\n")
	if s := t.Compile.Seconds(); s > tellCompile {
		c.print("Compiler : " + formatTime(s) + "\n")
	}
	if t.Value == nil {
		return nil, nil
	}
	return t.Value, nil
}

// timeParts runs a body that holds magics. What they use of the processor is
// not known, so that only the wall-clock time is told.
func (c *call) timeParts(parts []Part) error {
	start := c.now()
	held := &holdResult{Output: c.out}
	inner := &run{Runner: c.Runner, ctx: c.ctx, out: held}
	for i, p := range parts {
		if err := inner.part(p, c.last && i == len(parts)-1); err != nil {
			return err
		}
	}
	c.print("Wall time: " + formatTime(c.now().Sub(start).Seconds()) + "\n")
	if held.value != nil {
		c.out.Result(*held.value)
	}
	return nil
}

// holdResult keeps the result back, so that it comes after the times.
type holdResult struct {
	Output
	value *display.Bundle
}

func (o *holdResult) Result(b display.Bundle) { o.value = &b }

// now reads the clock.
func (r *Runner) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// formatTime writes seconds with three digits as IPython does. It is the mean
// of a timing of one run, so that there is one place that knows how.
func formatTime(seconds float64) string {
	text, _, _ := strings.Cut(vectorizer.NewTiming(1, []float64{seconds}, 0, 3).String(), " ± ")
	return text
}
