package parallel

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

// squares is the job that engine/loops would generate for
// for i := range out { out[i] = i * i; sum += i }.
func squares(out []int, sum *int, fail int) *Job {
	j := Begin("test")
	j.Own(0, 1)
	j.Write("out", &out, "i+0")
	j.Fill("sum", sum)
	var parts []int
	j.Reset = func() { parts = nil }
	j.Body = func(w *vectorizer.Worker, lo, hi int) {
		acc := 0
		for i := lo; i < hi; i++ {
			if w.Stopped() {
				return
			}
			w.Index = i
			if i == fail {
				panic("bad item")
			}
			out[i] = i * i
			acc += i
		}
		j.Lock()
		j.Part(lo)
		parts = append(parts, acc)
		j.Unlock()
	}
	j.Fold = func() {
		for _, k := range j.Parts() {
			*sum += parts[k]
		}
	}
	j.Sequential = func() {
		for i := range out {
			j.Index = i
			if i == fail {
				panic("bad item")
			}
			out[i] = i * i
			*sum += i
		}
	}
	return j
}

func provide(t *testing.T, s Settings) {
	t.Helper()
	Provide(func(string) *Settings { return &s })
	t.Cleanup(func() { Provide(func(string) *Settings { return nil }) })
}

func failure(f func()) (err error) {
	defer func() {
		if f, ok := recover().(*Failure); ok {
			err = f.Err
		}
	}()
	f()
	return nil
}

func TestFailedItemLeavesEverything(t *testing.T) {
	for _, s := range []Settings{{Workers: []int{4}, Chunk: 1}, {Workers: []int{0}}, {Workers: []int{3}, Collect: true}, {Compare: true, Workers: []int{1, 2}}} {
		provide(t, s)
		out, sum := make([]int, 1000), 7
		for i := range out {
			out[i] = -1
		}
		err := failure(func() { squares(out, &sum, 900).Run(len(out)) })
		if err == nil || !strings.Contains(err.Error(), "bad item") || !strings.Contains(err.Error(), "item 900") {
			t.Errorf("%+v: error %v", s, err)
		}
		for i, v := range out {
			if v != -1 {
				t.Fatalf("%+v: out[%d] = %d after the failure", s, i, v)
			}
		}
		if sum != 7 {
			t.Errorf("%+v: sum = %d after the failure", s, sum)
		}
	}
}

func TestCompareReportsADifference(t *testing.T) {
	var report *vectorizer.Report
	provide(t, Settings{Compare: true, Workers: []int{1, 2}, Repeat: 1, Report: func(r *vectorizer.Report) { report = r }})
	out, sum := make([]int, 50), 0
	j := squares(out, &sum, -1)
	fold := j.Fold
	j.Fold = func() { fold(); sum++ }
	j.Run(len(out))
	if report == nil || report.Equal == nil || *report.Equal || !strings.HasPrefix(report.Difference, "sum") {
		t.Fatalf("report %+v", report)
	}
	if sum != 49*50/2 || out[7] != 49 {
		t.Errorf("the sequential results did not stay: sum %d, out[7] %d", sum, out[7])
	}
	if len(report.Runs) != 3 || report.Runs[0].Label != "sequential" || report.Runs[2].Label != "2 workers" {
		t.Errorf("runs %+v", report.Runs)
	}
}

func TestOnlyTheSequentialRunIsHeard(t *testing.T) {
	var muted []bool
	provide(t, Settings{Compare: true, Workers: []int{2, 4}, Repeat: 2, Mute: func(on bool) { muted = append(muted, on) }})
	out, sum := make([]int, 5), 0
	squares(out, &sum, -1).Run(len(out))
	if len(muted) != 2 || !muted[0] || muted[1] {
		t.Errorf("muted %v", muted)
	}
}

func TestTimeoutLeavesEverything(t *testing.T) {
	provide(t, Settings{Workers: []int{2}, Timeout: 20 * time.Millisecond})
	out := []int{5, 5, 5, 5, 5}
	j := Begin("test")
	j.Write("out", &out, "i+0")
	j.Body = func(w *vectorizer.Worker, lo, hi int) {
		for i := lo; i < hi && !w.Stopped(); i++ {
			w.Index = i
			out[i] = 9
			for !w.Stopped() {
				runtime.Gosched()
			}
		}
	}
	err := failure(func() { j.Run(len(out)) })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v", err)
	}
	if !slices.Equal(out, []int{5, 5, 5, 5, 5}) {
		t.Errorf("out = %v", out)
	}
}

func TestInterruptIsAFailureEvenForTry(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	provide(t, Settings{Workers: []int{2}, Context: ctx})
	j := Begin("test")
	j.Body = func(w *vectorizer.Worker, lo, hi int) {
		for i := lo; i < hi && !w.Stopped(); i++ {
			w.Index = i
			cancel()
			for !w.Stopped() {
				runtime.Gosched()
			}
		}
	}
	if err := failure(func() { t.Errorf("Try returned %v", j.Try(10)) }); err == nil {
		t.Error("no failure")
	}
	if err := failure(j.Check); !errors.Is(err, context.Canceled) {
		t.Errorf("Check: %v", err)
	}
}

type part struct {
	x    int
	y    int
	rows [][]int
	next *part
}

func TestOverlaps(t *testing.T) {
	base := make([]int, 20)
	a, b, shifted := base, base, base[1:]
	fresh := make([]int, 20)
	rows := [][]int{make([]int, 3), make([]int, 3)}
	twins := [][]int{rows[0], rows[0]}
	parts := make([]part, 4)
	p, q := &part{}, &part{}
	ptrs, same := []*part{p, q}, []*part{p, p}
	ring := []*part{{next: q}, {next: q}}
	grown := base[:0]
	m := map[string]*part{"a": p, "b": q}
	dup := map[string]*part{"a": p, "b": p}
	type reg struct {
		write bool
		name  string
		ptr   any
		path  string
	}
	for _, c := range []struct {
		name string
		n    int
		regs []reg
		want string
	}{
		{"alone", 20, []reg{{true, "a", &a, "i+0"}}, ""},
		{"two names, one index", 20, []reg{{true, "a", &a, "i+0"}, {false, "b", &b, "i+0"}}, ""},
		{"two names, any index", 20, []reg{{true, "a", &a, "i+0"}, {false, "b", &b, "[]"}}, "a, which the loop fills, and b share memory"},
		{"two names, other offset", 18, []reg{{true, "a", &a, "i+0"}, {false, "b", &b, "i+1"}}, "a, which the loop fills, and b share memory"},
		{"shifted", 18, []reg{{true, "a", &a, "i+0"}, {false, "shifted", &shifted, "i+0"}}, "a, which the loop fills, and shifted share memory"},
		{"shifted back", 18, []reg{{true, "a", &a, "i+1"}, {false, "shifted", &shifted, "i+0"}}, ""},
		{"other memory", 20, []reg{{true, "a", &a, "i+0"}, {false, "fresh", &fresh, "[]"}}, ""},
		{"rows", 2, []reg{{true, "rows", &rows, "i+0 []"}}, ""},
		{"twin rows", 2, []reg{{true, "twins", &twins, "i+0 []"}}, "items 0 and 1 of twins share the memory they write"},
		{"row and its place", 2, []reg{{true, "rows", &rows, "i+0 []"}, {false, "row", &rows[1], "[]"}}, "rows, which the loop fills, and row share memory"},
		{"other field", 4, []reg{{true, "parts", &parts, "i+0 .x"}, {false, "parts", &parts, "[] .y"}}, ""},
		{"same field", 4, []reg{{true, "parts", &parts, "i+0 .x"}, {false, "parts", &parts, "[] .x"}}, "items share memory that they write in parts"},
		{"pointers", 2, []reg{{true, "ptrs", &ptrs, "i+0 * .x"}}, ""},
		{"the same pointer", 2, []reg{{true, "same", &same, "i+0 * .x"}}, "items 0 and 1 of same share the memory they write"},
		{"what hangs on items", 2, []reg{{true, "ring", &ring, "i+0 * .next * .x"}}, "items 0 and 1 of ring"},
		{"all that hangs", 2, []reg{{true, "ring", &ring, "i+0 ..."}}, "items 0 and 1 of ring"},
		{"map values", 2, []reg{{true, "m", &m, "i+0 * .x"}, {false, "m", &m, "i+0 * .x"}}, ""},
		{"one map value twice", 2, []reg{{true, "dup", &dup, "i+0 * .x"}}, "of dup share the memory they write"},
		{"spare capacity", 20, []reg{{true, "spare:grown", &grown, ""}, {false, "a", &a, "i+0"}}, "grown, which the loop fills, and a share memory"},
		{"no items", 0, []reg{{true, "twins", &twins, "i+0 []"}}, ""},
	} {
		j := Begin("test")
		for _, r := range c.regs {
			switch name, spare := strings.CutPrefix(r.name, "spare:"); {
			case spare:
				j.Spare(name, r.ptr, "[]")
			case r.write:
				j.Write(r.name, r.ptr, r.path)
			default:
				j.Read(r.name, r.ptr, r.path)
			}
		}
		err := j.overlaps(c.n)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestRestore(t *testing.T) {
	ptr := &part{x: 1, y: 2, rows: [][]int{{1, 2}}}
	ptrs := []*part{ptr}
	rows := [][]int{{1}, {2}}
	m := map[string]int{"a": 1, "nan": 2}
	nan := map[float64]int{math.NaN(): 1}
	j := Begin("test")
	j.Write("ptrs", &ptrs, "i+0 ...")
	j.Write("rows", &rows, "i+0 []")
	j.Write("rows", &rows, "i+0")
	j.Fill("m", &m)
	j.Fill("nan", &nan)
	j.save(2)
	alias := m
	ptr.x, ptr.rows[0][1], ptr.next = 5, 9, ptr
	old := rows[1]
	old[0] = 7
	rows[1] = []int{8, 8}
	m["b"] = 3
	delete(m, "a")
	nan[math.NaN()] = 4
	j.restore()
	if ptr.x != 1 || ptr.rows[0][1] != 2 || ptr.next != nil || ptr.y != 2 {
		t.Errorf("*ptr = %+v", ptr)
	}
	if &rows[1][0] != &old[0] || old[0] != 2 {
		t.Errorf("rows = %v, old row %v", rows, old)
	}
	if len(alias) != 2 || alias["a"] != 1 || len(nan) != 1 {
		t.Errorf("m = %v, nan = %v", alias, nan)
	}
}

func TestCount(t *testing.T) {
	for a := -5; a <= 5; a++ {
		for b := -5; b <= 5; b++ {
			for step := -3; step <= 3; step++ {
				if step == 0 {
					continue
				}
				for _, incl := range []bool{false, true} {
					want := 0
					for i := a; step > 0 && (i < b || incl && i == b) || step < 0 && (i > b || incl && i == b); i += step {
						want++
					}
					if got := Count(a, b, step, incl); got != want {
						t.Fatalf("Count(%d, %d, %d, %v) = %d, want %d", a, b, step, incl, got, want)
					}
				}
			}
		}
	}
	if got := Count(math.MinInt, math.MaxInt, math.MaxInt, false); got != 3 {
		t.Errorf("across all ints: %d", got)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{{"a b", `"a b"`}, {3, "3"}, {strings.Repeat("é", 80), `"` + strings.Repeat("é", 60) + `…"`}} {
		if got := Text(c.v); got != c.want {
			t.Errorf("Text(%v) = %s", c.v, got)
		}
	}
}

// TestSharedStart: of two slices that begin at one element, both are seen
// whole, whichever comes first.
func TestSharedStart(t *testing.T) {
	type pair struct{ head, all []int }
	all := []int{1, 2, 3}
	items := []pair{{all[:1], all}}
	j := Begin("shared start")
	j.Write("items", &items, "i+0 ...")
	j.Body = func(w *vectorizer.Worker, lo, hi int) {
		w.Index = lo
		all[2] = 9
		panic("no")
	}
	if err := j.Try(1); err == nil || all[2] != 3 {
		t.Errorf("after a failure (%v) the item's memory is %v, want it as it was", err, all)
	}
}

// TestOnlyRunsAreTimed: what looks at the results after a run is no part of it.
func TestOnlyRunsAreTimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &Job{set: Settings{Context: t.Context(), Repeat: 2}}
		times, err := j.repeat(func() error { time.Sleep(time.Second); return nil }, func(int) { time.Sleep(time.Minute) })
		if err != nil || !slices.Equal(times, []float64{1, 1}) {
			t.Errorf("two runs of a second took %v (%v)", times, err)
		}
	})
}
