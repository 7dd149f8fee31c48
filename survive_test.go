//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// engineDies is a cell that kills the engine process, the shell's parent.
const engineDies = "!kill -9 $PPID"

// A scene is what is done before the engine process dies, and what cells show
// after it.
type scene struct {
	name   string
	before []string
	after  [][2]string // cell, all that it shows
}

// scenes end with what must survive, by UX.md and docs, set in every way there
// is; DIR and TMP are two folders.
func scenes(dir, tmp string) []scene {
	list := []scene{
		{"environment", []string{"os.Setenv(\"GBZ_A\", \"interpreted\")", "%tier compiled", "os.Setenv(\"GBZ_B\", \"compiled\")\nos.Unsetenv(\"GBZ_GIVEN\")", "%tier auto", "%env GBZ_C=magic", "var gone = os.Setenv(\"GBZ_D\", \"declared\")"},
			[][2]string{
				{"fmt.Println(os.Getenv(\"GBZ_A\"), os.Getenv(\"GBZ_B\"), os.Getenv(\"GBZ_C\"), os.Getenv(\"GBZ_D\"), os.Getenv(\"GBZ_GIVEN\") == \"\")", "interpreted compiled magic declared true"},
				{"!echo $GBZ_A $GBZ_B $GBZ_C $GBZ_D .$GBZ_GIVEN.", "interpreted compiled magic declared .."},
				{"%env GBZ_B", "compiled"},
				{"func look() string { return os.ExpandEnv(\"$GBZ_A $GBZ_C\") }\nlook()", "interpreted magic"},
				{"gone", "gone was lost when the engine process ended: run cell 6 again"},
			}},
		{"folder by the magic", []string{"%cd -q DIR"}, [][2]string{{"%pwd", "DIR"}, {"!pwd", "DIR"}}},
		{"folder by a cell", []string{"os.Chdir(\"DIR\")"}, [][2]string{{"os.Getwd()", "DIR"}, {"%pwd", "DIR"}}},
		{"folder that is gone", []string{"os.Mkdir(\"DIR/sub\", 0o777)", "os.Chdir(\"DIR/sub\")", "os.Remove(\"DIR/sub\")"}, [][2]string{{"os.Getwd()", "TMP"}, {"%cd -q DIR", ""}, {"!pwd", "DIR"}}},
		{"options", []string{"%tier interp", "%workers 3", "%cd -q TMP"}, [][2]string{
			{"%workers", fmt.Sprintf("3 workers by default · %d cores", runtime.NumCPU())},
			{"x := 1\nx + 1", "2"},
			{"%tier", "tier interp"},
			{"%tier auto", "tier auto"},
			{"func double(n int) int { return 2 * n }\nout := %vectorize double 4", "4 items · 3 workers"},
		}},
		{"GOMAXPROCS", []string{"runtime.GOMAXPROCS(1)"}, [][2]string{{"runtime.GOMAXPROCS(0)", "1"}, {"%workers", "GOMAXPROCS 1"}}},
		{"memory limit", []string{"import \"runtime/debug\""}, [][2]string{{"debug.SetMemoryLimit(-1) == 500<<20/10*9", "true"}}},
		{"imports and constants", []string{"import str \"strings\"\nconst limit = 7\ntype level int\nfunc (l level) String() string { return str.Repeat(\"*\", int(l)) }"}, [][2]string{{"fmt.Println(level(3), limit)", "*** 7"}}},
	}
	for i, s := range list {
		for j := range s.before {
			list[i].before[j] = strings.NewReplacer("DIR", dir, "TMP", tmp).Replace(s.before[j])
		}
		for j, c := range s.after {
			list[i].after[j] = [2]string{strings.NewReplacer("DIR", dir, "TMP", tmp).Replace(c[0]), strings.NewReplacer("DIR", dir, "TMP", tmp).Replace(c[1])}
		}
	}
	return list
}

// TestWhatSurvivesTheEngine kills real engine processes: what is not in a
// variable is as it was.
func TestWhatSurvivesTheEngine(t *testing.T) {
	t.Setenv("GBZ_GIVEN", "given")
	tmp, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scenes(tmp+"/dir", tmp) {
		t.Run(s.name, func(t *testing.T) {
			if err := os.MkdirAll(tmp+"/dir", 0o777); err != nil {
				t.Fatal(err)
			}
			x, stop, err := startSession(context.Background(), tmp, 500<<20, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			defer stop()
			for i, code := range s.before {
				ready(t, x, i+1, code)
			}
			n := len(s.before) + 1
			if p := execute(x, n, engineDies); p.failure == nil || !strings.Contains(p.failure.Value, "killed") {
				t.Fatalf("the engine did not die: %+v", p.sections())
			}
			for i, c := range s.after {
				p := execute(x, n+1+i, c[0])
				shown := ""
				for _, section := range p.sections() {
					if section[0] != "note" {
						shown += section[1] + "\n"
					}
				}
				if !strings.Contains(shown, c[1]) || c[1] == "" && shown != "" {
					t.Errorf("after the engine's death %q shows %q, want %q", c[0], shown, c[1])
				}
			}
		})
	}
}

// TestDeathBetweenCells: what goroutines that outlive their cell do to the
// engine process is told under that cell, when it happens.
func TestDeathBetweenCells(t *testing.T) {
	x := testExecutor(t)
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	owner := ready(t, x, 1, fmt.Sprintf("kept := 5\ngo func() {\n\tos.ReadFile(%q)\n\tvar mu sync.Mutex\n\tmu.Unlock()\n}()", fifo))
	later := ready(t, x, 2, "kept + 1")
	if err := os.WriteFile(fifo, []byte("go"), 0o600); err != nil { // once the goroutine reads
		t.Fatal(err)
	}
	owner.await(t, func(p *page) bool { return strings.Contains(p.err.String(), "after the cell's end") })
	for _, want := range []string{"fatal error: sync: unlock of unlocked mutex\n", "cell 1, line 5", "a fresh one has started"} {
		if !strings.Contains(owner.err.String(), want) {
			t.Errorf("the note lacks %q:\n%s", want, owner.err.String())
		}
	}
	if strings.Contains(later.err.String(), "fatal") {
		t.Errorf("it stands under a cell that had no part in it: %s", later.err.String())
	}
	if p := execute(x, 3, "kept"); p.failure == nil || !strings.Contains(p.failure.Value, "run cell 1 again") {
		t.Errorf("a lost variable: %+v", p.sections())
	}
	ready(t, x, 4, "kept := 6\nkept")
}
