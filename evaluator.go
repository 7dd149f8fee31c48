package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/goblaze/goblaze/charts"
	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/engine/source"
	"github.com/goblaze/goblaze/engine/wire"
	"github.com/goblaze/goblaze/magics"
	"github.com/goblaze/goblaze/vectorizer"
)

// evaluator is the session as the magics of the running cell see it.
type evaluator struct {
	s      *engine.Session
	cell   *engine.Cell
	runner *magics.Runner
	out    magics.Output
}

func goSource(f magics.Fragment) engine.Source {
	return engine.Source{Text: f.Text, Line: f.Line, Col: f.Col}
}

func (e *evaluator) Exec(ctx context.Context, f magics.Fragment, last bool) (*display.Bundle, error) {
	marks, err := e.directives(ctx, f)
	if err != nil {
		return nil, err
	}
	src := goSource(f)
	if !last {
		src.Text += "\n_ = 0" // so that no expression is the last
	}
	b, err := e.s.ExecLoops(ctx, e.cell, src, marks)
	return b, errors.Join(err, e.reports())
}

// directives reads the //goblaze:vectorize lines of a fragment.
func (e *evaluator) directives(ctx context.Context, f magics.Fragment) ([]engine.Directive, error) {
	var marks []engine.Directive
	for _, d := range source.Directives(f.Text) {
		line := f.Line + d.Line - 1
		if d.Name != "vectorize" {
			return nil, fmt.Errorf("line %d: unknown directive //goblaze:%s (did you mean //goblaze:vectorize, or the magic //goblaze:%%%s?)", line, d.Name, d.Name)
		}
		spec, err := e.runner.LoopSpec(ctx, magics.Fragment{Text: d.Args, Line: line, Col: d.ArgsCol}, magics.Fragment{Text: f.Text[d.Next:], Line: line + 1, Col: 1})
		if err != nil {
			return nil, err
		}
		marks = append(marks, engine.Directive{Line: line, Spec: vectorizeSpec(spec)})
	}
	return marks, nil
}

// reports shows what the marked loops of the latest run measured.
func (e *evaluator) reports() error {
	for _, r := range e.s.TakeReports() {
		if r.Quiet {
			continue
		}
		b, err := charts.Report(r.Report, e.runner.Charts)
		if err != nil {
			return err
		}
		if title := r.Title(); title != "" {
			e.out.Stream("stdout", title+"\n")
		}
		e.out.Display(b)
	}
	return nil
}

func (e *evaluator) ExecTimed(ctx context.Context, f magics.Fragment) (magics.Timed, error) {
	b, sample, compile, err := e.s.ExecTimed(ctx, e.cell, goSource(f))
	return magics.Timed{Value: b, Sample: magics.Sample(sample), Compile: compile}, err
}

func (e *evaluator) Sprint(ctx context.Context, expr string) (string, error) {
	return e.s.Sprint(ctx, e.cell, expr)
}

func (e *evaluator) Assign(ctx context.Context, a magics.Assignment) error {
	text := ""
	if a.Err != nil {
		text = a.Err.Error()
	}
	return e.s.Assign(ctx, e.cell, goSource(a.LHS), a.Op, a.Value, text)
}

func (e *evaluator) Timer(ctx context.Context, spec magics.TimerSpec) (magics.Timer, error) {
	t, err := e.s.NewTimer(ctx, e.cell, goSource(spec.Setup), goSource(spec.Stmt))
	if err != nil {
		return nil, err
	}
	return timer{t}, nil
}

// timer is an engine.Timer for the magics.
type timer struct{ *engine.Timer }

func (t timer) Run(ctx context.Context, n, workers int) (magics.Sample, error) {
	s, err := t.Timer.Run(ctx, n, workers)
	return magics.Sample(s), err
}

func (t timer) Close() error { return nil }

func (e *evaluator) Vectorize(ctx context.Context, spec magics.VectorizeSpec, progress func(done, total int)) (magics.Vectorized, error) {
	r, err := e.s.Vectorize(ctx, e.cell, vectorizeSpec(spec), progress)
	return magics.Vectorized{Report: r.Report, Value: r.Value, Earlier: r.Earlier}, err
}

func vectorizeSpec(m magics.VectorizeSpec) engine.VectorizeSpec {
	v := engine.VectorizeSpec{
		Func: goSource(m.Func), Items: goSource(m.Items), Init: goSource(m.Init), Each: goSource(m.Each), Loop: goSource(m.Loop),
		Result: m.Result, LHS: goSource(m.LHS), Op: m.Op, Workers: m.Workers, Chunk: m.Chunk, Collect: m.Collect, Timeout: m.Timeout,
		Tier: m.Tier, Compare: m.Compare, Repeat: m.Repeat, Force: m.Force, Quiet: m.Quiet,
	}
	for _, a := range m.Args {
		v.Args = append(v.Args, goSource(a))
	}
	return v
}

func (e *evaluator) Names(ctx context.Context) ([]magics.Name, error) {
	var out []magics.Name
	for _, n := range e.s.Names(ctx) {
		out = append(out, magics.Name(n))
	}
	return out, nil
}

func (e *evaluator) Values(ctx context.Context) (map[string]string, error) {
	return e.s.Values(ctx, e.cell)
}

func (e *evaluator) Reset(ctx context.Context) error { return e.s.Reset(ctx) }

func (e *evaluator) TierStatus(ctx context.Context) (magics.TierStatus, error) {
	st, err := e.s.TierStatus(ctx)
	out := magics.TierStatus{Mode: st.Mode, Pending: st.Pending, Plugins: st.Plugins, Bytes: st.Bytes, Note: st.Note, Log: st.Log}
	for _, en := range st.Entries {
		out.Entries = append(out.Entries, magics.TierEntry(en))
	}
	return out, err
}

func (e *evaluator) SetTier(_ context.Context, tier string) error { return e.s.SetTier(tier) }

func (e *evaluator) Workers(ctx context.Context) (magics.WorkerStatus, error) {
	procs, err := e.s.GOMAXPROCS(ctx)
	if err != nil {
		return magics.WorkerStatus{}, err
	}
	st := magics.WorkerStatus{Default: e.s.Workers(), Cores: engine.Cores(), GOMAXPROCS: procs}
	if n := vectorizer.Cores(); n < runtime.GOMAXPROCS(0) {
		st.Limit = float64(n) // the cgroup's
	}
	return st, nil
}

func (e *evaluator) SetWorkers(_ context.Context, n int) error { return e.s.SetWorkers(n) }

func (e *evaluator) Get(ctx context.Context, spec string) (string, error) { return e.s.Get(ctx, spec) }

func (e *evaluator) Chdir(ctx context.Context, dir string) (string, error) {
	return e.s.Chdir(ctx, dir)
}

func (e *evaluator) Getwd(ctx context.Context) (string, error) { return e.s.Getwd(ctx) }

func (e *evaluator) Setenv(ctx context.Context, key, value string) error {
	return e.s.Setenv(ctx, key, value)
}

func (e *evaluator) Environ(ctx context.Context) ([]string, error) { return e.s.Environ(ctx) }

func (e *evaluator) Shell(ctx context.Context, sh magics.ShellSpec) (magics.ShellResult, error) {
	r, err := e.s.Shell(ctx, e.cell, wire.Shell{Argv: sh.Argv, Stdin: sh.Stdin, Capture: sh.Capture, CaptureErr: sh.CaptureErr})
	return magics.ShellResult{Stdout: r.Stdout, Stderr: r.Stderr, ExitCode: r.ExitCode}, err
}

func (e *evaluator) Doc(ctx context.Context, expr string, detail int) (display.Bundle, bool, error) {
	b, found := e.s.Inspect(expr, len([]rune(expr)), detail)
	b.ID = pageID
	return b, found, nil
}
