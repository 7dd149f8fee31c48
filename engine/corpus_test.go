package engine

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

var (
	updateCorpus = flag.Bool("update", false, "run the corpus by go build and keep its output as what is expected")
	corpusFlag   = flag.String("corpus", os.Getenv("GOBLAZE_CORPUS"), "programs to run: a comma-separated list of names' beginnings, or 1/N for a sample; all when empty")
)

// batch is how many programs share one plugin: one link for all of them.
const batch = 20

// TestCorpus runs every program of testdata/corpus by cells, in four splits,
// and wants the output that go build's program gives (the .out beside it).
func TestCorpus(t *testing.T) {
	progs := corpus(t)
	if *updateCorpus {
		writeGolden(t, progs)
	}
	env := testEngine(t)
	jobs := make(chan []*program)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			r := &replay{t: t, s: newTestSession(t, env)}
			for ps := range jobs {
				r.batch(ps)
			}
		})
	}
	for len(progs) > 0 {
		n := min(batch, len(progs))
		jobs <- progs[:n]
		progs = progs[n:]
	}
	close(jobs)
	wg.Wait()
}

// TestCorpusGolden holds a sample of the expected outputs against go build.
func TestCorpusGolden(t *testing.T) {
	progs := corpus(t)
	var sample []*program
	for i := 0; i < len(progs); i += max(1, len(progs)/8) {
		sample = append(sample, progs[i])
	}
	for name, out := range goBuildOutputs(t, sample) {
		for _, p := range sample {
			if p.name == name && p.want != out {
				t.Errorf("%s.out is not what go build's program prints: regenerate it with -update", name)
			}
		}
	}
}

// corpus reads the programs, as -corpus selects them.
func corpus(t *testing.T) []*program {
	t.Helper()
	files, err := filepath.Glob("testdata/corpus/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	sort.Strings(files)
	step := 1
	if n, ok := strings.CutPrefix(*corpusFlag, "1/"); ok {
		if step, err = strconv.Atoi(n); err != nil {
			t.Fatal(err)
		}
	}
	var out []*program
	for i, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".go")
		if i%step != 0 || step == 1 && !selected(name) {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(f, ".go") + ".out")
		if err != nil && !*updateCorpus {
			t.Fatalf("%v: run the test with -update", err)
		}
		p, err := newProgram(name, string(src), string(want))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func selected(name string) bool {
	if *corpusFlag == "" {
		return true
	}
	for _, p := range strings.Split(*corpusFlag, ",") {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// goBuildOutputs builds the programs and returns what they print.
func goBuildOutputs(t *testing.T, progs []*program) map[string]string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Join(dir, "go.mod"), "module corpus\n\ngo 1.26\n")
	for _, p := range progs {
		put(filepath.Join(dir, p.name, "main.go"), p.src)
	}
	bin := filepath.Join(dir, "bin") + string(filepath.Separator)
	cmd := exec.Command("go", "build", "-o", bin, "./...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	outputs := map[string]string{}
	for _, p := range progs {
		var stdout, stderr bytes.Buffer
		cmd := exec.Command(bin + p.name)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		cmd.Dir = dir
		if err := cmd.Run(); err != nil {
			t.Errorf("%s by go build: %v\n%s", p.name, err, stderr.Bytes())
		}
		outputs[p.name] = stdout.String()
	}
	return outputs
}

func writeGolden(t *testing.T, progs []*program) {
	t.Helper()
	outputs := goBuildOutputs(t, progs)
	for _, p := range progs {
		p.want = outputs[p.name]
		if err := os.WriteFile(filepath.Join("testdata/corpus", p.name+".out"), []byte(p.want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// A replay plans many programs as cells in one session, builds the packages of
// all of them as one plugin, and then runs them one by one: a cell's check
// needs the types of what was declared before, never its values.
type replay struct {
	t *testing.T
	s *Session
	// failed, when set, is told of each plan that differs.
	failed func(*plan)
}

// A plan is a program in one split, on its way.
type plan struct {
	prog  *program
	split string
	cells []string
	steps []step
	out   *recorder
	err   error
}

// A step is one cell: bindings to make, and the unit to run, if any.
type step struct {
	cell  *Cell
	unit  *unit
	binds []unitBinds
	own   []rt.Binding
	run   bool
}

type unitBinds struct {
	unit  *unit
	binds []rt.Binding
}

func (r *replay) batch(progs []*program) {
	var plans []*plan
	for _, p := range progs {
		for _, split := range p.splits() {
			pl := &plan{prog: p, split: split, cells: p.cells(split), out: &recorder{}}
			pl.err = r.plan(pl)
			plans = append(plans, pl)
		}
	}
	r.build(plans)
	for _, pl := range plans {
		if pl.prog.alone {
			r.restart()
		}
		if pl.err == nil {
			pl.err = r.run(pl)
		}
		if got := pl.out.stdout(); pl.err != nil || got != pl.prog.want {
			if r.failed != nil {
				r.failed(pl)
			}
			r.t.Errorf("%s, %s: %v\n%s\ncells:\n%s", pl.prog.name, pl.split, pl.err, difference(pl.prog.want, got), pl.text())
		}
	}
}

// restart ends the engine; the next step gets a new one.
func (r *replay) restart() {
	e, _, err := r.s.engine(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	e.Kill("the next program wants an engine of its own")
	<-e.Done()
}

func (pl *plan) text() string {
	if !testing.Verbose() {
		return "(-v shows them)"
	}
	return strings.Join(pl.cells, "\n-----\n")
}

// plan checks and emits every cell, as if the ones before had run.
func (r *replay) plan(pl *plan) error {
	s := r.s
	s.mu.Lock()
	s.forgetNames()
	s.mu.Unlock()
	ctx := context.Background()
	for i, text := range pl.cells {
		c := s.Begin(i+1, text, pl.out)
		chunks, err := check.Split(check.Source{Text: text, File: c.file()})
		if err != nil {
			return s.located(err)
		}
		p, err := s.prepare(ctx, c, chunks, false)
		if err != nil {
			return fmt.Errorf("cell %d: %w", i+1, s.located(err))
		}
		if p.pkg == nil {
			continue
		}
		s.commit(p)
		st := step{cell: c, unit: p.unit, run: p.pkg.HasRun}
		if st.run {
			st.binds = r.binds(p.unit)
		}
		ids := map[string]string{}
		for _, slot := range p.pkg.Slots {
			if slot.New {
				id := s.newVarID(slot.Var.Name())
				ids[slot.Var.Name()] = id
				st.own = append(st.own, rt.Binding{Slot: slot.Name, Var: id, New: true})
			}
		}
		for _, v := range p.pkg.Vars {
			s.commitVar(p, v, ids[v.Name()])
		}
		pl.steps = append(pl.steps, st)
	}
	return nil
}

// binds returns the bindings of everything that may run for a unit.
func (r *replay) binds(u *unit) []unitBinds {
	us := []*unit{u}
	for _, d := range r.s.decls.order {
		if d.unit != nil {
			us = append(us, d.unit)
		}
	}
	var out []unitBinds
	for _, x := range closure(us...) {
		b := unitBinds{unit: x}
		for _, slot := range x.pkg.Slots {
			if id, ok := r.s.varID(slot); ok && !slot.New {
				b.binds = append(b.binds, rt.Binding{Slot: slot.Name, Var: id})
			}
		}
		out = append(out, b)
	}
	return out
}

// build builds the units of all plans as one plugin; what the compiler refuses
// fails the plans it belongs to.
func (r *replay) build(plans []*plan) {
	for {
		seen := map[*unit]bool{}
		var units []*unit
		for _, pl := range plans {
			if pl.err != nil {
				continue
			}
			for _, st := range pl.steps {
				for _, b := range st.binds {
					if !seen[b.unit] {
						seen[b.unit] = true
						units = append(units, b.unit)
					}
				}
			}
		}
		err := r.s.builder.build(context.Background(), units)
		var ce *build.CompileError
		if err == nil {
			return
		}
		bad := r.s.units[""]
		if errors.As(err, &ce) {
			bad = r.s.units[ce.Path]
		}
		for _, pl := range plans {
			for _, st := range pl.steps {
				for _, b := range st.binds {
					if pl.err == nil && (bad == nil || b.unit == bad) {
						pl.err = fmt.Errorf("%w\n%s", err, numbered(bad))
					}
				}
			}
		}
	}
}

func numbered(u *unit) string {
	if u == nil || !testing.Verbose() {
		return ""
	}
	return string(u.pkg.Source)
}

// run runs a plan's cells in the engine.
func (r *replay) run(pl *plan) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for i, st := range pl.steps {
		if err := r.step(ctx, st); err != nil {
			var re *RuntimeError
			if errors.As(err, &re) {
				return fmt.Errorf("cell %d: %s", i+1, re.Trace())
			}
			return fmt.Errorf("cell %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *replay) step(ctx context.Context, st step) error {
	s := r.s
	_, gen, err := s.engine(ctx)
	if err != nil {
		return err
	}
	for _, b := range st.binds {
		if b.unit.loaded != gen {
			if err := s.call(ctx, wire.MethodLoad, wire.Load{Path: b.unit.plugin.File, Unit: b.unit.pkg.Path}, nil); err != nil {
				return err
			}
			s.markLoaded(b.unit, gen)
		}
		if len(b.binds) > 0 {
			if err := s.call(ctx, wire.MethodRun, wire.Run{Unit: b.unit.pkg.Path, Bind: b.binds, BindOnly: true}, nil); err != nil {
				return err
			}
		}
	}
	if !st.run {
		return nil
	}
	var out wire.Outcome
	if err := s.call(ctx, wire.MethodRun, wire.Run{Cell: s.nextRunID(st.cell), Unit: st.unit.pkg.Path, Bind: st.own}, &out); err != nil {
		return err
	}
	_, err = s.outcome(st.cell, &out)
	return err
}

// difference shows the first lines that differ.
func difference(want, got string) string {
	if want == got {
		return ""
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(w) {
			a = strconv.Quote(w[i])
		}
		if i < len(g) {
			b = strconv.Quote(g[i])
		}
		if a != b {
			return fmt.Sprintf("line %d: want %s\n    got %s", i+1, a, b)
		}
	}
	return ""
}
