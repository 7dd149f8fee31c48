package engine

import (
	"errors"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/rt"
)

// bareCells are cells of sessions in which nothing can be compiled. The last
// one's output is wanted, or that it is refused because of something.
var bareCells = []struct {
	name    string
	cells   []string
	out     string
	because string
}{
	{name: "init runs before statements, in order", cells: []string{"package main\n\nimport \"fmt\"\n\nvar total = start()\n\nfunc start() int { fmt.Println(\"var\"); return 1 }\nfunc init() { fmt.Println(\"init 1\", total); total++ }\nfunc init() { defer func() { fmt.Println(\"recovered\", recover()) }(); total *= 10; panic(\"in init\") }\nfunc main() { fmt.Println(\"statement\", total) }"},
		out: "var\ninit 1 1\nrecovered in init\nstatement 20\n"},
	{name: "a cell of init alone", cells: []string{"k := 3\nfunc init() { fmt.Println(\"init\") }", "func init() { k++ }", "fmt.Println(k)"}, out: "4\n"},
	{name: "variables of std", cells: []string{"fmt.Fprintln(os.Stdout, len(os.Args) > 0, errors.Is(context.DeadlineExceeded, os.ErrDeadlineExceeded))"}, out: "true false\n"},
	{name: "an assignment to a variable of std", cells: []string{"os.Args = nil"}, because: "the variable Args of a package"},
	{name: "the address of a variable of std", cells: []string{"p := &os.Args\nfmt.Println(p)"}, because: "the variable Args of a package"},
	{name: "a part of a variable of std", cells: []string{"http.DefaultClient.Timeout = 0", "fmt.Println(http.DefaultClient.Timeout)"}, out: "0s\n"},
	{name: "the caller's line", cells: []string{"log.SetFlags(log.Lshortfile | log.Lmsgprefix)"}, because: "log.Lshortfile"},
	{name: "the caller's line in slog", cells: []string{"o := slog.HandlerOptions{AddSource: true}\nfmt.Println(o.Level)"}, because: "the field AddSource"},
	{name: "a server without end", cells: []string{"err := http.ListenAndServe(\"\", nil)\nfmt.Println(err)"}, because: "http.ListenAndServe"},
	{name: "a logger that ends the process", cells: []string{"log.New(os.Stderr, \"\", 0).Fatal(1)"}, because: "a call of (*log.Logger).Fatal"},
	{name: "a function value of an earlier cell changes what is read", cells: []string{"n := 1\ninc := func() int { n++; return n }", "f := inc", "fmt.Println(n*2, f())"}, because: "a call that may change what is read beside it"},
	{name: "a method of an earlier cell, by an interface", cells: []string{"type T struct{ n int }\nfunc (t *T) Next() int { t.n++; return t.n }\nt := &T{}\nvar i interface{ Next() int } = t", "fmt.Println(t.n*2, i.Next())"}, because: "a call that may change what is read beside it"},
	{name: "a generic method of an earlier cell", cells: []string{"type S[T any] struct{ xs []T }\nfunc (s *S[T]) Pop() T { x := s.xs[len(s.xs)-1]; s.xs = s.xs[:len(s.xs)-1]; return x }\ns := &S[int]{[]int{1, 2, 3}}", "fmt.Println(len(s.xs), s.Pop())"}, because: "a call that may change what is read beside it"},
	{name: "a local type lives on", cells: []string{"func mk(n int) any { type box struct{ n int }; return box{n} }\na := mk(1)", "b := mk(1)", "fmt.Printf(\"%T %v %v\\n\", a, a == b, a == mk(2))"}, out: "main.box true false\n"},
	{name: "goto and labels among a cell's variables", cells: []string{"i := 0\nouter:\nfor i = range 5 { switch { case i == 3: break outer } }\nfmt.Println(i)"}, out: "3\n"},
	{name: "a goto behind a variable of the cell", cells: []string{"i := 0\nagain:\ni++\nif i < 3 { goto again }\nfmt.Println(i)"}, because: "goto among the cell's variables"},
	{name: "a range over a function in a goroutine", cells: []string{"seq := func(yield func(int) bool) { for i := range 3 { if !yield(i) { return } } }\ndone := make(chan int)\ngo func() { t := 0; for v := range seq { t += v }; done <- t }()\nfmt.Println(<-done)"}, out: "3\n"},
}

func TestCellsWithoutToolchain(t *testing.T) {
	command := interpretingEngine(t)
	for _, c := range bareCells {
		s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: command})
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range c.cells {
			rec := &recorder{}
			_, err := s.Exec(t.Context(), s.Begin(i+1, text, rec), Source{Text: text, Line: 1, Col: 1})
			last := i == len(c.cells)-1
			switch {
			case last && c.because != "":
				if err == nil || !strings.Contains(err.Error(), "needs the Go toolchain, because of "+c.because) || rec.stdout() != "" {
					t.Errorf("%s: %v, want it refused because of %s\n%s", c.name, err, c.because, rec.stdout())
				}
			case err != nil:
				t.Errorf("%s, cell %d: %v", c.name, i+1, err)
			case last && rec.stdout() != c.out:
				t.Errorf("%s printed %q, want %q", c.name, rec.stdout(), c.out)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestExitWithoutToolchain ends cells by os.Exit and log.Fatal, and wants the
// session to go on with its variables.
func TestExitWithoutToolchain(t *testing.T) {
	s := bareSession(t)
	run := func(n int, text string) (string, error) {
		rec := &recorder{}
		_, err := s.Exec(t.Context(), s.Begin(n, text, rec), Source{Text: text, Line: 1, Col: 1})
		return rec.stdout(), err
	}
	if _, err := run(2, "kept := 7"); err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{"fmt.Println(\"before\")\nos.Exit(3)\nkept = 0", "f := func(n int) { defer fmt.Println(\"deferred\"); fmt.Println(\"before\"); os.Exit(n) }\nf(3)\nkept = 0", "fmt.Println(\"before\")\nexit := os.Exit\ngo exit(3)\nselect {}"} {
		out, err := run(3+i, text)
		var re *RuntimeError
		if !errors.As(err, &re) || re.Kind != rt.KindExit || re.Text != "exit status 3" || out != "before\n" {
			t.Errorf("%s\nprinted %q and ended with %v, want exit status 3", text, out, err)
		}
	}
	if out, err := run(9, "fmt.Println(kept)"); err != nil || out != "7\n" {
		t.Errorf("after the exits %q %v, want 7", out, err)
	}
}
