package magics

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

func TestRunGoesThroughThePartsInOrder(t *testing.T) {
	value := display.Text("42")
	f := &fake{value: &value, dir: "/work"}
	p := &page{}
	parts := []Part{
		{Kind: Go, Text: "x := 1\n", Line: 1, Col: 1},
		{Kind: LineMagic, Name: "pwd", Line: 2, Col: 5},
		{Kind: Go, Text: "x", Line: 3, Col: 1},
	}
	if err := (&Runner{Eval: f}).Run(t.Context(), parts, p); err != nil {
		t.Fatal(err)
	}
	want := []string{`exec 1:1 last=false "x := 1\n"`, `exec 3:1 last=true "x"`}
	if !slices.Equal(f.log, want) {
		t.Errorf("session saw %q, want %q", f.log, want)
	}
	if !slices.Equal(p.results, []string{"42"}) {
		t.Errorf("results %q: only the last part's value is shown", p.results)
	}
}

func TestRunStopsAtTheFirstError(t *testing.T) {
	f := &fake{}
	parts := []Part{{Kind: Go, Text: "fail()"}, {Kind: Go, Text: "never()"}}
	if err := (&Runner{Eval: f}).Run(t.Context(), parts, &page{}); err == nil || len(f.log) != 1 {
		t.Errorf("error %v after %q", err, f.log)
	}
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("interrupted")
	cancel(why)
	f := &fake{}
	if err := (&Runner{Eval: f}).Run(ctx, []Part{{Kind: Go, Text: "x"}}, &page{}); !errors.Is(err, why) || len(f.log) > 0 {
		t.Errorf("error %v after %q, want the cause before anything ran", err, f.log)
	}
}

func TestRunCellKeepsTheHistory(t *testing.T) {
	value := display.Text("42")
	r := &Runner{Eval: &fake{value: &value}}
	for i, code := range []string{"a", "b", "a"} {
		c := Cell{Code: code, Parts: []Part{{Kind: Go, Text: code}}, Count: i + 1, StoreHistory: true}
		if err := r.RunCell(t.Context(), c, &page{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.RunCell(t.Context(), Cell{Code: "hidden", Parts: []Part{{Kind: Go}}}, &page{}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		req  HistoryRequest
		want string
	}{
		{HistoryRequest{AccessType: "tail", N: 2}, "2 b; 3 a"},
		{HistoryRequest{AccessType: "tail"}, ""},
		{HistoryRequest{AccessType: "tail", N: 9, Output: true}, "1 a=42; 2 b=42; 3 a=42"},
		{HistoryRequest{AccessType: "range", Start: 2, Stop: 3}, "2 b"},
		{HistoryRequest{AccessType: "range", Start: -2, Stop: -1}, "2 b"},
		{HistoryRequest{AccessType: "range", Session: -1}, ""},
		{HistoryRequest{AccessType: "search", Pattern: "?", Unique: true}, "2 b; 3 a"},
		{HistoryRequest{AccessType: "search", Pattern: "a*", N: 1}, "3 a"},
		{HistoryRequest{AccessType: "search", Pattern: "["}, ""},
	} {
		var got []string
		for _, e := range r.History.Request(c.req) {
			s := strings.TrimSpace(string(rune('0'+e.Line)) + " " + e.Input)
			if e.Output != "" {
				s += "=" + e.Output
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%+v: %q, want %q", c.req, strings.Join(got, "; "), c.want)
		}
	}
}

func TestErrorsNameTheNearest(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"%timit f()", "no magic %timit (did you mean %timeit?)"},
		{"x := %vectorise f xs", "no magic %vectorise (did you mean %vectorize?)"},
		{"%%bsh\nls", "no magic %%bsh (did you mean %%bash?)"},
		{"%xyzzyplugh", "no magic %xyzzyplugh (%lsmagic lists them)"},
		{"%bash ls", "%bash: takes a whole cell (write %%bash on the first line of a cell)"},
		{"%%who\nx", "%%who: takes one line only (write %who)"},
		{"%timeit -x f()", "%timeit has no option -x (did you mean -n?)"},
		{"%vectorize --worker 4 f xs", "%vectorize has no option --worker (did you mean --workers?)"},
		{"%vectorize --quiet=1 f xs", "%vectorize: --quiet takes no value (leave out =1)"},
		{"%timeit -n", "%timeit: -n wants a value: N (loops a run; without it powers of ten are tried until a run takes 0.2 s)"},
		{"%timeit -n ten f()", "%timeit: ten is no number for -n (a whole number from 0 on)"},
		{"%timeit -r0 f()", "%timeit: 0 is no number for -r (a whole number from 1 on)"},
		{"%timeit -v -n 3 f()", "%timeit: -n is no name for -v (-v NAME keeps the timing in the variable NAME)"},
		{"%timeit -q", "%timeit: has no statement to time (usage: %timeit [options] STATEMENT)"},
		{"%%time f()\ng()", "%%time: Can't use statement directly after '%%time'! (put it on the next line)"},
		{"x := %who", "%who: has no value to assign (leave out x :=)"},
		{"x := %lsmagic", "%lsmagic: has no value to assign (leave out x :=)"},
		{"%tier compield", "%tier: compield is no tier (did you mean compiled?)"},
		{"%tier 7", "%tier: 7 is no tier (one of auto, interp, compiled)"},
		{"%vectorize", "%vectorize: wants a function and its items (usage: %vectorize [options] FUNC ITEMS [ARGS…])"},
		{"%vectorize f", "%vectorize: wants items for f (usage: %vectorize [options] FUNC ITEMS [ARGS…])"},
		{"%vectorize f,,xs", "%vectorize: an argument is empty (take out a comma)"},
		{"%vectorize -w 1,2 f xs", "%vectorize: several numbers of workers want --compare (add --compare, or choose one)"},
		{"%vectorize -w -2 f xs", "%vectorize: -2 is no number for --workers (whole numbers from -1 on, with commas between)"},
		{"%vectorize -c 0 f xs", "%vectorize: 0 is no chunk (auto, or a whole number from 1 on)"},
		{"%vectorize --errors stop,collect f xs", "%vectorize: --errors does not take stop,collect (one of stop, collect)"},
		{"%vectorize --tier interp,compiled f xs", "%vectorize: a list of tiers wants --compare (add --compare, or choose one)"},
		{"%vectorize --timeout soon f xs", "%vectorize: soon is no duration (such as 500ms, 10s or 1m30s)"},
		{"%vectorize -r 2 f xs", "%vectorize: -r repeats the runs of --compare (add --compare, or leave out -r 2)"},
		{"y := %vectorize -o x f xs", "%vectorize: -o x and y := both name the result (leave one out)"},
		{"a, b, c := %vectorize f xs", "%vectorize: gives a result and an error, not 3 values (out, err := %vectorize …)"},
		{"%%vectorize f\nfor {}", "%%vectorize: over a cell takes options only, not f (write the loop on the lines below)"},
		{"%%vectorize -w 4\n", "%%vectorize: the cell holds no loop (write the loop on the lines below)"},
		{"%compare", "%compare: no timings have been taken yet (usage: %compare [-n N] [-r R] [LABEL: EXPRESSION])"},
		{"%reset everything", "%reset: can't reset everything (usage: %reset [-f] [-s] [in] [out] [dhist])"},
		{"%env NOWHERE", "%env: the environment has no NOWHERE (%env NOWHERE=VALUE sets it)"},
		{"%run x.go", "no magic %run (write !go run FILE for a program; what cells use belongs into cells, or into a package that they import)"},
		{"%cat x.go", "no magic %cat (write !cat …)"},
		{"%%perl\nprint 1", "no magic %%perl (write %%script perl on the first line)"},
		{"%history 0", "%history: 0 is no range of this session's cells (usage: %history [options] [RANGE…])"},
	} {
		_, err := use(t, &Runner{Eval: &fake{}}, c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestErrorsHaveTheirPlace(t *testing.T) {
	_, err := use(t, &Runner{Eval: &fake{}}, "x := %timeit  -n ten f()")
	var e *UsageError
	if !errors.As(err, &e) || e.Line != 1 || e.Col != 18 {
		t.Errorf("error %+v, want one at 1:18", err)
	}
	_, err = use(t, &Runner{Eval: &fake{}}, "x := %timit f()")
	var u *UnknownError
	if !errors.As(err, &u) || u.Line != 1 || u.Col != 6 || u.Nearest != "%timeit" {
		t.Errorf("error %+v, want one at 1:6", err)
	}
}

// What stands in place of IPython's magics is said only of those that are not
// there.
func TestElsewhereNamesNoMagic(t *testing.T) {
	for _, cmd := range table() {
		for _, name := range append([]string{cmd.name}, cmd.aliases...) {
			if elsewhere[name] != "" {
				t.Errorf("%s is a magic", name)
			}
		}
	}
	r, p := &Runner{Eval: &fake{}}, &page{}
	if err := r.Run(t.Context(), []Part{{Kind: Help}}, p); err != nil || p.stdout != must(t, r, "%help").stdout {
		t.Errorf("? prints %q, error %v", p.stdout, err)
	}
}

func TestEveryMagicHasUsageAndHelp(t *testing.T) {
	r := &Runner{Eval: &fake{}}
	all := must(t, r, "%help").stdout
	listed := must(t, r, "%lsmagic").results[0]
	for _, cmd := range table() {
		if cmd.help == "" || !cmd.line && !cmd.cell {
			t.Errorf("%s: no help, or no form", cmd.name)
		}
		if !strings.Contains(all, cmd.signs()+" ") || !strings.Contains(listed, cmd.name) {
			t.Errorf("%s is not listed", cmd.name)
		}
		if cmd.name == "ls" {
			continue
		}
		text := "%" + cmd.name + " -h"
		if !cmd.line {
			text = "%" + text + "\n"
		}
		usage := must(t, r, text).stdout
		for _, f := range cmd.flags {
			if !strings.Contains(usage, f.spelling()) || !strings.Contains(usage, f.help) {
				t.Errorf("%s -h does not show %s:\n%s", cmd.name, f.spelling(), usage)
			}
		}
		if !strings.Contains(usage, cmd.name) || must(t, r, "%help "+cmd.name).stdout != usage {
			t.Errorf("%%help %s is not its usage:\n%s", cmd.name, usage)
		}
	}
}

func TestQuestions(t *testing.T) {
	r := &Runner{Eval: &fake{}}
	p := &page{}
	parts := []Part{{Kind: Help, Text: "strings.Fields", Detail: 1}, {Kind: Help, Text: "nothing"}, {Kind: Help, Text: "%%bash"}}
	if err := r.Run(t.Context(), parts, p); err != nil {
		t.Fatal(err)
	}
	if len(p.displays) != 2 || p.displays[0].Data["text/plain"] != "doc of strings.Fields 1" {
		t.Fatalf("shown: %v", p.displays)
	}
	if text := p.displays[1].Data["text/plain"].(string); !strings.HasPrefix(text, "%%bash [options]") {
		t.Errorf("%%%%bash? shows %q", text)
	}
	if p.stdout != "Object `nothing` not found.\n" {
		t.Errorf("printed %q", p.stdout)
	}
}

func TestTimeitOptions(t *testing.T) {
	wall := func(s float64) Sample { return Sample{Wall: seconds(s), User: seconds(s / 4), Sys: seconds(s / 4)} }
	f := &fake{script: []Sample{wall(0.4)}}
	r := &Runner{Eval: f}

	if p := must(t, r, "x := %timeit -n 4 f()"); len(f.assigned) != 1 || p.stdout == "" {
		t.Errorf("x := %%timeit assigns %v, prints %q", f.assigned, p.stdout)
	} else if timing, ok := f.assigned[0].Value.(*vectorizer.Timing); !ok || timing.Loops != 4 || timing.Repeat != 7 {
		t.Errorf("assigned %v", f.assigned[0].Value)
	}
	if p := must(t, r, "%timeit -qo -n4 f()"); p.stdout != "" || len(p.results) != 1 ||
		p.results[0] != "<TimeitResult : 100 ms ± 0 ns per loop (mean ± std. dev. of 7 runs, 4 loops each)>" {
		t.Errorf("-qo prints %q, shows %q", p.stdout, p.results)
	}
	if p := must(t, r, "%timeit -c -n4 -r1 f()"); !strings.HasPrefix(p.stdout, "50 ms ") {
		t.Errorf("-c prints %q, want the CPU time", p.stdout)
	}
	must(t, r, "%timeit -v kept -n1 f()")
	if last := f.log[len(f.log)-1]; !strings.HasPrefix(last, "assign 1:12 kept := 400 ms") {
		t.Errorf("-v: %s", last)
	}
	f.compile = seconds(0.56)
	if p := must(t, r, "%timeit -n1 -r1 f()"); !strings.HasSuffix(p.stdout, "each)\nCompiler time: 0.56 s\n") {
		t.Errorf("compile time: %q", p.stdout)
	}
}

func TestTimeitOfACellHasSetup(t *testing.T) {
	f := &fake{script: []Sample{{Wall: seconds(1)}}}
	must(t, &Runner{Eval: f}, "%%timeit -r 1 xs := load()\nsum(xs)\nmore()\n")
	want := `timer sum(xs) … setup 1:15 "xs := load()" stmt 2:1 "sum(xs)\nmore()\n"`
	if f.log[0] != want {
		t.Errorf("got  %s\nwant %s", f.log[0], want)
	}
}

func TestTimeitStopsAtAnError(t *testing.T) {
	f := &fake{script: []Sample{{}}, runErr: errors.New("it failed")}
	p, err := use(t, &Runner{Eval: f}, "%timeit f()")
	if err == nil || p.stdout != "" || len(f.loops) != 1 || f.closed != 1 {
		t.Errorf("error %v, printed %q, %d runs, closed %d", err, p.stdout, len(f.loops), f.closed)
	}
}

func TestTimeitWithWorkers(t *testing.T) {
	f := &fake{script: []Sample{{Wall: seconds(0.5)}}}
	p := must(t, &Runner{Eval: f}, "%timeit -r1 -w 1,2 f()")
	want := "1 worker: 500 ms ± 0 ns per loop (mean ± std. dev. of 1 run, 1 loop each)\n" +
		"2 workers: 500 ms ± 0 ns per loop (mean ± std. dev. of 1 run, 1 loop each)\n"
	if p.stdout != want || len(p.displays) != 1 {
		t.Errorf("printed %q, %d charts", p.stdout, len(p.displays))
	}
	if text := p.displays[0].Data["text/plain"].(string); !strings.Contains(text, "loops/s") {
		t.Errorf("chart without throughput: %s", text)
	}
}

func TestTimeOnce(t *testing.T) {
	value := display.Text("7")
	f := &fake{value: &value}
	r := &Runner{Eval: f}
	if p := must(t, r, "%time f(x)"); !slices.Equal(p.results, []string{"7"}) {
		t.Errorf("results %q", p.results)
	}
	must(t, r, "y := %time f(x)")
	must(t, r, "%time z := f(x)")
	must(t, r, "%%time\nf()\ng()")
	want := []string{`timed 1:7 "f(x)"`, `timed 1:1 "y :=       f(x)"`, `timed 1:7 "z := f(x)"`, `timed 2:1 "f()\ng()"`}
	if !slices.Equal(f.log, want) {
		t.Errorf("session saw\n%q, want\n%q", f.log, want)
	}
}

func TestTimeOfACellWithMagics(t *testing.T) {
	f := &fake{dir: "/here"}
	r := &Runner{Eval: f, Split: func(body string) ([]Part, error) {
		if body != "\nf()\n%pwd" {
			t.Errorf("asked to split %q", body)
		}
		return []Part{{Kind: Go, Text: "f()\n", Line: 2, Col: 1}, {Kind: LineMagic, Name: "pwd", Line: 3, Col: 5}}, nil
	}}
	p := must(t, r, "%%time\nf()\n%pwd")
	if !strings.HasPrefix(p.stdout, "Wall time: ") || !slices.Equal(p.results, []string{"/here"}) {
		t.Errorf("printed %q, results %q", p.stdout, p.results)
	}
	if f.log[0] != `exec 2:1 last=false "f()\n"` {
		t.Errorf("session saw %s: the body starts in line 2", f.log[0])
	}
}

func TestCompare(t *testing.T) {
	f := &fake{script: []Sample{{Wall: seconds(0.4)}}}
	r := &Runner{Eval: f}
	p := must(t, r, "%%compare -n 1 -r 1\nslow: f(map[string]int{\n\t\"a\": 1,\n})\n\n// a note\n\"two words\": g(x[1:2])\nh(); y := 2\n")
	want := []string{
		`timer slow setup 0:0 "" stmt 2:7 "f(map[string]int{\n\t\"a\": 1,\n})"`,
		`timer two words setup 0:0 "" stmt 7:14 "g(x[1:2])"`,
		`timer h(); y := 2 setup 0:0 "" stmt 8:1 "h(); y := 2"`,
	}
	if !slices.Equal(f.log, want) {
		t.Errorf("session saw\n%s\nwant\n%s", strings.Join(f.log, "\n"), strings.Join(want, "\n"))
	}
	text := p.displays[0].Data["text/plain"].(string)
	if !strings.Contains(text, "two words") || !strings.Contains(text, "speedup") || p.stdout != "" {
		t.Errorf("table %s, printed %q", text, p.stdout)
	}
	if again := must(t, r, "%compare"); again.displays[0].Data["text/plain"] != text {
		t.Errorf("%%compare without lines shows %v, want the timings taken so far", again.displays[0].Data["text/plain"])
	}
}
