package vectorizer_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

func ptr[T any](v T) *T { return &v }

// tutorial is the report of the tutorial's run.
func tutorial() *vectorizer.Report {
	return &vectorizer.Report{
		Kind: "run", Items: 100, Workers: 4, Chunk: "auto", Tier: "compiled", Cores: 2, WallS: 0.253,
		BusyS: []float64{0.252, 0.251, 0.25, 0.2521}, EndS: []float64{0.252, 0.251, 0.25, 0.2525},
		CPUS: 0.004, Done: 100, Chunks: 100, Verdict: []string{},
		Longest: []vectorizer.LongestItem{{Index: 17, Of: 1, Worker: 2, Seconds: 0.0108, StartS: 0.04, ItemText: `"a b c"`}},
	}
}

func TestSummary(t *testing.T) {
	r := tutorial()
	for _, c := range []struct {
		change func()
		want   string
	}{
		{func() {}, "100 items · 4 workers · 253 ms · 395 items/s · compiled"},
		{func() { r.Done, r.ItemErrors = 98, 2 }, "100 items · 2 failed · 4 workers · 253 ms · 387 items/s · compiled"},
		{func() { r.Done, r.ItemErrors, r.Workers = 40, 0, 0 }, "40 of 100 items · sequential · 253 ms · 158 items/s · compiled"},
		{func() { r.Items, r.Done, r.Workers, r.WallS = 1234567, 1234567, 1, 0.0123 }, "1,234,567 items · 1 worker · 12.3 ms · 100,000,000 items/s · compiled"},
		{func() { r.Items, r.Done = 1, 1; r.WallS = 61 }, "1 item · 1 worker · 1min 1s · 0.0164 items/s · compiled"},
		{func() { r.Items, r.Done, r.WallS, r.Tier = 0, 0, 0, "interpreted" }, "0 items · 1 worker · 0 ns · interpreted"},
	} {
		if c.change(); r.Summary() != c.want {
			t.Errorf("got  %s\nwant %s", r.Summary(), c.want)
		}
	}
}

func TestOutcome(t *testing.T) {
	r := tutorial()
	r.Items, r.Done, r.ItemErrors = 2000, 1012, 1
	if got, want := r.Outcome(), "1,012 of 2,000 items finished, 1 failed, 987 not started"; got != want || !strings.Contains(r.Text(), "\n"+want) {
		t.Errorf("got %s in\n%s", got, r.Text())
	}
	r.Items = -1
	if got, want := r.Outcome(), "1,012 items finished, 1 failed"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestText(t *testing.T) {
	r := tutorial()
	r.Verdict = vectorizer.Verdict(r)
	want := `100 items · 4 workers · 253 ms · 395 items/s · compiled
busy 99 % · least busy: worker 2, 250 ms · busiest: worker 3, 252 ms
longest: item 17 ("a b c"), 10.8 ms on worker 2
The items wait rather than compute (CPU 1 % busy): more workers, also more than the 2 cores, will go faster still.`
	if got := r.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCompareText(t *testing.T) {
	runs := []vectorizer.Run{
		vectorizer.NewRun("sequential", 0, "compiled", []float64{1.01, 1.02, 1.03}),
		vectorizer.NewRun("1 worker", 1, "compiled", []float64{1.01, 1.02, 1.03}),
		vectorizer.NewRun("2 workers", 2, "compiled", []float64{0.55, 0.55, 0.56}),
		vectorizer.NewRun("4 workers", 4, "compiled", []float64{0.31, 0.31, 0.31}),
	}
	r := vectorizer.Compare(100, runs, true)
	r.Equal = ptr(true)
	want := `100 items · 4 workers · speedup 3.29 · efficiency 82 % · compiled
            workers  mean ± std. dev.     min  speedup  efficiency
sequential        –  1.02 s ± 8.16 ms  1.01 s     1.00       100 %
1 worker          1  1.02 s ± 8.16 ms  1.01 s     1.00       100 %
2 workers         2  553 ms ± 4.71 ms  550 ms     1.84        92 %
4 workers         4     310 ms ± 0 ns  310 ms     3.29        82 %
results equal
About 7 % of the work is not shared out; by Amdahl's law no number of workers makes it more than 13.9 times faster.`
	if got := r.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r.Equal, r.Difference = ptr(false), "[3]: 1, 2"
	if !strings.Contains(r.Text(), "\nresults differ: [3]: 1, 2\n") {
		t.Error(r.Text())
	}
	if r := vectorizer.Compare(0, nil, false); r.Text() == "" || r.Speedup != 0 {
		t.Error(r.Text())
	}
}

func TestSpeedupArithmetic(t *testing.T) {
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	near("speedup", vectorizer.Speedup(10, 4), 2.5)
	near("speedup over no time", vectorizer.Speedup(10, 0), 0)
	near("efficiency", vectorizer.Efficiency(2.5, 4), 0.625)
	near("Amdahl", vectorizer.Amdahl(0.1, 4), 1/0.325)
	for _, s := range []float64{0, 0.05, 0.3, 1} {
		near("Karp–Flatt of Amdahl", vectorizer.KarpFlatt(vectorizer.Amdahl(s, 8), 8), s)
	}
	if !math.IsNaN(vectorizer.KarpFlatt(1, 1)) || !math.IsNaN(vectorizer.KarpFlatt(0, 4)) {
		t.Error("Karp–Flatt of one worker, or of no speedup, is a number")
	}
}

func TestFitAmdahl(t *testing.T) {
	for _, s := range []float64{0, 0.07, 0.5, 1} {
		var points []vectorizer.Point
		for _, p := range []int{1, 2, 4, 8} {
			points = append(points, vectorizer.Point{Workers: p, Seconds: []float64{3 / vectorizer.Amdahl(s, p)}})
		}
		fit, ok := vectorizer.FitAmdahl(points)
		if !ok || math.Abs(fit.SerialFraction-s) > 1e-9 || math.Abs(fit.T1S-3) > 1e-9 || fit.StdErr > 1e-6 || fit.Points != 4 {
			t.Errorf("s %v: %+v", s, fit)
		}
		if _, ok := vectorizer.FitAmdahl(points[:2]); ok {
			t.Error("a fit of two numbers of workers")
		}
	}
	noisy := []vectorizer.Point{{1, []float64{1, 1.1}}, {2, []float64{0.6, 0.5}}, {4, []float64{0.33, 0.36}}, {3, nil}, {0, []float64{9}}}
	fit, ok := vectorizer.FitAmdahl(noisy)
	low, high := fit.Spread(4)
	if !ok || !(fit.StdErr > 0.005) || !(low < fit.Predict(4) && fit.Predict(4) < high) || fit.Points != 3 {
		t.Errorf("%+v, spread %v…%v", fit, low, high)
	}
}

func TestVerdictRules(t *testing.T) {
	cases := map[string]func(*vectorizer.Report){
		"no-parallelism": func(r *vectorizer.Report) { r.Items, r.Done = 3, 3 },
		"little-work":    func(r *vectorizer.Report) { r.WallS = 0.0002; r.BusyS = []float64{1e-4, 1e-4} },
		"long-tail": func(r *vectorizer.Report) {
			r.EndS = []float64{0.1, 0.1, 0.1, 0.25}
			r.Longest[0].StartS, r.Longest[0].Seconds = 0.05, 0.2
		},
		"coarse-chunks":  func(r *vectorizer.Report) { r.Chunk = "64"; r.EndS = []float64{0.1, 0.1, 0.1, 0.25} },
		"oversubscribed": func(r *vectorizer.Report) { r.CPUS = 0.5 },
		"busy-machine":   func(r *vectorizer.Report) { r.StarvedS = 0.3 * r.WallS * float64(min(r.Cores, r.Workers)) },
		"waiting":        func(r *vectorizer.Report) {},
		"slow-init":      func(r *vectorizer.Report) { r.InitS = []float64{0.1, 0.1, 0.1, 0.1}; r.CPUS = 0.4 },
		"serial-part": func(r *vectorizer.Report) {
			r.Kind, r.SerialFraction, r.CPUS = "compare", ptr(0.1), 0
		},
	}
	for _, rule := range vectorizer.Rules {
		change := cases[rule.Name]
		if change == nil {
			t.Errorf("no case for rule %s", rule.Name)
			continue
		}
		r := tutorial()
		change(r)
		if got := vectorizer.Verdict(r); len(got) == 0 || got[0] != rule.Text(r) {
			t.Errorf("%s: verdict %q", rule.Name, got)
		}
		if rule.When == "" || !strings.HasSuffix(rule.Text(r), ".") {
			t.Errorf("%s: %q", rule.Name, rule.Text(r))
		}
	}
	stopped := tutorial()
	cases["long-tail"](stopped)
	stopped.Stopped = "timeout"
	if got := vectorizer.Verdict(stopped); len(got) > 0 && strings.Contains(got[0], "still running") {
		t.Errorf("a stopped run blames the item it was stopped in: %q", got)
	}
	hasty := tutorial()
	cases["long-tail"](hasty)
	hasty.WallS = 0.0005
	if got := vectorizer.Verdict(hasty); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "still running") }) {
		t.Errorf("a run of half a millisecond blames an item: %q", got)
	}
	busy := tutorial()
	cases["serial-part"](busy)
	busy.Runs = []vectorizer.Run{{MeanS: 0.2}, {Workers: 2, MeanS: 0.2, StarvedS: 0.16}}
	if got, want := vectorizer.Verdict(busy), "Other programs held the cores for 40 % of the time that these runs could have computed: measure again when the machine is quiet."; !slices.Equal(got, []string{want}) {
		t.Errorf("compared on a busy machine: %q, want %q", got, want)
	}
	tiny := tutorial()
	cases["serial-part"](tiny)
	tiny.Items, tiny.Done, tiny.Speedup, *tiny.SerialFraction = 1_000_000, 1_000_000, 0.15, 1
	tiny.Runs = []vectorizer.Run{{MeanS: 0.002}, {Workers: 2, MeanS: 0.013}}
	if got := vectorizer.Verdict(tiny); len(got) != 1 || !strings.HasPrefix(got[0], "Too little work") {
		t.Errorf("items of 2 ns compared: %q, want that they are too small, and no law", got)
	}
	short := tutorial()
	cases["serial-part"](short)
	short.Items, short.Done, short.Speedup, *short.SerialFraction = 50, 50, 0.5, 1
	short.Runs = []vectorizer.Run{{MeanS: 0.00034}, {Workers: 2, MeanS: 0.0007}}
	if got := vectorizer.Verdict(short); len(got) != 1 || !strings.HasPrefix(got[0], "Too little work") {
		t.Errorf("a third of a millisecond compared: %q, want that it is too little, and no law", got)
	}
	alike := tutorial()
	cases["long-tail"](alike)
	alike.Items, alike.BusyS = 10, []float64{0.5, 0.5, 0.5, 0.5}
	if got := vectorizer.Verdict(alike); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "still running") }) {
		t.Errorf("ten items of 0.2 s on four workers: %q blames one of them", got)
	}
	calm := tutorial()
	calm.Cores, calm.CPUS = 4, 0.99
	if got := vectorizer.Verdict(calm); got == nil || len(got) != 0 {
		t.Errorf("nothing to teach, yet %q", got)
	}
}

// A run whose last item is long says so, by its own measurements.
func TestLongItemAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		items := slices.Repeat([]time.Duration{time.Millisecond}, 40)
		items[39] = 100 * time.Millisecond
		var rep vectorizer.Report
		_, err := vectorizer.Map(bg, items, func(d time.Duration) int { time.Sleep(d); return 0 },
			vectorizer.Workers(4), vectorizer.WithReport(&rep))
		if err != nil || rep.Longest[0].Index != 39 || rep.Longest[0].ItemText != "100ms" {
			t.Fatalf("longest %+v, error %v", rep.Longest, err)
		}
		if len(rep.Verdict) == 0 || !strings.HasPrefix(rep.Verdict[0], "Item 39 (100ms) took 10") {
			t.Errorf("verdict %q", rep.Verdict)
		}
	})
}

func TestTimelineIsBounded(t *testing.T) {
	var rep vectorizer.Report
	_, err := vectorizer.Map(bg, make([]int, 100_000), func(i int) int { return i },
		vectorizer.Workers(3), vectorizer.Chunk(1), vectorizer.WithReport(&rep))
	if err != nil || rep.Chunks != 100_000 || len(rep.Timeline) > 3*256 {
		t.Errorf("%d chunks, %d spans, error %v", rep.Chunks, len(rep.Timeline), err)
	}
	items, end := 0, map[int]float64{}
	for _, s := range rep.Timeline {
		items += s.Items
		if s.StartS < end[s.Worker] || s.EndS < s.StartS || s.BusyS > s.EndS-s.StartS+1e-9 || s.Items > s.Hi-s.Lo {
			t.Fatalf("span %+v", s)
		}
		end[s.Worker] = s.EndS
	}
	if items != 100_000 {
		t.Errorf("%d items in the timeline", items)
	}
}

// The JSON names are a contract with front ends and charts.
func TestReportJSON(t *testing.T) {
	var rep vectorizer.Report
	if _, err := vectorizer.Map(bg, make([]int, 10), func(i int) int { return i }, vectorizer.Workers(2), vectorizer.WithReport(&rep)); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"kind", "items", "workers", "chunk", "tier", "cores", "wall_s", "busy_s", "item_errors", "verdict", "timeline", "done", "chunks", "cpu_s", "end_s"} {
		if _, ok := m[key]; !ok {
			t.Errorf("no %q in %s", key, text)
		}
	}
	if _, ok := m["verdict"].([]any); !ok {
		t.Errorf("verdict is %v", m["verdict"])
	}
}
