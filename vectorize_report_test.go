package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/kernel"
	"github.com/goblaze/goblaze/vectorizer"
)

// ready runs a cell that must succeed.
func ready(t *testing.T, x *executor, count int, code string) *page {
	t.Helper()
	p := execute(x, count, code)
	if p.failure != nil {
		t.Fatalf("%s\n%s", code, plainText(strings.Join(p.failure.Traceback, "\n")))
	}
	return p
}

// report returns the page's report, as a front end finds it in the bundle.
func (p *page) report(t *testing.T) (vectorizer.Report, map[string]any) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range slices.Backward(p.shown) {
		if v := b.Data[reportType]; v != nil {
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			var r vectorizer.Report
			var fields map[string]any
			if err := json.Unmarshal(raw, &r); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &fields); err != nil {
				t.Fatal(err)
			}
			return r, fields
		}
	}
	t.Fatalf("no report among %d displays", len(p.shown))
	return vectorizer.Report{}, nil
}

// Every field of a run's report holds what its documentation says.
func TestReportOfARun(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "func work(n int) int { time.Sleep(2 * time.Millisecond); return n }\nfunc state(rank int) int { time.Sleep(time.Millisecond); return rank }\nfunc with(n, s int) int { return work(n) }")
	r, fields := ready(t, x, 2, "%vectorize -w 3 --init state with 40").report(t)
	if r.Kind != "run" || r.Items != 40 || r.Done != 40 || r.ItemErrors != 0 || r.Workers != 3 || r.Chunk != "auto" || r.Tier != "compiled" || r.Stopped != "" {
		t.Errorf("%+v", r)
	}
	if r.Chunks < 3 || r.Chunks > 40 || r.Cores < 1 || r.WallS < 0.026 || r.CPUS < 0 {
		t.Errorf("chunks %d, cores %d, wall %v, cpu %v", r.Chunks, r.Cores, r.WallS, r.CPUS)
	}
	if len(r.BusyS) != 3 || len(r.EndS) != 3 || len(r.InitS) != 3 {
		t.Fatalf("busy %v, end %v, init %v: want one figure a worker", r.BusyS, r.EndS, r.InitS)
	}
	total := 0.0
	for i := range 3 {
		if r.BusyS[i] > r.WallS || r.EndS[i] > r.WallS || r.InitS[i] < 0.001 {
			t.Errorf("worker %d: busy %v, end %v, init %v of %v s", i, r.BusyS[i], r.EndS[i], r.InitS[i], r.WallS)
		}
		total += r.BusyS[i]
	}
	if total < 0.08 {
		t.Errorf("40 items of 2 ms were busy for %v s", total)
	}
	items := 0
	for _, s := range r.Timeline {
		items += s.Items
		if s.Worker < 0 || s.Worker > 2 || s.StartS > s.EndS || s.Lo >= s.Hi {
			t.Errorf("span %+v", s)
		}
	}
	if items != 40 {
		t.Errorf("the timeline has %d items", items)
	}
	if len(r.Longest) == 0 || len(r.Longest) > 5 || r.Longest[0].Seconds < 0.002 {
		t.Errorf("longest %+v", r.Longest)
	}
	// A machine that is busy with other programs, or stalled in an item, is told of instead.
	if v := strings.Join(r.Verdict, " "); !strings.Contains(v, "wait rather than compute") && !strings.Contains(v, "Other programs") && !strings.Contains(v, " took ") {
		t.Errorf("verdict of sleeping items: %q", r.Verdict)
	}
	for _, name := range []string{"kind", "items", "done", "item_errors", "workers", "chunk", "chunks", "tier", "cores", "wall_s", "cpu_s", "busy_s", "end_s", "init_s", "timeline", "longest", "verdict"} {
		if _, ok := fields[name]; !ok {
			t.Errorf("the JSON has no %q", name)
		}
	}
}

// Every field of a comparison's report, in the form that takes a whole loop.
func TestReportOfAComparison(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "out := make([]int, 30)\nfunc work(n int) int { time.Sleep(4 * time.Millisecond); return 3 * n }")
	p := ready(t, x, 2, "%%vectorize -w 1,2,3 --compare -r 2\nfor i := range out {\n\tout[i] += work(i) + 1\n}")
	r, fields := p.report(t)
	if r.Kind != "compare" || r.Items != 30 || r.Tier != "compiled" || r.Equal == nil || !*r.Equal || r.Difference != "" {
		t.Errorf("%+v", r)
	}
	var workers []int
	best := r.Runs[0].MeanS // which run is fastest is the machine's to say
	for _, run := range r.Runs {
		best = min(best, run.MeanS)
		workers = append(workers, run.Workers)
		if run.Label == "" || run.Tier != "compiled" || len(run.AllS) != 2 || run.MinS > run.MeanS || run.StdS < 0 {
			t.Errorf("run %+v", run)
		}
	}
	if !slices.Equal(workers, []int{0, 1, 2, 3}) {
		t.Errorf("runs with workers %v", workers)
	}
	if r.Speedup != r.Runs[0].MeanS/best || r.Efficiency <= 0 || r.Fit == nil || r.Fit.Points < 3 {
		t.Errorf("speedup %v, efficiency %v, fit %+v", r.Speedup, r.Efficiency, r.Fit)
	}
	for _, name := range []string{"runs", "speedup", "efficiency", "fit", "equal"} {
		if _, ok := fields[name]; !ok {
			t.Errorf("the JSON has no %q", name)
		}
	}
	// Every run began with the same slice: the loop adds to it once.
	if v := ready(t, x, 3, "out[:4]").value.Data["text/plain"]; v != "[1 4 7 10]" {
		t.Errorf("out is %v after the comparison", v)
	}
}

// A loop whose results depend on who runs it is told.
func TestComparisonFindsADifference(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "var calls atomic.Int64\nout := make([]int64, 8)")
	p := ready(t, x, 2, "%%vectorize -w 2 --compare -r 1 --force\nfor i := range out {\n\tout[i] = calls.Add(1)\n}")
	r, _ := p.report(t)
	if r.Equal == nil || *r.Equal || !strings.Contains(r.Difference, "out") {
		t.Errorf("equal %v, difference %q", r.Equal, r.Difference)
	}
}

// A run that takes longer than a second shows how far it is, an interrupt
// what was done, and neither the stopped run's results nor its workers stay.
func TestProgressAndInterrupt(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "out := []int{7}\nvar live atomic.Int64\nfunc work(n int) int { live.Add(1); defer live.Add(-1); time.Sleep(20 * time.Millisecond); return n }")
	bar := ""
	p := interrupted(t, x, 2, "out = %vectorize -w 2 work 1000", func(p *page) bool {
		bar = p.display(" of 1000 items")
		return bar != ""
	})
	if !strings.Contains(bar, "items/s") || !strings.Contains(bar, "left") || !strings.Contains(bar, "[#") {
		t.Errorf("bar: %q", bar)
	}
	r, _ := p.report(t)
	shown := ""
	p.await(t, func(p *page) bool {
		shown = p.display("stopped")
		return shown != ""
	})
	if r.Stopped == "" || r.Done == 0 || r.Done == 1000 || !strings.Contains(shown, fmt.Sprintf("%d of 1,000 items", r.Done)) {
		t.Errorf("%d items done, stopped %q:\n%s", r.Done, r.Stopped, shown)
	}
	if v := ready(t, x, 3, "fmt.Println(out, live.Load())").out.String(); v != "[7] 0\n" {
		t.Errorf("after the interrupt: %s", v)
	}
}

// A channel that is never closed waits, visibly, and can be interrupted.
func TestChannelThatIsNeverClosed(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "ch := make(chan int, 3)\nch <- 1\nch <- 2\nfunc double(n int) int { return 2 * n }")
	interrupted(t, x, 2, "out := %vectorize -w 2 double ch", func(p *page) bool { return strings.Contains(p.err.String(), "deadlock") })
	if v := ready(t, x, 3, "double(21)").value.Data["text/plain"]; v != "42" {
		t.Errorf("after the interrupt: %v", v)
	}
}

// interrupted runs a cell, interrupts it once the page is as wanted, and
// returns the page; nothing but the interrupt may have ended the cell.
func interrupted(t *testing.T, x *executor, count int, code string, wanted func(*page) bool) *page {
	t.Helper()
	p, ended := &page{}, make(chan *kernel.CellError, 1)
	go func() {
		ended <- x.Execute(context.Background(), kernel.ExecuteRequest{Code: code, Count: count, CellID: fmt.Sprint("cell", count)}, p).Err
	}()
	p.await(t, wanted)
	x.Interrupt()
	p.failure = <-ended
	if p.failure == nil || p.failure.Name != "Interrupt" {
		t.Fatalf("%+v\n%s", p.failure, p.sections())
	}
	return p
}

// await waits until the page is as wanted, which is asked with its lock held.
func (p *page) await(t *testing.T, wanted func(*page) bool) {
	t.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		p.mu.Lock()
		ok := wanted(p)
		p.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			t.Fatalf("not shown: %s", p.sections())
		}
	}
}

// display returns the text of the first display that has a part, "" for none.
// The caller holds p.mu.
func (p *page) display(part string) string {
	for _, b := range p.shown {
		if text := fmt.Sprint(b.Data["text/plain"]); strings.Contains(text, part) {
			return text
		}
	}
	return ""
}

// --self-contained writes the charts' library into the output.
func TestSelfContained(t *testing.T) {
	x := testExecutor(t)
	ready(t, x, 1, "func work(n int) int { time.Sleep(time.Millisecond); return n }")
	html := func(p *page) string {
		for _, b := range p.shown {
			if b.Data[reportType] != nil {
				return fmt.Sprint(b.Data["text/html"])
			}
		}
		return ""
	}
	first := html(ready(t, x, 2, "%vectorize -w 2 work 20"))
	second := html(ready(t, x, 3, "%vectorize -w 2 work 20"))
	whole := html(ready(t, x, 4, "%vectorize -w 2 --self-contained work 20"))
	if len(second) > len(first)/2 || len(whole) < len(second)+100_000 {
		t.Errorf("charts of %d, %d and, self-contained, %d bytes", len(first), len(second), len(whole))
	}
	for _, page := range []string{first, second, whole} {
		if strings.Contains(page, "src=\"http") || strings.Contains(page, "href=\"http") {
			t.Error("a chart loads something from the network")
		}
	}
}
