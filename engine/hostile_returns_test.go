//go:build unix

package engine

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/wire"
)

// returning are cells that read a named pipe, PIPE, and go on to change reached
// or kept. Each is stopped while it reads; what it reads comes later.
var returning = map[string]string{
	"statement":                    "os.ReadFile(PIPE)\nreached++",
	"assignment":                   "kept, _ = os.ReadFile(PIPE)",
	"declaration":                  "late, _ := os.ReadFile(PIPE)\nreached += len(late)",
	"assignment of one value":      "reached = len(read(PIPE))",
	"condition":                    "if late, _ := os.ReadFile(PIPE); len(late) > 0 {\n\treached++\n}",
	"arguments":                    "count(os.ReadFile(PIPE))",
	"result of a function":         "kept = read(PIPE)",
	"loop over lines":              "f, _ := os.Open(PIPE)\nlines := bufio.NewScanner(f)\nfor lines.Scan() {\n\treached++\n}\nreached++",
	"part of an expression":        "f, _ := os.Open(PIPE)\nr := bufio.NewReader(f)\nreached += r.Buffered() + read1(r)",
	"method without an own result": "f, _ := os.Open(PIPE)\nio.Copy(io.Discard, f)\nreached++",
	"fmt":                          "f, _ := os.Open(PIPE)\nvar word string\nfmt.Fscan(f, &word)\nreached++",
	"function value":               "f := os.ReadFile\nkept, _ = f(PIPE)",
	"function value of no result":  "f := func(name string) { os.ReadFile(name) }\nf(PIPE)\nreached++",
	"method value":                 "f, _ := os.Open(PIPE)\nr := f.Read\nn, _ := r(make([]byte, 9))\nreached += n",
	"method of an interface":       "f, _ := os.Open(PIPE)\nvar r reads = f\nn, _ := r.Read(make([]byte, 9))\nreached += n",
	"method that is promoted":      "f, _ := os.Open(PIPE)\nw := wrapped{f}\nn, _ := w.Read(make([]byte, 9))\nreached += n",
	"value for compiled code":      "apply(os.ReadFile, PIPE)",
	"method for compiled code":     "f, _ := os.Open(PIPE)\napplyRead(f.Read)",
	"value in a map":               "fs := map[string]func(string) ([]byte, error){\"read\": os.ReadFile}\nkept, _ = fs[\"read\"](PIPE)",
	"deferred call":                "func() { defer os.ReadFile(PIPE) }()\nreached++",
	"deferred function value":      "f := os.ReadFile\nfunc() { defer f(PIPE) }()\nreached++",
	"deferred method":              "f, _ := os.Open(PIPE)\nfunc() { defer f.Read(make([]byte, 9)) }()\nreached++",
	"deferred call's arguments":    "func() { defer count(os.ReadFile(PIPE)) }()",
	"deferred call and a result":   "reached = deferring(PIPE)",
	"right side of &&":             "if reached == 0 && some(os.ReadFile(PIPE)) {\n\treached++\n}",
	"right side of ||":             "ready := reached > 0 || some(os.ReadFile(PIPE))\nif ready {\n\treached++\n}",
	"right side, library alone":    "f, _ := os.Open(PIPE)\nlines := bufio.NewScanner(f)\nif reached == 0 && lines.Scan() {\n\treached++\n}\nreached++",
	"right side, function value":   "f := func() bool { b, _ := os.ReadFile(PIPE); return len(b) > 0 }\nok := reached == 0 && f()\nreached++\n_ = ok",
	"loop's condition":             "f, _ := os.Open(PIPE)\nlines := bufio.NewScanner(f)\nfor reached == 0 && lines.Scan() {\n\treached++\n}",
	"loop's step":                  "f, _ := os.Open(PIPE)\nr := bufio.NewReader(f)\nfor i := 0; i < 3; i += read1(r) {\n\tif i > 0 {\n\t\treached++\n\t}\n}\nreached++",
	"two at once":                  "reached, kept = 1, read(PIPE)",
	"callback of a library":        "slices.ContainsFunc([]int{1}, func(int) bool { reached += len(read(PIPE)); return false })\nreached++",
	"once":                         "var once sync.Once\nonce.Do(func() { os.ReadFile(PIPE) })\nreached++",
	"deferred function":            "func() {\n\tdefer func() { late, _ := os.ReadFile(PIPE); reached += len(late) }()\n}()",
}

const returningState = `
reached, kept := 0, []byte(nil)
func read(name string) []byte { b, _ := os.ReadFile(name); return b }
func read1(r io.ByteReader) int { b, _ := r.ReadByte(); return int(b) }
func count(b []byte, err error) { reached += len(b) }
func some(b []byte, err error) bool { return len(b) > 0 }
func deferring(name string) (n int) { defer os.ReadFile(name); return 7 }
func apply(f func(string) ([]byte, error), name string) { b, _ := f(name); reached += len(b) }
func applyRead(f func([]byte) (int, error)) { n, _ := f(make([]byte, 9)); reached += n }
type reads interface{ Read(p []byte) (n int, err error) }
type wrapped struct{ reads }
`

// TestReturnsLongAfterTheStop: when a call comes back to a goroutine that was
// stopped and abandoned, nothing of its cell follows: compiled, interpreted beside compiled functions,
// and where nothing can be compiled.
func TestReturnsLongAfterTheStop(t *testing.T) {
	e := testEngine(t)
	alone := interpretingEngine(t)
	for _, tier := range []string{"auto", "compiled", "interp"} {
		t.Run(tier, func(t *testing.T) {
			t.Parallel()
			o := Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}}
			if tier == "interp" {
				o.Engine, o.Command, o.NoToolchain = nil, alone, "install Go"
			}
			h := newHostile(t, o)
			h.must("import (\"bufio\"; \"io\"; \"os\"; \"fmt\"; \"slices\"; \"sync\")")
			h.must(returningState)
			if tier != "interp" {
				if err := h.s.SetTier(tier); err != nil {
					t.Fatal(err)
				}
			}
			for name, cell := range returning {
				t.Run(name, func(t *testing.T) {
					h := &hostile{T: t, s: h.s, count: h.count + 1000}
					h.returnsLate(cell)
				})
				h.count++
			}
		})
	}
}

func (h *hostile) returnsLate(cell string) {
	pipe := filepath.Join(h.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		h.Fatal(err)
	}
	out, ended := h.start(h.Context(), hostileCell{cell: strings.ReplaceAll(cell, "PIPE", "\""+pipe+"\"")})
	w := h.reader(pipe, ended)
	h.s.Interrupt()
	if err := <-ended; !Interrupted(err) {
		h.Fatalf("ended with %v\n%s", err, out.stderr())
	}
	if !strings.Contains(cell, "os.Open") && !strings.Contains(out.stderr(), "left behind") { // else it may not have come to its read
		h.Errorf("the cell was not waiting for its pipe: %s", out.stderr())
	}
	if _, err := w.WriteString("late\n"); err != nil {
		h.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.Fatal(err)
	}
	h.awaitNoGoroutines()
	if got := h.must("fmt.Sprint(reached, len(kept))"); got != "0 0" {
		h.must("reached, kept = 0, nil") // for the cells that follow
		h.Errorf("after its stop the cell went on: reached, len(kept) = %s", got)
	}
}

// reader waits until somebody reads the pipe and returns its other end.
func (h *hostile) reader(pipe string, ended <-chan error) *os.File {
	h.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for limit := time.After(time.Minute); ; {
		fd, err := syscall.Open(pipe, syscall.O_WRONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
		if err == nil {
			return os.NewFile(uintptr(fd), pipe)
		}
		select {
		case err := <-ended:
			h.Fatalf("the cell ended before it read: %v", err)
		case <-limit:
			h.Fatalf("nobody reads the pipe: %v", err)
		case <-poll.C:
		}
	}
}

// awaitNoGoroutines waits until no goroutine of any cell is left.
func (h *hostile) awaitNoGoroutines() {
	h.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for limit := time.After(time.Minute); ; {
		var g wire.Goroutines
		if err := h.s.call(h.Context(), wire.MethodGoroutines, nil, &g); err != nil {
			h.Fatal(err)
		}
		if len(g.Goroutines) == 0 {
			return
		}
		select {
		case <-limit:
			h.Fatalf("still there: %+v", g.Goroutines)
		case <-poll.C:
		}
	}
}
