package magics

import (
	"context"
	"fmt"
	"go/token"
	"math"
	"slices"
	"strconv"
	"strings"
)

// vectorize runs a function over items, or the loop of a cell, in parallel.
func vectorize(c *call) (any, error) {
	spec, err := c.vectorizeSpec()
	if err != nil {
		return nil, err
	}
	bar := newProgress(c.run)
	res, err := c.Eval.Vectorize(c.ctx, spec, bar.update)
	bar.remove()
	for _, r := range append(res.Earlier, res.Report) {
		if r == nil || spec.Quiet {
			continue
		}
		if showErr := c.report(r, spec.SelfContained); err == nil {
			err = showErr
		}
	}
	if err != nil {
		return nil, err
	}
	if spec.Op != "" || res.Value == nil {
		return done, nil
	}
	return res.Value, nil
}

// LoopSpec reads the options of a //goblaze:vectorize line (args, with their
// place) for the loop below it, as %%vectorize would. The error is a
// *UsageError or an *UnknownError.
func (r *Runner) LoopSpec(ctx context.Context, args, loop Fragment) (VectorizeSpec, error) {
	p := Part{Kind: CellMagic, Name: "vectorize", Text: args.Text, Line: args.Line, Col: args.Col,
		NameLine: args.Line, NameCol: args.Col, Body: loop.Text, BodyLine: loop.Line}
	cmd, err := find(p)
	if err != nil {
		return VectorizeSpec{}, err
	}
	c := &call{run: &run{Runner: r, ctx: ctx}, cmd: cmd, part: p}
	if _, err := c.parseOptions(); err != nil {
		return VectorizeSpec{}, err
	}
	spec, err := c.vectorizeSpec()
	spec.Loop = loop
	return spec, err
}

func (c *call) vectorizeSpec() (spec VectorizeSpec, err error) {
	spec = VectorizeSpec{
		Result: c.part.names(), Op: c.part.Op, LHS: c.part.lhs(),
		Init: c.fragment("init"), Each: c.fragment("each"), Collect: c.opts["errors"].Text == "collect",
		Tier: "auto", Compare: c.opts.has("compare"), Force: c.opts.has("force"),
		SelfContained: c.opts.has("self-contained"), Quiet: c.opts.has("quiet"),
	}
	steps := []func(*VectorizeSpec) error{c.vectorizeTier, c.vectorizeNumbers, c.vectorizeWorkers, c.vectorizeOperands, c.vectorizeResult}
	for _, step := range steps {
		if err := step(&spec); err != nil {
			return spec, err
		}
	}
	return spec, nil
}

// vectorizeOperands takes FUNC ITEMS ARGS from the line, or the loop from the
// cell.
func (c *call) vectorizeOperands(spec *VectorizeSpec) error {
	args := c.arguments()
	if c.part.Kind == CellMagic {
		if len(args) > 0 {
			return c.usageAt(c.rest, "over a cell takes options only, not "+args[0].Text, "write the loop on the lines below")
		}
		if strings.TrimSpace(c.part.Body) == "" {
			return c.usageAt(c.rest, "the cell holds no loop", "write the loop on the lines below")
		}
		spec.Loop = c.part.body()
		return nil
	}
	for _, a := range args {
		if a.Text == "" {
			return &UsageError{Magic: c.sign(), Line: a.Line, Col: a.Col, Msg: "an argument is empty", Hint: "take out a comma"}
		}
	}
	switch len(args) {
	case 0:
		return c.usage("wants a function and its items")
	case 1:
		return c.usage("wants items for " + args[0].Text)
	}
	spec.Func, spec.Items, spec.Args = args[0], args[1], args[2:]
	return nil
}

// vectorizeResult checks the left side and takes -o NAME, which may not stand
// beside one.
func (c *call) vectorizeResult(spec *VectorizeSpec) error {
	if len(spec.Result) > 2 {
		return &UsageError{Magic: c.sign(), Line: c.part.LHSLine, Col: c.part.LHSCol,
			Msg: fmt.Sprintf("gives a result and an error, not %d values", len(spec.Result)), Hint: "out, err := %vectorize …"}
	}
	out, ok := c.opts["out"]
	if !ok {
		return nil
	}
	switch {
	case spec.Op != "":
		return c.usageAt(out.Off, "-o "+out.Text+" and "+c.part.LHS+" "+c.part.Op+" both name the result", "leave one out")
	case c.part.Kind == CellMagic:
		return c.usageAt(out.Off, "a loop names its results itself", "leave out -o "+out.Text)
	case !token.IsIdentifier(out.Text):
		return c.usageAt(out.Off, out.Text+" is no name", "-o NAME")
	}
	spec.Result, spec.Op, spec.LHS = []string{out.Text}, ":=", c.part.fragment(out.Text, out.Off)
	return nil
}

func (c *call) vectorizeTier(spec *VectorizeSpec) error {
	t, ok := c.opts["tier"]
	if !ok {
		return nil
	}
	if strings.Contains(t.Text, ",") && !spec.Compare {
		return c.usageAt(t.Off, "a list of tiers wants --compare", "add --compare, or choose one")
	}
	spec.Tier = t.Text
	return nil
}

// vectorizeNumbers takes chunk, repeat and timeout.
func (c *call) vectorizeNumbers(spec *VectorizeSpec) (err error) {
	if v, ok := c.opts["chunk"]; ok && v.Text != "auto" {
		if spec.Chunk, err = strconv.Atoi(v.Text); err != nil || spec.Chunk < 1 {
			return c.usageAt(v.Off, v.Text+" is no chunk", "auto, or a whole number from 1 on")
		}
	}
	if r, ok := c.opts["repeat"]; ok && !spec.Compare {
		return c.usageAt(r.Off, "-r repeats the runs of --compare", "add --compare, or leave out -r "+r.Text)
	}
	if spec.Repeat, err = c.integer("repeat", 1, 3); err != nil {
		return err
	}
	spec.Timeout, err = c.duration("timeout")
	return err
}

// vectorizeWorkers takes -w. With --compare the list is spelled out: one number
// N means 1, 2, 4 … N, none means up to the cores.
func (c *call) vectorizeWorkers(spec *VectorizeSpec) error {
	list, err := c.integers("workers", -1)
	if err != nil {
		return err
	}
	if !spec.Compare {
		if len(list) > 1 {
			return c.usageAt(c.opts["workers"].Off, "several numbers of workers want --compare", "add --compare, or choose one")
		}
		spec.Workers = list
		return nil
	}
	cores := -1
	for i, n := range list {
		if n == -1 {
			if cores, err = c.cores(cores); err != nil {
				return err
			}
			list[i] = cores
		}
	}
	switch len(list) {
	case 0:
		if cores, err = c.cores(cores); err != nil {
			return err
		}
		spec.Workers = powers(cores)
	case 1:
		spec.Workers = powers(list[0])
	default:
		slices.Sort(list)
		spec.Workers = slices.Compact(list)
	}
	return nil
}

// cores is the number of cores the session may use, asked for once.
func (c *call) cores(known int) (int, error) {
	if known > 0 {
		return known, nil
	}
	s, err := c.Eval.Workers(c.ctx)
	n := s.Cores
	if s.Limit > 0 {
		n = min(n, int(math.Ceil(s.Limit)))
	}
	return max(n, 1), err
}

// powers returns 1, 2, 4 … up to n, and n.
func powers(n int) (list []int) {
	for p := 1; p < n; p *= 2 {
		list = append(list, p)
	}
	return append(list, max(n, 1))
}
