package engine

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/wire"
)

// cell runs a cell and returns what it printed, its result, and its error.
func cell(t testing.TB, s *Session, n int, text string) (out, result string, err error) {
	t.Helper()
	rec := &recorder{}
	b, err := s.Exec(t.Context(), s.Begin(n, text, rec), Source{Text: text, Line: 1, Col: 1})
	if b != nil {
		result, _ = b.Data["text/plain"].(string)
	}
	return rec.stdout(), result, err
}

// lastTier is the tier of the latest cell, and why.
func lastTier(s *Session) TierEntry { return s.cells[len(s.cells)-1] }

const interpretDecls = `
type Point struct{ X, Y int }
func (p Point) Norm() int { return p.X*p.X + p.Y*p.Y }
func (p *Point) Scale(n int) { p.X *= n; p.Y *= n }
func double(n int) int { return 2 * n }
func fall(xs []int) int { return xs[len(xs)] }
func fail() (int, error) { return 3, fmt.Errorf("sorry") }
var shared = 10
`

// TestInterpreted holds what a person sees of interpreted cells: values,
// errors, panics with their lines, and variables that compiled cells share.
func TestInterpreted(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	cells := []struct{ text, out, result, err string }{
		{"1 + 1", "", "2", ""},
		{interpretDecls, "", "", ""},
		{"x := double(21)\nx", "", "42", ""},
		{"p := Point{3, 4}\np.Scale(2)\np", "", "{X:6 Y:8}", ""},
		{"fmt.Println(p.Norm(), shared)", "100 10\n", "", ""},
		{"shared += x\nshared", "", "52", ""},
		{"1 << 70", "", "1180591620717411303424", ""},
		{"'a'", "", "97", ""},
		{"fail()", "", "", "sorry"},
		{"n, err := fail()\nerr", "", "sorry", ""},
		{"strconv.Atoi(\"12\")", "", "12", ""},
		{"strings.Cut(\"a=b\", \"=\")", "", "a b true", ""},
		{"x = 1\n\nfall([]int{x})", "", "", "panic: runtime error: index out of range [1] with length 1"},
		{"y := 5\nz := []int{}[y]", "", "", "panic: runtime error: index out of range [5] with length 0"},
		{"y", "", "5", ""},
		{"x / (x - 1)", "", "", "panic: runtime error: integer divide by zero"},
		{"x := \"now text\"\nx + \"!\"", "", "now text!", ""},
	}
	for i, c := range cells {
		out, result, err := cell(t, s, i+1, c.text)
		msg := ""
		if err != nil {
			msg = err.Error()
		}
		if out != c.out || result != c.result || msg != c.err {
			t.Errorf("%s\ngot %q %q %q\nwant %q %q %q", c.text, out, result, msg, c.out, c.result, c.err)
		}
		if i != 1 && lastTier(s).Tier != tierInterpreted {
			t.Errorf("%s\nwas compiled: %s", c.text, lastTier(s).Why)
		}
	}
	if _, _, err := cell(t, s, 99, "z"); err == nil || !strings.Contains(err.Error(), "undefined: z") {
		t.Errorf("z was not reached, yet it is declared: %v", err)
	}
}

// TestInterpretedDisplay shows things from interpreted cells.
func TestInterpretedDisplay(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	text := "display.Display(display.HTML(\"<b>x</b>\"))\nb := display.Markdown(\"*y*\")\nb"
	rec := &recorder{}
	b, err := s.Exec(t.Context(), s.Begin(1, text, rec), Source{Text: text, Line: 1, Col: 1})
	if err != nil || lastTier(s).Tier != tierInterpreted {
		t.Fatalf("%v %v", err, lastTier(s))
	}
	if len(rec.shown) != 1 || rec.shown[0].Data["text/html"] != "<b>x</b>" || b == nil || b.Data["text/markdown"] != "*y*" {
		t.Errorf("shown %v, result %v", rec.shown, b)
	}
	if same, result, err := cell(t, s, 2, "reflect.DeepEqual([]int{1}, []int{1})"); err != nil || result != "true" || lastTier(s).Tier != tierInterpreted {
		t.Errorf("%s %q %v %v", same, result, err, lastTier(s))
	}
}

// TestInterpretedPanicLines wants the lines of a panic in a call.
func TestInterpretedPanicLines(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	cell(t, s, 1, interpretDecls)
	if err := s.builder.wait(t.Context()); err != nil { // meanwhile fall would be interpreted, and be one frame with its call
		t.Fatal(err)
	}
	_, _, err := cell(t, s, 2, "x := 1\n\nfor i := range 3 {\n\tx += i\n\tif i == 2 {\n\t\tfall([]int{i})\n\t}\n}")
	var re *RuntimeError
	if !errors.As(err, &re) {
		t.Fatalf("got %v", err)
	}
	var at []int
	for _, f := range re.Frames {
		at = append(at, f.Cell, f.Line)
	}
	if !slices.Equal(at, []int{1, 6, 2, 6}) || re.Frames[0].Func != "fall" {
		t.Errorf("frames %v", re.Frames)
	}
}

// TestInterpretedPanicOwnLines wants the lines of panics in operators.
func TestInterpretedPanicOwnLines(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	cell(t, s, 1, "var held any = 3\nlist := []int{1}")
	for i, text := range []string{"\nheld.(string)", "\ny := held.(string)", "\nz := any(list) == any(list)", "n := -1\nw := 1 << n"} {
		_, _, err := cell(t, s, i+2, text)
		var re *RuntimeError
		if !errors.As(err, &re) || len(re.Frames) == 0 || re.Frames[0].Cell != i+2 || re.Frames[0].Line != 2 || lastTier(s).Tier != tierInterpreted {
			t.Errorf("%s: %v, %+v", text, err, re)
		}
	}
}

// TestInterpretedPanicLine wants the line marked "here" of panics in cells whose
// statements don't each tell where they stand.
func TestInterpretedPanicLine(t *testing.T) {
	sessions := map[string]*Session{"with a toolchain": newTestSession(t, testEngine(t)), "without": bareTestSession(t)}
	cells := []string{
		"xs := []int{1, 2}\nfor i := 0; i < 3; i++ {\n\txs[0] += xs[i] // here\n}",
		"xs := []int{1, 2}\ni := 0\nfor {\n\txs[0]++\n\ti++\n\txs[i]++ // here\n}",
		"xs := []int{1, 2}\nfor i := range 2 {\n\txs[i]++\n}\n_ = xs[len(xs)] // here",
		"xs := []int{1, 2}\nfor i := range 0 {\n\txs[i]++\n}\nys := xs[len(xs):]\n_ = ys[0] // here",
		"n, xs := 5, []int{1, 2}\nif n > 3 {\n\txs[1]++\n} else {\n\txs[0]++\n}\nfor xs[n] > 0 { // here\n\tn--\n}",
		"xs, n := []int{1, 2}, 0\nfor i := range 5 {\n\tif i%2 == 0 {\n\t\tn = xs[0] / (2 - i) // here\n\t\tcontinue\n\t}\n\txs[1] += n\n}",
		"xs, n := []int{1, 2}, 0\nfor i := range 5 {\n\tfor j := range 2 {\n\t\txs[j] += n\n\t}\n\tif i == 3 {\n\t\tbreak\n\t}\n\tn = xs[0]\n}\nxs[n/100-1]++ // here",
		"xs, n := []int{1, 2}, 2\nswitch {\ncase n > 5:\n\txs[0]++\ncase n > 1:\n\txs[n]++ // here\n}",
		"xs := []int{1, 2}\nf := func(i int) int {\n\treturn xs[i]\n}(1)\nxs[f]++ // here",
		"xs := []int{1, 2}\nfor i := range 3 {\n\tn := func() int {\n\t\treturn xs[0]\n\t}()\n\txs[i] += n // here\n}",
		"xs := []int{1, 2}\nfor i := range 3 {\n\txs[i] += func(xs []int) int { // here\n\t\treturn xs[0]\n\t}(xs)\n}",
		"xs := []int{3, 1, 2}\nsort.Slice(xs, func(i, j int) bool {\n\treturn xs[i] < xs[j]\n})\nxs[xs[2]]++ // here",
		"n, xs := 0, []int{1, 2}\nagain:\nxs[n]++ // here\nn++\ngoto again",
	}
	for name, s := range sessions {
		for i, text := range cells {
			want := 0
			for k, line := range strings.Split(text, "\n") {
				if strings.HasSuffix(line, "// here") {
					want = k + 1
				}
			}
			_, _, err := cell(t, s, i+1, "{\n"+text+"\n}")
			var re *RuntimeError
			if !errors.As(err, &re) || len(re.Frames) == 0 || re.Frames[0].Line != want+1 || lastTier(s).Tier != tierInterpreted && lastTier(s).Why != "goto" {
				t.Errorf("%s: %s\ngot %v %+v, %v", name, text, err, re, lastTier(s))
			}
		}
	}
}

// TestInterpretedAcrossTiers shares variables and redefined types between
// compiled and interpreted cells.
func TestInterpretedAcrossTiers(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for i, c := range []struct{ text, tier, result string }{
		{"type T struct{ A int }\nfunc (t T) Get() int { return t.A }", "", ""},
		{"v := T{1}\nvs := []T{v, {2}}\nm := map[string]T{\"a\": v}", tierInterpreted, ""},
		{"get := func() int { return v.A + vs[1].A + m[\"a\"].A }\nget()", tierCompiled, "4"},
		{"v.A = 10\nvs[1].A = 20\nm[\"a\"] = T{30}", tierInterpreted, ""},
		{"get()", tierInterpreted, "60"},
		{"type T struct{ A int }\nfunc (t T) Get() int { return -t.A }", "", ""},
		{"v.Get() + vs[1].Get() + m[\"a\"].Get()", tierInterpreted, "-60"},
		{"any(v).(T).A", tierInterpreted, "10"},
	} {
		_, result, err := cell(t, s, i+1, c.text)
		if err != nil || result != c.result {
			t.Errorf("%s: %q %v", c.text, result, err)
		}
		if got := lastTierOf(s); c.tier != "" && got.Tier != c.tier {
			t.Errorf("%s ran %s: %s", c.text, got.Tier, got.Why)
		}
	}
}

func lastTierOf(s *Session) TierEntry {
	if len(s.cells) == 0 {
		return TierEntry{}
	}
	return lastTier(s)
}

// TestInterpretedStops interrupts an interpreted loop: the state stays.
func TestInterpretedStops(t *testing.T) {
	h := &hostile{T: t, s: newTestSession(t, testEngine(t))}
	if err := h.s.SetTier("interp"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"n := 1\n" + begun + "for { n++ }", "m := 0\nfor { m++; fmt.Println(\"begun\"); time.Sleep(time.Hour) }"} {
		if took := h.attack(hostileCell{cell: text, interrupt: true}); took > 5*time.Second {
			t.Errorf("%s: stopped after %v", text, took)
		}
	}
	if got := h.must("n > 0 && m == 1"); got != "true" {
		t.Error(got)
	}
}

// TestInterpTier refuses what is not interpreted, with the reason.
func TestInterpTier(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	if err := s.SetTier("interp"); err != nil {
		t.Fatal(err)
	}
	_, _, err := cell(t, s, 1, "f := func() {}\nf()")
	if err == nil || err.Error() != "not interpreted: a function literal that outlives the cell; %tier auto compiles it" {
		t.Errorf("%v", err)
	}
}

// TestRefusedWithoutToolchain names what is missing and the remedy.
func TestRefusedWithoutToolchain(t *testing.T) {
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t), NoToolchain: "install Go"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, c := range [][2]string{
		{"func f(n int) { defer clear(map[int]int{n: n}) }\nf(1)", "f needs the Go toolchain, because of a builtin in defer (line 1): install Go"},
		{"x := 1\nagain:\nx++\nif x < 5 { goto again }", "this cell needs the Go toolchain, because of goto among the cell's variables (line 4): install Go"},
		{"x := 1\ngo clear(map[int]int{x: x})", "this cell needs the Go toolchain, because of a builtin in a go statement (line 2): install Go"},
		{"func g(n int) int {\n\tif n == 0 {\n\t\tvar xs []int\n\t\treturn xs[n]\n\t}\n\treturn g(n-1)\n}\ng(2)", "panic: runtime error: index out of range [0] with length 0"},
		{"func h(n int) int { return h(n+1) }\nh(0)", "stack overflow"},
	} {
		_, _, err := cell(t, s, i+1, c[0])
		if err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s\ngot  %v\nwant %s", c[0], err, c[1])
		}
	}
	if _, result, err := cell(t, s, 9, "func f(n int) int { return n + 1 }\nf(2) + f(3)"); err != nil || result != "7" {
		t.Errorf("%q %v", result, err)
	}
}

// TestInterpretedTimer times a loop in the interpreter.
func TestInterpretedTimer(t *testing.T) {
	compiled := newTestSession(t, testEngine(t))
	if err := compiled.SetTier("interp"); err != nil {
		t.Fatal(err)
	}
	bare, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	for _, s := range []*Session{compiled, bare} {
		if _, _, err := cell(t, s, 1, "func add(a, b int) int { return a + b }\nfunc nothing() {}"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := cell(t, s, 2, `runs, inner, runes := 0, 0, "äöü"`); err != nil {
			t.Fatal(err)
		}
		c := s.Begin(3, "", &recorder{})
		tm, err := s.NewTimer(t.Context(), c, Source{Text: "runs++; k := 1", Line: 1, Col: 1}, Source{Text: "inner = add(inner, k)", Line: 2, Col: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{10, 1000} {
			sm, err := tm.Run(t.Context(), n, 1)
			if err != nil || sm.Wall <= 0 || tm.Tier() != tierInterpreted {
				t.Errorf("%v %v %s", sm, err, tm.Tier())
			}
		}
		if _, result, err := cell(t, s, 4, "fmt.Sprint(runs, inner)"); err != nil || result != "2 1010" {
			t.Errorf("%q %v", result, err)
		}
		for _, x := range []string{"add(1, 2) * 3", "len(runes)", "min(runs, inner)", "float64(runs)", "[]byte(runes)"} {
			if tm, err = s.NewTimer(t.Context(), c, Source{}, Source{Text: x, Line: 1, Col: 1}); err != nil {
				t.Fatal(err)
			}
			if sm, err := tm.Run(t.Context(), 100, 2); err != nil || sm.Wall <= 0 {
				t.Errorf("%s: %v %v", x, sm, err)
			}
		}
		if _, err = s.NewTimer(t.Context(), c, Source{}, Source{Text: "go clear(map[int]int{})", Line: 1, Col: 1}); err == nil || !strings.Contains(err.Error(), "a go statement") {
			t.Errorf("%v", err)
		}
	}
}

// BenchmarkInterpreted is the round trip of a cell.
func BenchmarkInterpreted(b *testing.B) {
	s := newTestSession(b, testEngine(b))
	cell(b, s, 1, interpretDecls)
	for _, text := range []string{"1+1", "double(4)", "fmt.Println(shared)", "shared = double(shared) % 1000", "w := double(2)"} {
		b.Run(text, func(b *testing.B) {
			var all []time.Duration
			var n int
			for b.Loop() {
				n++
				t0 := time.Now()
				if _, _, err := cell(b, s, n, text); err != nil {
					b.Fatal(err)
				}
				all = append(all, time.Since(t0))
			}
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2].Microseconds()), "µs-median")
			b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "µs-p99")
		})
	}
}

// BenchmarkInterpretedMemory is the engine's resident memory after 1,000 and
// after 10,000 cells, all different.
func BenchmarkInterpretedMemory(b *testing.B) {
	s := newTestSession(b, testEngine(b))
	resident := func() float64 {
		var st wire.Status
		if err := s.call(b.Context(), wire.MethodStatus, nil, &st); err != nil {
			b.Fatal(err)
		}
		return float64(st.Resident) / (1 << 20)
	}
	for b.Loop() {
		for i := range 10_000 {
			if i == 1000 {
				b.ReportMetric(resident(), "MB-1000")
			}
			if _, _, err := cell(b, s, i, "x := "+strings.Repeat("1+", i%7)+time.Duration(i).String()[:1]+"\nfor range 2 { x++ }\nfmt.Sprint(x)"); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(resident(), "MB-10000")
	}
}
