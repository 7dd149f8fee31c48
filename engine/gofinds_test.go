package engine

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
)

// A find is what Go's own tests showed to go wrong, in few words: cells, and
// what they print and panic with.
type find struct {
	name  string
	cells []string
	out   string
}

var goFinds = []find{
	{"append of elements of the slice itself", []string{"s := make([]byte, 5, 6)\ncopy(s, \"12346\")", "s = append(s[:4], '5', s[4])\nfmt.Println(string(s))"}, "123456\n"},
	{"append of what a pointer into the slice leads to", []string{"t := []int{1, 2, 3}\np := &t[1]", "t = append(t[:1], 7, *p, t[2])\nfmt.Println(t)"}, "[1 7 2 3]\n"},
	{"the right side of || is called before what stands after it", []string{"var order []int\nfunc tell(n int) bool { order = append(order, n); return false }", "_, _ = false || tell(1), tell(2)\nfmt.Println(order)", "order = nil\nfmt.Println(!(tell(1) || tell(2)), true && tell(3), tell(4), order)"}, "[1 2]\ntrue false false [1 2 3 4]\n"},
	{"&& looks at its sides before what is called after it", []string{"type node struct{ n int }\nvar at *node\nfunc say(s string) bool { fmt.Println(s); return true }", "func both() (s string) { defer func() { s = fmt.Sprint(recover()) }(); fmt.Println(at.n > 0 && true, say(\"called\")); return }", "fmt.Println(both())"}, "runtime error: invalid memory address or nil pointer dereference\n"},
	{"two variables of a wider type from an assertion, a look-up and a receive", []string{"var c = b\nvar a, b any = any(1).(string)\nvar v, ok any = map[string]int{}[\"\"]\nfmt.Printf(\"%q %v %v %v %v\\n\", a, b, c, v, ok)"}, "\"\" false false 0 false\n"},
	{"channels of one and of both ways", []string{"ch := make(chan int)\nvar in <-chan int = ch\nswitch ch { case in: fmt.Println(\"same\") }\nswitch in { case ch: fmt.Println(\"same\") }\nfmt.Println(ch == in, in != ch)"}, "same\nsame\ntrue false\n"},
	{"a range over the indices of what a nil pointer leads to", []string{"var p *[3]int\nfunc find() *[3]int { fmt.Println(\"find\"); return nil }", "n := 0\nfor range p { n++ }\nfor i := range *p { n += i }\nfor range find() { n++ }\nfmt.Println(n)"}, "find\n9\n"},
	{"a range over the indices of an array that a call finds", []string{"func find() *[3]int { return nil }", "for range *find() { fmt.Println(\"no\") }"}, "panic: runtime error: invalid memory address or nil pointer dereference"},
	{"the bounds of a slice of an array", []string{"a := [3]int{}\nk := 4", "fmt.Println(a[:k])"}, "panic: runtime error: slice bounds out of range [:4] with length 3"},
	{"the bounds of a slice by a pointer to an array", []string{"a := &[3]int{}\nk := 4", "fmt.Println(a[1:k])"}, "panic: runtime error: slice bounds out of range [:4] with length 3"},
	{"a sign before the left side of &&", []string{"func within(x, p, y int) bool { return -x <= p && p <= y }\nfunc outside(x, p, y int) bool { return ^x > p || p > y }", "fmt.Println(within(1, 0, 1), within(1, -2, 1), outside(1, 0, 1))"}, "true false false\n"},
	{"a called function value is found before its arguments", []string{"type step func(string) step\nvar log string\nfunc a(s string) step { log += s; return a }\nfunc b(s string) string { log += \"b\"; return s }", "a(\"1\")(b(\"2\"))(b(\"3\"))\nfmt.Println(log)"}, "1b2b3\n"},
	{"a negative zero as an argument", []string{"type deg float32\nfunc sign(x float64, d deg) string { return fmt.Sprint(1/x, 1/d, x, d) }\nfunc both(x float64) (float64, deg) { return -x, deg(-x) }\nfunc keep(x float64) (s string) { defer func() { s += sign(x, deg(x)) }(); f := func() string { return sign(-x, 1) }; return f() }", "z, n := math.Copysign(0, -1), math.NaN()\nfmt.Println(sign(z, deg(z)), sign(0, 2), sign(both(0)))\nfmt.Println(keep(z), keep(0), sign(n, deg(n)))\nfmt.Println(func(x float64) float64 { return 1 / x }(z), func(x float64) float64 { return x }(n))"}, "-Inf -Inf -0 -0 +Inf 0.5 0 2 -Inf -Inf -0 -0\n+Inf 1 0 1-Inf -Inf -0 -0 -Inf 1 -0 1+Inf +Inf 0 0 NaN NaN NaN NaN\n-Inf NaN\n"},
	{"append and copy before a call that changes what they read", []string{"x, tmp := []int{}, []int{0, 0, 0}\nf := func() int { x = []int{5, 6}; return 2 }", "a, b, c := append(x, 1), f(), append(x, 1)\nfmt.Println(a, b, c)", "x = nil\nd, e, g := copy(tmp, x), f(), copy(tmp, x)\nfmt.Println(d, e, g)", "fmt.Println(append(append(x[:0:0], f()), f()))"}, "[1] 2 [5 6 1]\n0 2 2\n[2 2]\n"},
	{"the error of a failed conversion", []string{"type shape interface{ area() int; Name() string }\ntype sq struct{}\nfunc (sq) area() int { return 1 }\nfunc caught(f func()) { defer func() { r := recover(); var e *runtime.TypeAssertionError; fmt.Printf(\"%v, %T, %t\\n\", r, r, errors.As(r.(error), &e)) }(); f() }", "caught(func() { var x any = sq{}; _ = x.(shape) })\ncaught(func() { var x any = 1; _ = x.(interface{ area() int }) })\ncaught(func() { var x any = 1; _ = x.(sq) })\ncaught(func() { var x any; _ = x.(shape) })\ncaught(func() { var x shape; _ = x.(interface{ grow() }) })"},
		"interface conversion: main.sq is not main.shape: missing method Name, *runtime.TypeAssertionError, true\ninterface conversion: int is not interface { main.area() int }: missing method area, *runtime.TypeAssertionError, true\ninterface conversion: interface {} is int, not main.sq, *runtime.TypeAssertionError, true\ninterface conversion: interface is nil, not main.shape, *runtime.TypeAssertionError, true\ninterface conversion: interface is nil, not interface { main.grow() }, *runtime.TypeAssertionError, true\n"},
	{"a method declared after variables of its type", []string{"type account struct{ balance int }\nvar all = map[string]*account{}", "func open(n int) *account { a := &account{n}; all[\"a\"] = a; return a }\nfunc (a *account) take(x int) (err error) { if x > a.balance { err = errors.New(\"short\"); return }; a.balance -= x; return }", "open(9)\nfmt.Println(all[\"a\"].take(4), all[\"a\"].take(7), *all[\"a\"])"}, "<nil> short {5}\n"},
	{"the flags of a program", []string{"n := flag.Int(\"n\", 5, \"count\")", "flag.VisitAll(func(f *flag.Flag) { fmt.Println(f.Name, f.DefValue) })\nfmt.Println(flag.Set(\"n\", \"7\"), *n)"}, "n 5\n<nil> 7\n"},
	{"append to a slice of such slices", []string{"type S []S\nvar s S", "s = append(s, s)\nfmt.Println(len(s), s[0] == nil)"}, "1 true\n"},
	{"print and println", []string{"type N int\nn := N(3)\ndefer1 := func() (r int) { defer println(\"deferred\", n); print(\"now \", r, \"\\n\"); return 1 }", "println(\"n\", n, 1.5, float32(1.1), 1e100, true, 'x', []int(nil), map[string]int(nil), uint8(200))\nprintln(defer1())\nprintln()"}, "n 3 1.5 1.1 1e+100 true 120 [0/0]0x0 0x0 200\nnow 0\ndeferred 3\n1\n\n"},
	{"a logger that tells its caller", []string{"var buf bytes.Buffer\nlogger := log.New(&buf, \"\", log.Lshortfile)", "say := func(s string) { logger.Output(2, s) }", "say(\"hello\")\nfmt.Println(strings.Contains(buf.String(), \"value.go\"))"}, "false\n"},
	{"log and slog share a logger", []string{"log.SetFlags(0)\nlog.SetOutput(os.Stdout)\nslog.Info(\"info\")\nlog.SetPrefix(\"p \")\nlog.Default().Print(\"default\")\nlog.SetPrefix(\"\")", "old := slog.Default()\nslog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { if a.Key == slog.TimeKey { return slog.Attr{} }; return a }})))\nlog.Print(\"by log\")\nslog.SetDefault(old)\nlog.SetOutput(os.Stderr)\nlog.SetFlags(log.LstdFlags)"}, "INFO info\np default\nlevel=INFO msg=\"by log\"\n"},
	{"iterators that libraries make", []string{"type T struct {\n\tA int\n\tB string\n}", "for l := range bytes.Lines([]byte(\"a\\nb\")) { fmt.Printf(\"%q \", l) }\nfor f := range reflect.TypeOf(T{}).Fields() { fmt.Print(f.Name, \" \") }\nvar parts iter.Seq[[]byte] = bytes.FieldsSeq([]byte(\"x y\"))\nfor p := range parts { fmt.Print(string(p), \" \") }\nfmt.Printf(\"%T\\n\", parts)"}, "\"a\\n\" \"b\" A B x y iter.Seq[[]uint8]\n"},
}

// TestGoFinds runs every find with a toolchain and without one, where it may be
// refused too.
func TestGoFinds(t *testing.T) {
	with, command := newTestSession(t, testEngine(t)), interpretingEngine(t)
	for _, f := range goFinds {
		if got := runFind(with, f); got != f.out {
			t.Errorf("%s:\n%s\nwant:\n%s", f.name, got, f.out)
		}
		without, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: command, Sources: os.DirFS("..")})
		if err != nil {
			t.Fatal(err)
		}
		if got := runFind(without, f); got != f.out && !strings.Contains(got, "needs the Go toolchain") {
			t.Errorf("%s, without a toolchain:\n%s\nwant:\n%s", f.name, got, f.out)
		}
		if err := without.Close(); err != nil {
			t.Error(err)
		}
	}
}

// runFind returns what the cells print, on stdout and then on stderr, and the
// words of their error.
func runFind(s *Session, f find) string {
	s.mu.Lock()
	s.forgetNames()
	s.mu.Unlock()
	rec := &recorder{}
	for i, text := range f.cells {
		_, err := s.Exec(context.Background(), s.Begin(i+1, text, rec), Source{Text: text, Line: 1, Col: 1})
		var re *RuntimeError
		switch {
		case errors.As(err, &re):
			return rec.stdout() + re.Text
		case err != nil:
			return rec.stdout() + err.Error()
		}
	}
	return rec.stdout() + withoutNotes(rec.stderr())
}

// withoutNotes returns stderr without what the session itself says there.
func withoutNotes(stderr string) string {
	lines := strings.SplitAfter(stderr, "\n")
	var b strings.Builder
	for _, l := range lines {
		if !strings.HasPrefix(l, "note: ") {
			b.WriteString(l)
		}
	}
	return b.String()
}
