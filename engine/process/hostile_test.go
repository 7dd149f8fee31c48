//go:build unix

package process_test

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// stoppable are cells that an interrupt must end within the time UX.md gives,
// with the engine and its state alive.
var stoppable = map[string]source{
	"empty loop":               {body: "for { " + check + " }"},
	"loop in a call":           {decls: "func spin() int { n := 0; for { " + check + "; n++ } }", body: "spin()"},
	"sleep":                    {imports: []string{"time"}, body: "rt.Sleep(time.Hour)"},
	"receive":                  {body: "rt.Recv(make(chan int))"},
	"receive from nil":         {body: "var ch chan int; rt.Recv2(ch)"},
	"send":                     {body: "rt.Send(make(chan int), 1)"},
	"select":                   {body: "a, b := make(chan int), make(chan string)\nselect { case <-a: case b <- \"\": case <-rt.DoneFor(a, b): rt.Halt() }"},
	"select without case":      {body: "rt.Forever()"},
	"wait group":               {imports: []string{"sync"}, body: "var wg sync.WaitGroup; wg.Add(1); rt.WaitGroupWait(&wg)"},
	"mutex":                    {imports: []string{"sync"}, body: "var mu sync.Mutex; mu.Lock(); rt.MutexLock(&mu)"},
	"rwmutex":                  {imports: []string{"sync"}, body: "var mu sync.RWMutex; mu.RLock(); rt.RWMutexLock(&mu)"},
	"rwmutex read":             {imports: []string{"sync"}, body: "var mu sync.RWMutex; mu.Lock(); rt.RWMutexRLock(&mu)"},
	"locker":                   {imports: []string{"sync"}, body: "var mu sync.RWMutex; mu.Lock(); rt.LockerLock(mu.RLocker())"},
	"cond":                     {imports: []string{"sync"}, body: "var mu sync.Mutex; cv := sync.NewCond(&mu); mu.Lock(); defer mu.Unlock(); rt.CondWait(cv)"},
	"recover swallows nothing": {body: "for { func() { defer func() { recover() }(); for { " + check + " } }() }"},
	"deferred loop":            {body: "defer func() { for { " + check + " } }(); rt.Forever()"},
	"deferred receive":         {body: "defer func() { rt.Recv(make(chan int)) }(); rt.Forever()"},
	"eight busy workers":       {body: "for range 8 { rt.Go(func() { for { " + check + " } }) }; rt.Forever()"},
	"String that loops":        {imports: []string{"fmt"}, decls: "type S int\nfunc (S) String() string { for { " + check + " } }", body: "_ = fmt.Sprint(S(1))"},
	"native pipe read":         {imports: []string{"io"}, body: "r, _ := io.Pipe(); r.Read(make([]byte, 1))"},
	"native sleep":             {imports: []string{"time"}, body: "time.Sleep(time.Hour)"},
	"native accept":            {imports: []string{"net"}, body: "l, err := net.Listen(\"tcp\", \"127.0.0.1:0\"); if err != nil { panic(err) }; l.Accept()"},
	"native channel":           {body: "<-make(chan int)"},
}

func TestInterruptEndsEveryCellInTime(t *testing.T) {
	b := newBench(t)
	if out, _ := b.run(source{vars: map[string]string{"n": "int"}, fresh: []string{"n"}, body: "*n = 5"}); out.Failure != nil {
		t.Fatal(out.Failure.Text)
	}
	for name, s := range stoppable {
		t.Run(name, func(t *testing.T) {
			s.body = "rt.Println(\"begun\")\n" + s.body + "\nrt.Println(\"beyond\")"
			cell, result := b.begin(s)
			b.waitFor(cell, "stdout", "begun")
			start := time.Now()
			b.e.Interrupt(cell)
			out, err := result()
			took := time.Since(start)
			if err != nil {
				t.Fatal(err)
			}
			if out.Failure == nil || out.Failure.Kind != rt.KindInterrupt {
				t.Errorf("outcome %+v, want an interrupt", out)
			}
			native := strings.HasPrefix(name, "native")
			if native != (len(out.Abandoned) > 0) {
				t.Errorf("abandoned goroutines: %v", out.Abandoned)
			}
			if got := b.shown(cell, "stdout"); got != "begun\n" {
				t.Errorf("stdout %q, want nothing after the stop", got)
			}
			if took > 5*time.Second { // 200 ms on a machine of its own; `make bench` measures it
				t.Errorf("took %v", took)
			}
			t.Logf("took %v", took)
		})
	}
	out, _ := b.run(source{vars: map[string]string{"n": "int"}, body: `c.Result(*n+1, "int")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "6" {
		t.Errorf("after all: %+v, want 6", out)
	}
}

func TestStopKeepsOtherCellsAndLocks(t *testing.T) {
	b := newBench(t)
	vars := map[string]string{"mu": "sync.Mutex", "ticks": "chan int", "held": "bool"}
	imports := []string{"sync"}
	out, bg := b.run(source{imports: imports, vars: vars, fresh: []string{"mu", "ticks", "held"}, body: `
*ticks = make(chan int)
rt.Go(func() { for i := 0; ; i++ { ` + check + `; rt.Send(*ticks, i) } })`})
	if out.Live != 1 {
		t.Fatalf("live goroutines %d, want 1", out.Live)
	}
	cell, result := b.begin(source{imports: imports, vars: vars, body: `
rt.MutexLock(mu)
defer mu.Unlock()
*held = true
rt.Println("locked")
for { ` + check + ` }`})
	b.waitFor(cell, "stdout", "locked")
	b.e.Interrupt(cell)
	if out, err := result(); err != nil || out.Live != 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	out, _ = b.run(source{imports: imports, vars: vars, body: `a, b := rt.Recv(*ticks), rt.Recv(*ticks); c.Result(mu.TryLock() && *held && b == a+1, "bool")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "true" {
		t.Errorf("the lock was kept, or cell %d's goroutine died: %+v", bg, out)
	}
	// An interrupt that comes when its cell has ended leaves the goroutine alone.
	if err := b.e.Call(t.Context(), wire.MethodInterrupt, wire.Interrupt{Cell: bg}, nil); err != nil {
		t.Fatal(err)
	}
	out, _ = b.run(source{imports: imports, vars: vars, body: `a, b := rt.Recv(*ticks), rt.Recv(*ticks); c.Result(b == a+1, "bool")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "true" {
		t.Errorf("cell %d's goroutine died of a late interrupt: %+v", bg, out)
	}
}

func TestPanicInGoroutineFailsItsCell(t *testing.T) {
	b := newBench(t)
	out, _ := b.run(source{body: "\nrt.Go(func() {\n\tvar m map[string]int\n\tm[\"a\"] = 1 })\nrt.Forever()"})
	if out.Failure == nil || out.Failure.Text != "panic: assignment to entry in nil map" || out.Failure.Stack[0].Line != 4 {
		t.Fatalf("outcome %+v", out.Failure)
	}
	// After the cell's end it is a note.
	s := source{vars: map[string]string{"go1": "chan int"}, fresh: []string{"go1"}, body: "ch := make(chan int)\n*go1 = ch\nrt.Go(func() { rt.Recv(ch); panic(\"late\") })"}
	out, cell := b.run(s)
	if out.Failure != nil || out.Live != 1 {
		t.Fatalf("outcome %+v", out)
	}
	if out, _ := b.run(source{vars: s.vars, body: "close(*go1)"}); out.Failure != nil {
		t.Fatal(out.Failure.Text)
	}
	b.waitFor(cell, "note", "panic: late")
}

func TestExitEndsTheCellOnly(t *testing.T) {
	b := newBench(t)
	out, cell := b.run(source{body: "defer rt.Println(\"deferred\")\nrt.Go(func() { for { " + check + " } })\nrt.Exit(3)\nrt.Println(\"beyond\")"})
	if out.Failure == nil || out.Failure.Kind != rt.KindExit || out.Failure.Code != 3 || out.Live != 0 {
		t.Errorf("outcome %+v", out)
	}
	if got := b.shown(cell, "stdout"); got != "" {
		t.Errorf("stdout %q after os.Exit", got)
	}
	out, cell = b.run(source{imports: []string{"log"}, body: "log.SetFlags(0)\nrt.Fatalf(\"bad %d\", 1)"})
	if out.Failure == nil || out.Failure.Code != 1 || b.shown(cell, "stderr") != "bad 1\n" {
		t.Errorf("log.Fatal: %+v, stderr %q", out, b.shown(cell, "stderr"))
	}
	out, _ = b.run(source{imports: []string{"runtime"}, body: "runtime.Goexit()"})
	if out.Failure != nil {
		t.Errorf("Goexit: %+v", out.Failure)
	}
	out, _ = b.run(source{imports: []string{"errors"}, body: "c.ResultErr(errors.New(\"no\"))"})
	if out.Failure == nil || out.Failure.Kind != rt.KindError || out.Failure.Text != "no" {
		t.Errorf("error result: %+v", out.Failure)
	}
}

func TestDeepRecursionKeepsTheState(t *testing.T) {
	b := newBench(t)
	b.run(source{vars: map[string]string{"n": "int"}, fresh: []string{"n"}, body: "*n = 5"})
	s := source{decls: "func f(n int) int {\n\t" + check + "\n\treturn f(n+1) + 1 }", body: "f(0)"}
	p := b.params(b.load(s), s)
	start := time.Now()
	var out wire.Outcome
	if err := b.e.Call(t.Context(), wire.MethodRun, p, &out); err != nil {
		t.Fatal(err)
	}
	t.Logf("took %v", time.Since(start))
	if out.Failure == nil || out.Failure.Kind != rt.KindOverflow || out.Failure.Text != "stack overflow in f, cell 7 line 102" {
		t.Fatalf("outcome %+v", out.Failure)
	}
	out, _ = b.run(source{vars: map[string]string{"n": "int"}, body: `c.Result(*n, "int")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "5" {
		t.Errorf("after: %+v", out)
	}
	// A recursion as deep as Go allows with room to spare is none of ours.
	out, _ = b.run(source{decls: "func f(n int) int {\n\t" + check + "\n\tif n == 0 { return 0 }; return f(n-1) + 1 }", body: `c.Result(f(1_000_000), "int")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "1000000" {
		t.Errorf("a million calls: %+v", out.Failure)
	}
}

func TestDeadlockIsTold(t *testing.T) {
	b := newBench(t)
	cell, result := b.begin(source{imports: []string{"sync"}, body: "\nch := make(chan int)\nvar wg sync.WaitGroup\nrt.WaitGroupGo(&wg, func() {\n\trt.Recv(ch) })\nrt.WaitGroupWait(&wg)"})
	b.waitFor(cell, "note", "deadlock")
	note := b.shown(cell, "note")
	for _, want := range []string{"sync.WaitGroup.Wait cell 7, line 6", "chan receive func1, cell 7, line 5"} {
		if !strings.Contains(note, want) {
			t.Errorf("note %q lacks %q", note, want)
		}
	}
	b.e.Interrupt(cell)
	if _, err := result(); err != nil {
		t.Fatal(err)
	}
}

func TestWaitingForTimeIsNoDeadlock(t *testing.T) {
	b := newBench(t)
	for _, body := range []string{
		"rt.Sleep(3 * time.Second)",
		"rt.Recv(time.After(3 * time.Second))",
		"ch := time.After(3 * time.Second)\nselect { case <-ch: case <-rt.DoneFor(ch): rt.Halt() }",
		"ctx, stop := rt.WithTimeout(context.Background(), 3*time.Second)\ndefer stop()\nd := ctx.Done()\nselect { case <-d: case <-rt.DoneFor(d): rt.Halt() }",
		"ch := make(chan int)\nrt.AfterFunc(3*time.Second, func() { close(ch) })\nrt.Recv(ch)",
	} {
		cell, result := b.begin(source{imports: []string{"time", "context"}, body: "_, _ = time.Now, context.Background\n" + body})
		if out, err := result(); err != nil || out.Failure != nil {
			t.Errorf("%s: %+v, %v", body, out, err)
		}
		if note := b.shown(cell, "note"); note != "" {
			t.Errorf("%s: %s", body, note)
		}
	}
}

func TestMemoryLimitStopsTheCell(t *testing.T) {
	b := newBench(t, func(c *process.Config) { c.MemoryLimit = 400 << 20 })
	out, _ := b.run(source{vars: map[string]string{"keep": "[][]byte"}, fresh: []string{"keep"}, body: "for { " + check + "; p := make([]byte, 1<<20); for i := range p { p[i] = 1 }; *keep = append(*keep, p) }"})
	if out.Failure == nil || out.Failure.Kind != rt.KindMemory || !strings.Contains(out.Failure.Text, "limit is 400 MiB") {
		t.Fatalf("outcome %+v", out.Failure)
	}
	out, _ = b.run(source{vars: map[string]string{"keep": "[][]byte"}, body: "*keep = nil"})
	if out.Failure != nil {
		t.Errorf("the cell that frees memory failed: %+v", out.Failure)
	}
}

// deadly are cells that cost the engine process.
var deadly = map[string]struct {
	s     source
	words string
}{
	"concurrent map writes": {source{body: "m := map[int]int{}\nfor range 8 { rt.Go(func() {\nfor i := range 1 << 40 { m[i&7] = i } }) }\nrt.Forever()"}, "fatal error: concurrent map writes (func1, cell 7, line 3)"},
	"stack overflow":        {source{decls: "func f(n int) int { return f(n+1) + 1 }", body: "f(0)"}, "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow (f, cell 7, line 101)"},
	"os.Exit in a library":  {source{imports: []string{"os"}, body: "os.Exit(7)"}, "exit status 7"},
	"kill -9":               {source{imports: []string{"syscall"}, body: "syscall.Kill(syscall.Getpid(), syscall.SIGKILL); rt.Forever()"}, "signal: killed (by the system for want of memory, or by somebody)"},
	"SIGSEGV":               {source{imports: []string{"unsafe"}, body: "\np := *(*int)(unsafe.Pointer(uintptr(1<<44)))\nrt.Println(p)"}, "unexpected fault address"},
	"memory in one call":    {source{body: "p := make([]byte, 1<<30)\nclear(p)\nfor i := range p { p[i] = 1 }"}, "fatal error: out of memory: the limit is"},
	"unstoppable":           {source{body: "rt.Println(\"begun\"); for {}"}, "the cell did not stop within 1s of the interrupt"},
}

func TestDeathsAreToldAndTheNextEngineRuns(t *testing.T) {
	for name, c := range deadly {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, func(c *process.Config) { c.Grace = time.Second; c.MemoryLimit = 3 << 30 })
			if name == "memory in one call" {
				b.e.Close()
				b.cfg.MemoryLimit = 400 << 20
				b.start()
			}
			cell, result := b.begin(c.s)
			if name == "unstoppable" {
				b.waitFor(cell, "stdout", "begun")
				b.e.Interrupt(cell)
			}
			out, err := result()
			d, ok := process.IsDeath(err)
			if !ok || !strings.Contains(d.Error(), c.words) {
				t.Fatalf("outcome %+v, error %v, want %q", out.Failure, err, c.words)
			}
			if got := b.shown(cell, "stderr"); got != "" {
				t.Errorf("the last words were shown as stderr too: %.200q", got)
			}
			if left := session.Members(b.e.PID()); len(left) > 0 {
				t.Errorf("processes left behind: %v", left)
			}
			start := time.Now()
			b.start()
			t.Logf("a new engine after %v", time.Since(start))
		})
	}
}

// An engine that a cell replaced by another program ends with the interrupt.
func TestReplacedEngineIsEnded(t *testing.T) {
	b := newBench(t)
	_, result := b.begin(source{imports: []string{"syscall"}, body: `syscall.Exec("/bin/sleep", []string{"sleep", "1000"}, nil)`})
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for program := ""; !strings.HasSuffix(program, "sleep"); program, _ = os.Readlink(fmt.Sprintf("/proc/%d/exe", b.e.PID())) {
		<-poll.C
	}
	b.e.Interrupt(0)
	if _, err := result(); err == nil || !strings.Contains(err.Error(), "a cell replaced it by another program") {
		t.Errorf("error %v", err)
	}
}

// An engine whose runtime stands still for ever, since a system call ended a
// thread behind its back, is found out.
func TestStandstillIsEnded(t *testing.T) {
	b := newBench(t)
	cell, result := b.begin(source{imports: []string{"runtime", "syscall"}, body: `rt.Println("begun")
go func() { runtime.LockOSThread(); syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0) }()
for { runtime.GC() }`})
	b.waitFor(cell, "stdout", "begun")
	for probing := true; probing; {
		b.e.Probe()
		select {
		case <-b.e.Done():
			probing = false
		case <-time.After(process.DefaultGrace):
		}
	}
	if _, err := result(); err == nil || !strings.Contains(err.Error(), "it no longer answered") {
		t.Errorf("error %v", err)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	b := newBench(t)
	p := wire.Shell{Cell: b.cell.Add(1), Argv: []string{"/bin/sh", "-c", "sleep 1000 & echo started"}}
	var r wire.ShellResult
	if err := b.e.Call(t.Context(), wire.MethodShell, p, &r); err != nil {
		t.Fatal(err)
	}
	if b.shown(p.Cell, "stdout") != "started\n" || len(session.Members(b.e.PID())) != 2 {
		t.Fatalf("stdout %q, session %v", b.shown(p.Cell, "stdout"), session.Members(b.e.PID()))
	}
	b.e.Close()
	if left := session.Members(b.e.PID()); len(left) > 0 {
		t.Errorf("processes left behind: %v", left)
	}
	if err := syscall.Kill(b.e.PID(), 0); err != syscall.ESRCH {
		t.Errorf("the engine is still there: %v", err)
	}
}
