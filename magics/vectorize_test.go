package magics

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

func TestVectorizeSpec(t *testing.T) {
	status := WorkerStatus{Cores: 8, Limit: 5.5}
	for _, c := range []struct {
		text string
		want func(*VectorizeSpec)
	}{
		{"%vectorize tokenize texts", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"tokenize", 1, 12}, Fragment{"texts", 1, 21}
		}},
		{"out, err := %vectorize -w 4 -c 16 f, xs, n + 1, m", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 35}, Fragment{"xs", 1, 38}
			s.Args = []Fragment{{"n + 1", 1, 42}, {"m", 1, 49}}
			s.Result, s.Op, s.LHS = []string{"out", "err"}, ":=", Fragment{"out, err", 1, 1}
			s.Workers, s.Chunk = []int{4}, 16
		}},
		{"%vectorize -qo name --errors=collect --timeout 1m30s --force --self-contained --tier interp -- f xs", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 96}, Fragment{"xs", 1, 98}
			s.Result, s.Op, s.LHS = []string{"name"}, ":=", Fragment{"name", 1, 16}
			s.Quiet, s.Collect, s.Force, s.SelfContained, s.Tier, s.Timeout = true, true, true, true, "interp", 90*time.Second
		}},
		{"%vectorize --init func(rank int) S { return S{rank} } --each func(i int, r R) { show(i, r) } f xs", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 94}, Fragment{"xs", 1, 96}
			s.Init, s.Each = Fragment{"func(rank int) S { return S{rank} }", 1, 19}, Fragment{"func(i int, r R) { show(i, r) }", 1, 62}
		}},
		{"%vectorize -w -1 f xs", func(s *VectorizeSpec) {
			s.Func, s.Items, s.Workers = Fragment{"f", 1, 18}, Fragment{"xs", 1, 20}, []int{-1}
		}},
		{"%vectorize --compare -r 5 --tier interp,compiled f xs", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 50}, Fragment{"xs", 1, 52}
			s.Compare, s.Repeat, s.Tier, s.Workers = true, 5, "interp,compiled", []int{1, 2, 4, 6}
		}},
		{"%vectorize --compare -w 5 f xs", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 27}, Fragment{"xs", 1, 29}
			s.Compare, s.Workers = true, []int{1, 2, 4, 5}
		}},
		{"%vectorize --compare -w 8,1,-1,8 f xs", func(s *VectorizeSpec) {
			s.Func, s.Items = Fragment{"f", 1, 34}, Fragment{"xs", 1, 36}
			s.Compare, s.Workers = true, []int{1, 6, 8}
		}},
		{"%%vectorize -w 2\nfor _, x := range xs {\n}\n", func(s *VectorizeSpec) {
			s.Loop, s.Workers = Fragment{"for _, x := range xs {\n}\n", 2, 1}, []int{2}
		}},
	} {
		want := VectorizeSpec{Tier: "auto", Repeat: 3}
		c.want(&want)
		f := &fake{workers: status}
		must(t, &Runner{Eval: f}, c.text)
		got := f.spec
		if got.LHS.Text == "" {
			got.LHS = Fragment{}
		}
		if len(got.Args) == 0 {
			got.Args = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", c.text, got, want)
		}
	}
}

func TestLoopSpec(t *testing.T) {
	r := &Runner{Eval: &fake{}}
	loop := Fragment{"for range xs {}", 4, 2}
	spec, err := r.LoopSpec(t.Context(), Fragment{"-w 4 --force", 3, 24}, loop)
	if err != nil || spec.Loop != loop || !slices.Equal(spec.Workers, []int{4}) || !spec.Force {
		t.Errorf("%+v, %v", spec, err)
	}
	_, err = r.LoopSpec(t.Context(), Fragment{"--wokers 4", 3, 24}, loop)
	var e *UnknownError
	if !errors.As(err, &e) || e.Line != 3 || e.Col != 24 || e.Nearest != "--workers" {
		t.Errorf("error %v, want one at 3:24", err)
	}
}

func TestVectorizeShowsReportAndValue(t *testing.T) {
	value := display.Text("[1 2]")
	report := &vectorizer.Report{Kind: "run", Items: 2, Workers: 2, Tier: "compiled", WallS: 0.1, Done: 2, Verdict: []string{}}
	f := &fake{result: Vectorized{Report: report, Value: &value}}
	r := &Runner{Eval: f}

	p := must(t, r, "%vectorize f xs")
	if len(p.displays) != 1 || p.displays[0].Data[vectorizer.ReportMIME] == nil || !slices.Equal(p.results, []string{"[1 2]"}) {
		t.Errorf("displays %d, results %q", len(p.displays), p.results)
	}
	if p = must(t, r, "%vectorize -q f xs"); len(p.displays) != 0 {
		t.Errorf("-q shows a report")
	}
	if p = must(t, r, "out := %vectorize f xs"); len(p.results) != 0 || len(f.assigned) != 0 {
		t.Errorf("an assigned result is shown %q or assigned twice %v", p.results, f.assigned)
	}
	f.vecErr = errors.New("item 1 failed")
	if p, err := use(t, r, "%vectorize f xs"); !errors.Is(err, f.vecErr) || len(p.displays) != 1 || len(p.results) != 0 {
		t.Errorf("error %v, %d displays, results %q: a failed run shows what was done", err, len(p.displays), p.results)
	}
}

func TestProgress(t *testing.T) {
	now := time.Unix(0, 0)
	at := func(d time.Duration) { now = time.Unix(0, 0).Add(d) }
	p := &page{}
	r := &Runner{Now: func() time.Time { return now }}
	bar := newProgress(&run{Runner: r, out: p})
	for _, s := range []struct {
		at   time.Duration
		done int
	}{
		{9 * time.Second, 5}, // the loop was compiled until then
		{9999 * time.Millisecond, 10}, {10 * time.Second, 25}, {10050 * time.Millisecond, 26}, {10100 * time.Millisecond, 27}, {11 * time.Second, 45},
	} {
		at(s.at)
		bar.update(s.done, 100)
	}
	bar.remove()
	bar.update(60, 100)
	var got []string
	for i, b := range p.displays {
		if b.ID == "" || b.ID != p.displays[0].ID || b.Update != (i > 0) {
			t.Errorf("display %d has id %q, update %t", i, b.ID, b.Update)
		}
		got = append(got, b.Data["text/plain"].(string))
	}
	want := []string{
		"[#######                       ] 25 of 100 items · 20 items/s · 4s left",
		"[########                      ] 27 of 100 items · 20 items/s · 4s left",
		"[#############                 ] 45 of 100 items · 20 items/s · 3s left",
		"",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestProgressOfShortAndUnknownWork(t *testing.T) {
	now := time.Unix(0, 0)
	p := &page{}
	x := &run{Runner: &Runner{Now: func() time.Time { return now }}, out: p}
	for what, events := range map[string][]int{
		"one event":            {100},
		"the end after a wait": {1, 50, 100},
		"a loop run again":     {50, 1, 2},
	} {
		bar := newProgress(x)
		for _, done := range events {
			now = now.Add(600 * time.Millisecond)
			bar.update(done, 100)
		}
		bar.remove()
		if len(p.displays) != 0 {
			t.Errorf("%s shows %v", what, p.displays)
			p.displays = nil
		}
	}
	if text := barBundle(30, -1, 15).Data["text/plain"]; text != "30 items · 15 items/s" {
		t.Errorf("unknown total: %q", text)
	}
}
