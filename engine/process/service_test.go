//go:build unix

package process_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

func TestLateOutputGoesToItsOwnCell(t *testing.T) {
	b := newBench(t)
	vars := map[string]string{"gate": "chan int"}
	_, early := b.run(source{vars: vars, fresh: []string{"gate"}, body: `
*gate = make(chan int)
g := *gate
rt.Go(func() { for i := range g { rt.Println("early", i) }; close(g) })`})
	out, late := b.run(source{imports: []string{"fmt"}, vars: vars, body: `
for i := range 3 { fmt.Println("late", i); rt.Send(*gate, i); rt.Println("late too", i) }`})
	if out.Failure != nil {
		t.Fatal(out.Failure.Text)
	}
	b.waitFor(early, "stdout", "early 2\n")
	if got := b.shown(early, "stdout"); got != "early 0\nearly 1\nearly 2\n" {
		t.Errorf("first cell's stdout %q", got)
	}
	if got := b.shown(late, "stdout"); got != "late 0\nlate too 0\nlate 1\nlate too 1\nlate 2\nlate too 2\n" {
		t.Errorf("second cell's stdout %q", got)
	}
}

func TestTimedEntry(t *testing.T) {
	b := newBench(t)
	s := source{imports: []string{"time"}, entry: "for range n { time.Sleep(5 * time.Millisecond) }"}
	path := b.load(s)
	for _, workers := range []int{1, 4} {
		p := wire.Time{Run: b.params(path, s), Workers: workers}
		p.Entry, p.N = "e", 10
		var r wire.TimeResult
		start := time.Now()
		if err := b.e.Call(t.Context(), wire.MethodTime, p, &r); err != nil {
			t.Fatal(err)
		}
		if all := time.Since(start); r.Wall < 50*time.Millisecond || r.Wall > all || r.Failure != nil {
			t.Errorf("%d workers: %+v, want at least 50 ms of %v", workers, r, all)
		}
	}
}

func TestTimedEntryThatPanics(t *testing.T) {
	b := newBench(t)
	s := source{entry: "if n == 3 { panic(\"three\") }"}
	p := wire.Time{Run: b.params(b.load(s), s), Workers: 2}
	p.Entry, p.N = "e", 3
	var r wire.TimeResult
	if err := b.e.Call(t.Context(), wire.MethodTime, p, &r); err != nil {
		t.Fatal(err)
	}
	if r.Failure == nil || r.Failure.Text != "panic: three" || r.Wall != 0 {
		t.Errorf("got %+v, failure %+v", r, r.Failure)
	}
}

// interp evaluates source in the engine's interpreter.
func (b *bench) interp(src string) (wire.Outcome, uint64) {
	b.t.Helper()
	p := wire.Interp{Cell: b.cell.Add(1), Source: src, Show: true}
	var out wire.Outcome
	if err := b.e.Call(b.t.Context(), wire.MethodInterp, p, &out); err != nil {
		b.t.Fatal(err)
	}
	return out, p.Cell
}

func TestInterpreter(t *testing.T) {
	b := newBench(t)
	b.interp("import \"fmt\"")
	out, cell := b.interp("x := 20; fmt.Println(\"hi\")")
	if out.Failure != nil || b.shown(cell, "stdout") != "hi\n" {
		t.Fatalf("%+v, stdout %q", out.Failure, b.shown(cell, "stdout"))
	}
	if out, _ = b.interp("x + 1"); out.Result == nil || out.Result.Text["text/plain"] != "21" {
		t.Errorf("x + 1: %+v", out)
	}
	out, cell = b.interp("m := map[string]int(nil); m[\"a\"] = 1")
	if out.Failure == nil || out.Failure.Text != "panic: assignment to entry in nil map" || b.shown(cell, "stderr") != "" {
		t.Errorf("panic: %+v, stderr %q", out.Failure, b.shown(cell, "stderr"))
	}
	if out, _ = b.interp("undefinedName"); out.Failure == nil || out.Failure.Kind != "interp" {
		t.Errorf("undefined name: %+v", out.Failure)
	}
	b.interp("import \"os\"")
	out, _ = b.interp("os.Exit(4)")
	if out.Failure == nil || out.Failure.Kind != rt.KindExit || out.Failure.Code != 4 {
		t.Errorf("os.Exit: %+v", out.Failure)
	}
}

func TestInterpreterStops(t *testing.T) {
	b := newBench(t)
	b.interp("import \"time\"")
	for _, src := range []string{
		"gbz_rt.Println(\"begun\"); for { if gbz_stop { gbz_halt() } }",
		"gbz_rt.Println(\"begun\"); time.Sleep(time.Hour)",
	} {
		p := wire.Interp{Cell: b.cell.Add(1), Source: src}
		var out wire.Outcome
		done := make(chan error, 1)
		go func() { done <- b.e.Call(context.Background(), wire.MethodInterp, p, &out) }()
		b.waitFor(p.Cell, "stdout", "begun")
		b.e.Interrupt(p.Cell)
		if err := <-done; err != nil || out.Failure == nil || out.Failure.Kind != rt.KindInterrupt || len(out.Abandoned) > 0 {
			t.Errorf("%q: %+v, %v", src, out, err)
		}
		if out, _ := b.interp("1 + 1"); out.Result == nil {
			t.Errorf("after the stop: %+v", out.Failure)
		}
	}
}

func TestInterpretedCodeUsesCompiledUnits(t *testing.T) {
	b := newBench(t)
	s := source{vars: map[string]string{"Total": "int"}, fresh: []string{"Total"}, body: "*Total = 40"}
	path := b.load(s)
	if err := b.e.Call(t.Context(), wire.MethodRun, b.params(path, s), &wire.Outcome{}); err != nil {
		t.Fatal(err)
	}
	if err := b.e.Call(t.Context(), wire.MethodUse, wire.Use{Unit: path, Path: "session/c1"}, nil); err != nil {
		t.Fatal(err)
	}
	b.interp("import c1 \"session/c1\"")
	out, _ := b.interp("*c1.gbz_p_Total = c1.Total + 2")
	if out.Failure != nil {
		t.Fatal(out.Failure.Text)
	}
	out, _ = b.run(source{vars: s.vars, body: `c.Result(*Total, "int")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "42" {
		t.Errorf("%+v, want 42", out)
	}
}

func TestShell(t *testing.T) {
	b := newBench(t)
	shell := func(p wire.Shell) wire.ShellResult {
		p.Cell = b.cell.Add(1)
		var r wire.ShellResult
		if err := b.e.Call(t.Context(), wire.MethodShell, p, &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := shell(wire.Shell{Argv: []string{"/bin/sh", "-c", "cat; exit 3"}, Stdin: "in", Capture: true}); r.Stdout != "in" || r.ExitCode != 3 {
		t.Errorf("captured: %+v", r)
	}
	if r := shell(wire.Shell{Argv: []string{"/bin/sh", "-c", "kill -TERM $$"}}); r.ExitCode != 128+int(syscall.SIGTERM) {
		t.Errorf("ended by a signal: %+v", r)
	}
	p := wire.Shell{Cell: b.cell.Add(1), Argv: []string{"/bin/sh", "-c", "trap '' INT; echo begun; while :; do sleep 1; done"}}
	var r wire.ShellResult
	done := make(chan error, 1)
	go func() { done <- b.e.Call(context.Background(), wire.MethodShell, p, &r) }()
	b.waitFor(p.Cell, "stdout", "begun")
	b.e.Interrupt(0)
	if err := <-done; err != nil || !r.Interrupted { // else it would never end
		t.Errorf("interrupted: %+v, %v", r, err)
	}
	if err := b.e.Call(t.Context(), wire.MethodShell, wire.Shell{Cell: b.cell.Add(1), Argv: []string{"/nonexistent"}}, &r); err == nil {
		t.Error("a command that is not there gave no error")
	}
}

func TestCancelledCallInterrupts(t *testing.T) {
	b := newBench(t)
	s := source{body: "rt.Println(\"begun\"); rt.Forever()"}
	p := b.params(b.load(s), s)
	ctx, cancel := context.WithCancel(t.Context())
	var out wire.Outcome
	done := make(chan error, 1)
	go func() { done <- b.e.Call(ctx, wire.MethodRun, p, &out) }()
	b.waitFor(p.Cell, "stdout", "begun")
	cancel()
	if err := <-done; err != nil || out.Failure == nil || out.Failure.Kind != rt.KindInterrupt {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSupervisorReplaysFolderAndEnvironment(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	died := make(chan *process.DeathError, 1)
	s := process.NewSupervisor(process.Config{Path: engine.Binary, Died: func(d *process.DeathError) { died <- d }}, true)
	t.Cleanup(s.Close)
	ctx := t.Context()
	if got, err := s.Chdir(ctx, dir); err != nil || got != dir {
		t.Fatalf("Chdir: %q, %v", got, err)
	}
	if _, err := s.Chdir(ctx, "/nonexistent"); err == nil {
		t.Error("a folder that is not there gave no error")
	}
	if err := s.Setenv(ctx, wire.Env{Key: "GBZ_TEST", Value: "a=b"}); err != nil {
		t.Fatal(err)
	}
	e, gen, err := s.Engine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(e.PID(), syscall.SIGKILL)
	<-e.Done()
	if d := <-died; d.Signal != syscall.SIGKILL || d.Reason != "" {
		t.Errorf("death %+v", d)
	}
	fresh, gen2, err := s.Engine(ctx)
	if err != nil || gen2 != gen+1 || fresh == e {
		t.Fatalf("generation %d after %d, %v", gen2, gen, err)
	}
	var wd wire.Dir
	var env wire.Environ
	if err := fresh.Call(ctx, wire.MethodGetwd, nil, &wd); err != nil || wd.Dir != dir {
		t.Errorf("folder %q, %v, want %q", wd.Dir, err, dir)
	}
	if err := fresh.Call(ctx, wire.MethodEnviron, nil, &env); err != nil || !strings.Contains(strings.Join(env.Env, "\n"), "GBZ_TEST=a=b") {
		t.Errorf("environment lacks GBZ_TEST: %v", err)
	}
	if strings.Contains(strings.Join(env.Env, "\n"), "GOBLAZE_ENGINE=") {
		t.Error("the engine's configuration is left in the environment")
	}
}

// An environment that no process can be started with costs what it holds, not
// the session.
func TestSupervisorSurvivesAnEnvironmentThatIsTooLarge(t *testing.T) {
	notes := make(chan string, 1)
	s := process.NewSupervisor(process.Config{Path: engine.Binary, Note: func(_ uint64, n rt.Note) { notes <- n.Text }}, true)
	t.Cleanup(s.Close)
	if err := s.Setenv(t.Context(), wire.Env{Key: "GBZ_TEST", Value: strings.Repeat("x", 4<<20)}); err != nil {
		t.Fatal(err)
	}
	e, _, err := s.Engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	syscall.Kill(e.PID(), syscall.SIGKILL)
	<-e.Done()
	fresh, _, err := s.Engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if note := <-notes; !strings.Contains(note, "has the kernel's again") || !strings.Contains(note, "argument list too long") {
		t.Errorf("note %q", note)
	}
	var env wire.Environ
	if err := fresh.Call(t.Context(), wire.MethodEnviron, nil, &env); err != nil || strings.Contains(strings.Join(env.Env, "\n"), "GBZ_TEST=") {
		t.Errorf("GBZ_TEST is left, or %v", err)
	}
}

func TestRestartAndClose(t *testing.T) {
	s := process.NewSupervisor(process.Config{Path: engine.Binary, Died: func(d *process.DeathError) { t.Errorf("told of a death: %v", d) }}, false)
	e, _, err := s.Engine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Restart()
	if err := e.Call(t.Context(), wire.MethodHello, nil, nil); err == nil {
		t.Error("the old engine still answers")
	}
	if e, _, err = s.Engine(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, _, err := s.Engine(t.Context()); err != process.ErrClosed {
		t.Errorf("error %v, want ErrClosed", err)
	}
	if left := session.Members(e.PID()); len(left) > 0 {
		t.Errorf("processes left behind: %v", left)
	}
}

func TestStartFails(t *testing.T) {
	for _, path := range []string{"/nonexistent", "/bin/true"} {
		if _, err := process.Start(t.Context(), process.Config{Path: path}); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v", path, err)
		}
	}
}

// TestKilledKernelLeavesNoEngine starts this test binary as a kernel, which
// starts an engine and a command, and kills it.
func TestKilledKernelLeavesNoEngine(t *testing.T) {
	if os.Getenv("GBZ_KERNEL") != "" {
		t.Fatal("the child ran the parent's test")
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestKernelChild$", "-test.v")
	cmd.Env = append(os.Environ(), "GBZ_KERNEL="+engine.Binary)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	buf := make([]byte, 4096)
	for !strings.Contains(text.String(), "ENGINE ") || !strings.Contains(text.String(), ".\n") {
		n, err := out.Read(buf)
		text.Write(buf[:n])
		if err != nil {
			t.Fatalf("the child said %q: %v", text.String(), err)
		}
	}
	_, rest, _ := strings.Cut(text.String(), "ENGINE ")
	pid, err := strconv.Atoi(rest[:strings.Index(rest, ".")])
	if err != nil || len(session.Members(pid)) < 2 {
		t.Fatalf("%q: session %v", text.String(), session.Members(pid))
	}
	cmd.Process.Kill()
	cmd.Wait()
	for deadline := time.Now().Add(10 * time.Second); len(session.Members(pid)) > 0; {
		if time.Now().After(deadline) {
			t.Fatalf("processes left behind: %v", session.Members(pid))
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestKernelChild is the kernel of TestKilledKernelLeavesNoEngine.
func TestKernelChild(t *testing.T) {
	path := os.Getenv("GBZ_KERNEL")
	if path == "" {
		return
	}
	e, err := process.Start(t.Context(), process.Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	var r wire.ShellResult
	if err := e.Call(t.Context(), wire.MethodShell, wire.Shell{Cell: 1, Argv: []string{"/bin/sh", "-c", "sleep 1000 &"}}, &r); err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("ENGINE " + strconv.Itoa(e.PID()) + ".\n")
	select {}
}
