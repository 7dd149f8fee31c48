package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/wire"
)

// hostileState is what the session holds before each hostile cell: a variable,
// a method with state, a closure, a lock, and a goroutine of this cell that
// must outlive all others. prove tells whether all of it is as it must be.
const hostileState = `
type account struct{ balance int }

func (a *account) deposit(n int) int { a.balance += n; return a.balance }
func double(n int) int               { return 2 * n }
func spin(n int) int                 { for { n++ } }

func prove() string {
	mu.Lock()
	defer mu.Unlock()
	before, was := count, acc.balance
	a, b := <-ticks, <-ticks
	return fmt.Sprint(keep, double(keep), next()-before, acc.deposit(3)-was, b-a, len(ticks))
}

keep := 42
acc := &account{}
count := 0
next := func() int { count++; return count }
var mu sync.Mutex
ticks := make(chan int)
go func() { for i := 0; ; i++ { ticks <- i } }()
`

const provenState = "42 84 1 3 1 0"

// A hostileCell is a cell that a session must survive.
type hostileCell struct {
	name string
	// before runs first, as a cell of its own.
	before string
	// cell is the Go of the cell. One that must be interrupted prints "begun"
	// first, and sets keep to 0 where it must never come.
	cell string
	// loop is the body of a %%vectorize loop over 8 items; line is a function's
	// name for the line form over 8 items.
	loop, line string
	shell      []string
	timeout    time.Duration // of the parallel loop

	interrupt bool
	after     string // what standard error must hold before the interrupt comes
	// kind and text of the error that the cell ends with; "" is none.
	kind, text string
	note       string // what standard error must hold in the end
	stdout     string // what the cell prints besides "begun"
	dies       bool   // the engine process is lost
	mayDie     bool   // it is, when memory grows faster than it is looked at
	left       int    // goroutines that stay behind
}

// hostile is a session under attack.
type hostile struct {
	*testing.T
	s     *Session
	count int
}

func newHostile(t *testing.T, e Options) *hostile {
	s, err := NewSession(e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &hostile{T: t, s: s}
}

// exec runs Go as a cell.
func (h *hostile) exec(src string) (string, *recorder, error) {
	h.count++
	out := &recorder{}
	c := h.s.Begin(h.count, src, out)
	b, err := h.s.Exec(h.Context(), c, Source{Text: src, Line: 1, Col: 1})
	if b == nil {
		return "", out, err
	}
	text, _ := b.Data["text/plain"].(string)
	return text, out, err
}

func (h *hostile) must(src string) string {
	h.Helper()
	v, out, err := h.exec(src)
	if err != nil {
		h.Fatalf("%s\nfailed: %s\n%s", src, trace(err), out.stderr())
	}
	return v
}

// trace is an error with the stack it has.
func trace(err error) string {
	var re *RuntimeError
	if errors.As(err, &re) {
		return re.Kind + ": " + re.Trace()
	}
	return err.Error()
}

func (h *hostile) proven() {
	h.Helper()
	if got := h.must("prove()"); got != provenState {
		h.must("keep = 42") // for the cells that follow
		h.Errorf("the session's state is %q, want %q", got, provenState)
	}
}

// start runs the hostile cell in a goroutine.
func (h *hostile) start(ctx context.Context, a hostileCell) (*recorder, <-chan error) {
	h.count++
	out, ended := &recorder{}, make(chan error, 1)
	text := a.cell + a.loop + a.line
	c := h.s.Begin(h.count, text, out)
	go func() {
		var err error
		spec := VectorizeSpec{Workers: []int{4}, Timeout: a.timeout, Quiet: true, Force: true}
		switch {
		case a.shell != nil:
			var r wire.ShellResult
			r, err = h.s.Shell(ctx, c, wire.Shell{Argv: a.shell})
			if err == nil && r.Interrupted {
				err = errInterrupted
			}
		case a.loop != "":
			spec.Loop = Source{Text: "for i := range 8 {\n" + a.loop + "\n}", Line: 2, Col: 1}
			_, err = h.s.Vectorize(ctx, c, spec, nil)
		case a.line != "":
			spec.Func, spec.Items = Source{Text: a.line, Line: 1, Col: 12}, Source{Text: "8", Line: 1, Col: 20}
			_, err = h.s.Vectorize(ctx, c, spec, nil)
		default:
			_, err = h.s.Exec(ctx, c, Source{Text: a.cell, Line: 1, Col: 1})
		}
		ended <- err
	}()
	return out, ended
}

// waitFor waits until get holds text.
func (h *hostile) waitFor(what, text string, get func() string, ended <-chan error) {
	h.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for limit := time.After(time.Minute); !strings.Contains(get(), text); {
		select {
		case err := <-ended:
			h.Fatalf("the cell ended before %s held %q: %v", what, text, err)
		case <-limit:
			h.Fatalf("%s never held %q: %q", what, text, get())
		case <-poll.C:
		}
	}
}

// attack runs one hostile cell and returns how long the interrupt took.
func (h *hostile) attack(a hostileCell) time.Duration {
	h.Helper()
	if a.before != "" {
		h.must(a.before)
	}
	ctx, cancel := context.WithTimeout(h.Context(), 90*time.Second)
	defer cancel()
	out, ended := h.start(ctx, a)
	var at time.Time
	if a.interrupt {
		if a.after != "" {
			h.waitFor("stderr", a.after, out.stderr, ended)
		} else {
			h.waitFor("stdout", "begun", out.stdout, ended)
		}
		at = time.Now()
		h.s.Interrupt()
	}
	err := <-ended
	took := time.Since(at)
	h.judge(a, out, err)
	if a.interrupt {
		return took
	}
	return 0
}

// judge compares how the cell ended with how it had to.
func (h *hostile) judge(a hostileCell, out *recorder, err error) {
	h.Helper()
	if a.interrupt && a.kind == "" {
		if !Interrupted(err) {
			h.Errorf("ended with %v, want an interrupt\n%s", err, out.stderr())
		}
	} else {
		h.judgeError(a, err)
	}
	got := strings.ReplaceAll(out.stdout(), "begun\n", "")
	if got != a.stdout {
		h.Errorf("printed %q, want %q", got, a.stdout)
	}
	if !strings.Contains(out.stderr(), a.note) {
		h.Errorf("standard error is %q, want %q in it", out.stderr(), a.note)
	}
}

func (h *hostile) judgeError(a hostileCell, err error) {
	h.Helper()
	var re *RuntimeError
	switch {
	case err == nil && a.kind == "":
	case err == nil:
		h.Errorf("succeeded, want %s: %s", a.kind, a.text)
	case !errors.As(err, &re):
		h.Errorf("ended with %T: %v, want %s: %s", err, err, a.kind, a.text)
	case a.mayDie && re.Kind == KindDied && strings.Contains(re.Text, a.text):
	case re.Kind != a.kind || !strings.Contains(re.Trace(), a.text):
		h.Errorf("ended with %s: %s\nwant %s: %s", re.Kind, re.Trace(), a.kind, a.text)
	}
}

// TestHostileCells runs every hostile cell and proves after each that the
// session's state is what it was, or, where the engine process had to go, that
// the next cells tell so and a fresh start works.
func TestHostileCells(t *testing.T) {
	e := testEngine(t)
	h := newHostile(t, Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}, MemoryLimit: 1 << 30})
	h.must(hostileState)
	h.proven()
	h.attackAll(t, hostileCells)
}

// attackAll runs hostile cells one after the other, and proves after each that
// the session lives.
func (h *hostile) attackAll(t *testing.T, cells []hostileCell) {
	for _, a := range cells {
		t.Run(a.name, func(t *testing.T) {
			sub := &hostile{T: t, s: h.s, count: h.count}
			defer func() { h.count = sub.count }()
			took := sub.attack(a)
			if took > 5*time.Second && !a.dies { // 200 ms on a machine of its own; `make bench` measures it
				t.Errorf("interrupt to idle took %v", took)
			}
			if took > 0 {
				t.Logf("interrupt to idle: %v", took)
			}
			if a.dies || a.mayDie && sub.lost() {
				sub.revive()
			} else if _, _, err := sub.exec("keep"); err != nil {
				sub.Errorf("the session's state is gone: %v", err)
				sub.must(hostileState) // for the cells that follow
			}
			sub.proven()
		})
	}
}

// lost reports whether the engine process has ended, now or when it was asked.
func (h *hostile) lost() bool {
	_, _, err := h.exec("keep")
	var re *RuntimeError
	return errors.As(err, &re) && (re.Kind == KindLost || re.Kind == KindDied)
}

// revive proves that lost variables are errors that name the cell to run, and
// runs it again.
func (h *hostile) revive() {
	h.Helper()
	if got := h.must("double(21)"); got != "42" {
		h.Errorf("a function after the engine's death: %s", got)
	}
	_, _, err := h.exec("prove()")
	var re *RuntimeError
	if !errors.As(err, &re) || re.Kind != KindLost || !strings.Contains(re.Text, "keep was lost when the engine process ended: run cell") {
		h.Errorf("using a lost variable: %v", err)
	}
	_, _, err = h.exec("keep = 42")
	if !errors.As(err, &re) || re.Kind != KindLost || !strings.HasSuffix(re.Text, " again, or declare it anew with keep := …") {
		h.Errorf("assigning a lost variable: %v", err)
	}
	h.must(hostileState)
}
