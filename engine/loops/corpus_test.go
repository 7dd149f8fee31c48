package loops

import (
	"slices"
	"strings"
	"testing"
)

// runner is the program that runs every accepted loop sequentially and in
// parallel and compares the results.
const runner = `package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/vectorizer"
/*imports*/)

var cases = []struct {
	name          string
	seq, par, cmp func(int) any
	fails         string
}{
/*table*/}

func try(f func(int) any, n int) (out any, failed string) {
	defer func() {
		if v := recover(); v != nil {
			s := fmt.Sprint(v)
			if i := strings.Index(s, "panic: "); i >= 0 {
				s = s[i+7:]
			}
			failed = "panic: " + strings.TrimPrefix(s, "runtime error: ")
		}
	}()
	return f(n), ""
}

// compare runs a loop with --compare: it must report equal results and leave
// those of the sequential loop.
func compare(name string, seq, cmp func(int) any) (bad int) {
	for _, n := range []int{0, 500} {
		var report *vectorizer.Report
		s := &parallel.Settings{Compare: true, Repeat: 2, Workers: []int{1, 3}, Report: func(r *vectorizer.Report) { report = r }}
		parallel.Provide(func(string) *parallel.Settings { return s })
		want, wantFail := try(seq, n)
		got, gotFail := try(cmp, n)
		if equal, why := vectorizer.EqualValues(want, got); !equal || wantFail != gotFail {
			fmt.Printf("%s compared: %d items: %s (%q, %q)\n", name, n, why, wantFail, gotFail)
			bad++
		}
		if gotFail == "" && (report == nil || report.Equal == nil || len(report.Runs) != 3) {
			fmt.Printf("%s compared: %d items: no comparison in the report\n", name, n)
			bad++
		} else if gotFail == "" && !*report.Equal && !strings.HasPrefix(name, "reduce-item-sum") {
			fmt.Printf("%s compared: %d items: reported unequal: %s\n", name, n, report.Difference)
			bad++
		}
	}
	return bad
}

func main() {
	bad := 0
	for _, c := range cases {
		for _, n := range []int{0, 1, 2, 7, 10000} {
			want, wantFail := try(c.seq, n)
			if c.fails != "" && n >= 2 {
				want, wantFail = nil, c.fails
			} else if c.fails != "" {
				continue
			}
			for _, w := range []int{1, 2, 3, 8} {
				s := &parallel.Settings{Workers: []int{w}}
				if w == 3 {
					s.Chunk = 1 + n/50
				}
				parallel.Provide(func(string) *parallel.Settings { return s })
				got, gotFail := try(c.par, n)
				equal, why := vectorizer.EqualValues(want, got)
				if gotFail != wantFail {
					fmt.Printf("%s: %d items, %d workers: failed %q, sequentially %q\n", c.name, n, w, gotFail, wantFail)
					bad++
				} else if !equal {
					fmt.Printf("%s: %d items, %d workers: %s\n", c.name, n, w, why)
					bad++
				}
			}
		}
	}
	for _, c := range cases {
		if c.cmp != nil && c.fails == "" {
			bad += compare(c.name, c.seq, c.cmp)
		}
	}
	fmt.Printf("%d loops, %d differences\n", len(cases), bad)
	if bad > 0 {
		os.Exit(1)
	}
}
`

// TestCorpus holds every loop of the corpus to what is expected of it: the
// exact refusal, or results equal to the sequential loop's for every number of
// workers and items.
func TestCorpus(t *testing.T) {
	programs := load(t, "testdata/*.txtar")
	accepted := 0
	names := map[string]bool{}
	for _, p := range programs {
		if names[p.name] {
			t.Errorf("two cases are called %s", p.name)
		}
		names[p.name] = true
		p.analyse(t)
		if p.want == "?" {
			t.Errorf("%s: expectation missing; got %v", p.name, p.refusal)
			continue
		}
		switch {
		case p.refusal != nil && p.refusal.Error() != p.want:
			t.Errorf("%s:\n got refusal: %s\n want:        %s", p.name, p.refusal.Error(), orAccepted(p.want))
		case p.refusal == nil && p.want != "":
			t.Errorf("%s: accepted\n want: %s", p.name, p.want)
		case p.plan != nil:
			accepted++
			if said := append(slices.Clone(p.plan.Warnings), p.plan.Notes...); !slices.Equal(said, p.notes) {
				t.Errorf("%s:\n got notes: %q\n want:      %q", p.name, said, p.notes)
			}
		}
	}
	t.Logf("%d loops, %d accepted", len(programs), accepted)
	if len(programs) < 120 {
		t.Errorf("the corpus has %d loops; at least 120 are promised", len(programs))
	}
	t.Log(strings.TrimSpace(build(t, programs, runner)))
}

func orAccepted(s string) string {
	if s == "" {
		return "accepted"
	}
	return s
}
