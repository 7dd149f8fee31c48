//go:build unix

package process_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/host/config"
	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// The tests run real engines, built from this checkout with the real
// toolchain, and load real plugins into them.
var engine *build.Engine

func TestMain(m *testing.M) {
	if os.Getenv(config.Env) != "" {
		os.Exit(greedy())
	}
	os.Exit(setUp(m))
}

func setUp(m *testing.M) int {
	cache, err := os.MkdirTemp("", "goblaze-process-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(cache)
	os.Setenv("GOBLAZE_CACHE", cache)
	ctx := context.Background()
	t, err := build.Find(ctx)
	if err == nil {
		engine, err = t.Engine(ctx, build.Checkout("../.."), os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}

// A bench is an engine under test with what it has shown.
type bench struct {
	t    testing.TB
	cfg  process.Config
	e    *process.Engine
	sess *build.Session
	cell atomic.Uint64

	mu     sync.Mutex
	events []event
	news   *sync.Cond
}

// event is one thing shown: kind is stdout, stderr, display, clear, note, died.
type event struct {
	cell uint64
	kind string
	text string
}

func newBench(t testing.TB, change ...func(*process.Config)) *bench {
	t.Helper()
	b := &bench{t: t}
	b.news = sync.NewCond(&b.mu)
	b.cfg = process.Config{
		Path:    engine.Binary,
		Output:  func(cell uint64, stream, text string) { b.record(cell, stream, text) },
		Display: func(cell uint64, d display.Bundle) { b.record(cell, "display", fmt.Sprint(d.Data["text/plain"])) },
		Clear:   func(cell uint64, wait bool) { b.record(cell, "clear", fmt.Sprint(wait)) },
		Note:    func(cell uint64, n rt.Note) { b.record(cell, "note", fmt.Sprint(n.Text, n.Goroutines)) },
		Died:    func(d *process.DeathError) { b.record(0, "died", d.Error()) },
	}
	for _, f := range change {
		f(&b.cfg)
	}
	var err error
	if b.sess, err = engine.Session(t.TempDir(), ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.sess.Close() })
	b.start()
	t.Cleanup(func() { b.e.Close() })
	return b
}

func (b *bench) start() {
	b.t.Helper()
	e, err := process.Start(b.t.Context(), b.cfg)
	if err != nil {
		b.t.Fatal(err)
	}
	b.e = e
}

// record joins text of one cell and stream.
func (b *bench) record(cell uint64, kind, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.events); n > 0 && (kind == "stdout" || kind == "stderr") && b.events[n-1].kind == kind && b.events[n-1].cell == cell {
		b.events[n-1].text += text
	} else {
		b.events = append(b.events, event{cell, kind, text})
	}
	b.news.Broadcast()
}

// shown returns what a cell has shown of one kind.
func (b *bench) shown(cell uint64, kind string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.shownLocked(cell, kind)
}

func (b *bench) shownLocked(cell uint64, kind string) string {
	var s strings.Builder
	for _, e := range b.events {
		if e.cell == cell && e.kind == kind {
			s.WriteString(e.text)
		}
	}
	return s.String()
}

// waitFor waits until a cell has shown want; the test's time limit bounds it.
func (b *bench) waitFor(cell uint64, kind, want string) {
	b.t.Helper()
	limit := time.AfterFunc(20*time.Second, b.news.Broadcast)
	defer limit.Stop()
	start := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	for !strings.Contains(b.shownLocked(cell, kind), want) {
		if time.Since(start) > 19*time.Second {
			b.t.Fatalf("cell %d never showed %s %q; all events: %v", cell, kind, want, b.events)
		}
		b.news.Wait()
	}
}

// A source is a cell as the front end would write it.
type source struct {
	imports []string
	vars    map[string]string // slot name → type
	fresh   []string          // slots that are new
	decls   string
	body    string // of Run
	entry   string // of Entries["e"], with n
}

// text writes the package; lines of decls and body are numbered as cell 7's.
func (s source) text(path string) string {
	var b strings.Builder
	b.WriteString("package main\nimport rt \"github.com/goblaze/goblaze/engine/rt\"\n")
	for _, i := range s.imports {
		fmt.Fprintf(&b, "import %q\n", i)
	}
	var regs strings.Builder
	for name, typ := range s.vars {
		fmt.Fprintf(&b, "var %s *%s\n", name, typ)
		fmt.Fprintf(&regs, "%q: &%s, ", name, name)
	}
	entries := ""
	if s.entry != "" {
		entries = `Entries: map[string]any{"e": gbz_entry},`
	}
	fmt.Fprintf(&b, "func init() { rt.Register(%q, rt.Unit{Run: gbz_run, Vars: map[string]any{%s}, %s}) }\nfunc main() {}\n", path, &regs, entries)
	fmt.Fprintf(&b, "func gbz_entry(c *rt.Cell, n int) {\n%s\n}\n", s.entry)
	fmt.Fprintf(&b, "func gbz_run(c *rt.Cell) {\n//line /goblaze/cell/7/main.go:1:1\n%s\n}\n", s.body)
	fmt.Fprintf(&b, "//line /goblaze/cell/7/main.go:101:1\n%s\n", s.decls)
	return b.String()
}

// built builds the source's plugin.
func (b *bench) built(s source) wire.Load {
	b.t.Helper()
	sum := sha256.Sum256([]byte(s.text("nb/x")))
	path := "nb/" + hex.EncodeToString(sum[:6])
	p, err := b.sess.Build(b.t.Context(), build.Package{Path: path, Files: map[string][]byte{"cell.go": []byte(s.text(path))}})
	if err != nil {
		b.t.Fatalf("%v\n%s", err, s.text(path))
	}
	return wire.Load{Path: p.File, Unit: path}
}

// load builds the source and loads it; it returns the unit's path.
func (b *bench) load(s source) string {
	b.t.Helper()
	p := b.built(s)
	if err := b.e.Call(b.t.Context(), wire.MethodLoad, p, nil); err != nil {
		b.t.Fatal(err)
	}
	return p.Unit
}

// params are the parameters that run the source's unit as a new cell.
func (b *bench) params(path string, s source) wire.Run {
	p := wire.Run{Cell: b.cell.Add(1), Unit: path}
	for name := range s.vars {
		p.Bind = append(p.Bind, rt.Binding{Slot: name, Var: name + "#1", New: slices.Contains(s.fresh, name)})
	}
	return p
}

// run builds, loads and runs a source and returns the outcome and its cell.
func (b *bench) run(s source) (wire.Outcome, uint64) {
	b.t.Helper()
	p := b.params(b.load(s), s)
	var out wire.Outcome
	if err := b.e.Call(b.t.Context(), wire.MethodRun, p, &out); err != nil {
		b.t.Fatal(err)
	}
	return out, p.Cell
}

// begin runs a source in the background.
func (b *bench) begin(s source) (cell uint64, result func() (wire.Outcome, error)) {
	b.t.Helper()
	p := b.params(b.load(s), s)
	type end struct {
		out wire.Outcome
		err error
	}
	ch := make(chan end, 1)
	go func() {
		var e end
		e.err = b.e.Call(context.Background(), wire.MethodRun, p, &e.out)
		ch <- e
	}()
	return p.Cell, func() (wire.Outcome, error) { e := <-ch; return e.out, e.err }
}

const check = "if rt.Stopping.Load() != 0 { rt.Halt() }"

// greedyLimit is the limit that the greedy engine says it keeps, and
// greedyUse what it takes.
const greedyLimit, greedyUse = 64 << 20, 256 << 20

// greedy is an engine that does not keep its memory limit: it answers hello
// and then takes memory for whatever it is asked, never to answer. This test
// binary is that engine when it is started as one.
func greedy() int {
	out := wire.NewWriter(os.NewFile(config.ReplyFD, "replies"))
	in := os.NewFile(config.RequestFD, "requests")
	for {
		f, err := wire.Read(in)
		if err != nil {
			return 0
		}
		if f.Method == wire.MethodHello {
			body, err := json.Marshal(wire.Hello{Version: wire.Version, PID: os.Getpid(), MemoryLimit: greedyLimit})
			if err != nil {
				return 1
			}
			if out.Write(wire.Frame{Type: wire.Reply, ID: f.ID, Body: body}) != nil {
				return 1
			}
			continue
		}
		took := make([]byte, greedyUse)
		for i := 0; i < len(took); i += os.Getpagesize() {
			took[i] = 1
		}
		select {}
	}
}
