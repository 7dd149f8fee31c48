package magics

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goblaze/goblaze/display"
)

// fake is a session that records what it is asked and answers from scripts.
type fake struct {
	log      []string
	value    *display.Bundle // of Exec and ExecTimed, when the source ends the cell
	timed    Sample
	compile  time.Duration
	script   []Sample // of Timer.Run, the last one again and again
	loops    []int    // asked of Timer.Run
	runErr   error
	closed   int
	names    []Name
	workers  WorkerStatus
	tier     TierStatus
	vals     map[string]string // of Sprint
	env      map[string]string
	dir      string
	shell    ShellResult
	spec     VectorizeSpec
	result   Vectorized
	vecErr   error
	progress []int // items done that Vectorize reports
	assigned []Assignment
}

func (f *fake) note(format string, args ...any) { f.log = append(f.log, fmt.Sprintf(format, args...)) }

func (f *fake) Exec(_ context.Context, g Fragment, last bool) (*display.Bundle, error) {
	f.note("exec %d:%d last=%t %q", g.Line, g.Col, last, g.Text)
	if strings.Contains(g.Text, "fail") {
		return nil, errors.New("it failed")
	}
	return f.value, nil
}

func (f *fake) ExecTimed(_ context.Context, g Fragment) (Timed, error) {
	f.note("timed %d:%d %q", g.Line, g.Col, g.Text)
	return Timed{Value: f.value, Sample: f.timed, Compile: f.compile}, nil
}

func (f *fake) Sprint(_ context.Context, expr string) (string, error) {
	v, ok := f.vals[expr]
	if !ok {
		return "", errors.New("undefined: " + expr)
	}
	return v, nil
}

func (f *fake) Assign(_ context.Context, a Assignment) error {
	f.note("assign %d:%d %s %s %v err=%v", a.LHS.Line, a.LHS.Col, a.LHS.Text, a.Op, a.Value, a.Err)
	f.assigned = append(f.assigned, a)
	return nil
}

func (f *fake) Timer(_ context.Context, spec TimerSpec) (Timer, error) {
	f.note("timer %s setup %d:%d %q stmt %d:%d %q", spec.Label, spec.Setup.Line, spec.Setup.Col, spec.Setup.Text,
		spec.Stmt.Line, spec.Stmt.Col, spec.Stmt.Text)
	return fakeTimer{f}, nil
}

type fakeTimer struct{ f *fake }

func (t fakeTimer) Run(_ context.Context, n, workers int) (Sample, error) {
	t.f.loops = append(t.f.loops, n)
	i := min(len(t.f.loops), len(t.f.script)) - 1
	return t.f.script[i], t.f.runErr
}
func (t fakeTimer) Tier() string               { return "compiled" }
func (t fakeTimer) CompileTime() time.Duration { return t.f.compile }
func (t fakeTimer) Close() error               { t.f.closed++; return nil }

func (f *fake) Vectorize(_ context.Context, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error) {
	f.spec = spec
	for _, n := range f.progress {
		progress(n, 100)
	}
	return f.result, f.vecErr
}

func (f *fake) Values(context.Context) (map[string]string, error) {
	values := map[string]string{}
	for _, n := range f.names {
		values[n.Name] = n.Info
	}
	return values, nil
}

func (f *fake) Names(context.Context) ([]Name, error) { return f.names, nil }
func (f *fake) Reset(context.Context) error           { f.note("reset"); return nil }
func (f *fake) TierStatus(context.Context) (TierStatus, error) {
	return f.tier, nil
}
func (f *fake) SetTier(_ context.Context, t string) error { f.tier.Mode = t; return nil }
func (f *fake) Workers(context.Context) (WorkerStatus, error) {
	return f.workers, nil
}
func (f *fake) SetWorkers(_ context.Context, n int) error { f.workers.Default = n; return nil }
func (f *fake) Get(_ context.Context, spec string) (string, error) {
	return "added " + spec, nil
}
func (f *fake) Chdir(_ context.Context, dir string) (string, error) {
	if strings.Contains(dir, "missing") {
		return "", errors.New("no such folder: " + dir)
	}
	f.dir = dir
	return dir, nil
}
func (f *fake) Getwd(context.Context) (string, error) { return f.dir, nil }
func (f *fake) Setenv(_ context.Context, k, v string) error {
	f.env[k] = v
	return nil
}
func (f *fake) Environ(context.Context) (list []string, err error) {
	for k := range maps.Keys(f.env) {
		list = append(list, k+"="+f.env[k])
	}
	return list, nil
}
func (f *fake) Shell(_ context.Context, s ShellSpec) (ShellResult, error) {
	f.note("shell %q stdin=%q capture=%t,%t", s.Argv, s.Stdin, s.Capture, s.CaptureErr)
	return f.shell, nil
}
func (f *fake) Doc(_ context.Context, expr string, detail int) (display.Bundle, bool, error) {
	return display.Text(fmt.Sprintf("doc of %s %d", expr, detail)), expr != "nothing", nil
}

// page is an Output that keeps what it is shown.
type page struct {
	mu       sync.Mutex
	stdout   string
	stderr   string
	displays []display.Bundle
	results  []string
}

func (p *page) Stream(name, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if name == "stdout" {
		p.stdout += text
	} else {
		p.stderr += text
	}
}

func (p *page) Display(b display.Bundle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.displays = append(p.displays, b)
}

func (p *page) Result(b display.Bundle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.results = append(p.results, fmt.Sprint(b.Data["text/plain"]))
}

func (p *page) Clear(bool) {}

// line makes the part of a magic line, with the places it would have in a cell
// that holds nothing else.
func line(t testing.TB, text string) Part {
	t.Helper()
	p := Part{Kind: LineMagic, Line: 1, NameLine: 1, LHSLine: 1, LHSCol: 1}
	at := strings.Index(text, "%")
	if at < 0 {
		t.Fatalf("%q is no magic", text)
	}
	if left := strings.TrimSpace(text[:at]); left != "" {
		for _, op := range []string{":=", "="} {
			if l, ok := strings.CutSuffix(left, op); ok {
				p.LHS, p.Op = strings.TrimSpace(l), op
				break
			}
		}
	}
	name, rest, _ := strings.Cut(text[at+1:], " ")
	p.Name, p.NameCol = name, at+1
	p.Text = strings.TrimSpace(rest)
	p.Col = len(text) - len(strings.TrimLeft(rest, " ")) + 1
	return p
}

// cell makes the part of a cell magic.
func cell(text string) Part {
	head, body, _ := strings.Cut(text, "\n")
	name, rest, _ := strings.Cut(strings.TrimPrefix(head, "%%"), " ")
	return Part{Kind: CellMagic, Line: 1, Col: len(head) - len(rest) + 1, Text: strings.TrimSpace(rest),
		Name: name, NameLine: 1, NameCol: 1, Body: body, BodyLine: 2}
}

// use runs one line or cell magic and returns what the page shows.
func use(t testing.TB, r *Runner, text string) (*page, error) {
	t.Helper()
	p := &page{}
	part := cell(text)
	if !strings.HasPrefix(text, "%%") {
		part = line(t, text)
	}
	return p, r.Run(t.Context(), []Part{part}, p)
}

// must is use for magics that may not fail.
func must(t testing.TB, r *Runner, text string) *page {
	t.Helper()
	p, err := use(t, r, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}
