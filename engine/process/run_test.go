//go:build unix

package process_test

import (
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/wire"
)

func TestVariablesLiveAcrossUnits(t *testing.T) {
	b := newBench(t)
	vars := map[string]string{"x": "int", "s": "[]string"}
	out, cell := b.run(source{
		vars: vars, fresh: []string{"x", "s"},
		body: `*x = 41; *s = append(*s, "a", "b"); c.Show(*s, "[]string"); rt.Println("printed"); c.Result(*x+1, "int")`,
	})
	if out.Failure != nil || out.Result == nil || out.Result.Text["text/plain"] != "42" {
		t.Fatalf("outcome %+v, want the result 42", out)
	}
	if got := b.shown(cell, "display"); got != "[a b]" {
		t.Errorf("Show displayed %q, want [a b]", got)
	}
	out, _ = b.run(source{vars: vars, body: `*x++; c.Result(len(*s)+*x, "int")`})
	if out.Result == nil || out.Result.Text["text/plain"] != "44" {
		t.Errorf("outcome %+v, want the result 44 from the variables of the first unit", out)
	}
}

func TestMissingVariableIsAnError(t *testing.T) {
	b := newBench(t)
	s := source{vars: map[string]string{"gone": "int"}, body: `*gone = 1`}
	var out wire.Outcome
	err := b.e.Call(t.Context(), wire.MethodRun, b.params(b.load(s), s), &out)
	if err == nil || !strings.Contains(err.Error(), "gone#1 has no storage") {
		t.Errorf("error %v, want one that names gone#1", err)
	}
}

func TestOutputPrecedesFramesAndReplies(t *testing.T) {
	b := newBench(t)
	s := source{imports: []string{"fmt", "os"}, body: `
for i := range 200 {
	fmt.Println("out", i)
	fmt.Fprintln(os.Stderr, "err", i)
	c.Show(i, "int")
}
fmt.Print("last")`}
	path := b.load(s)
	for range 10 {
		p := b.params(path, s)
		if err := b.e.Call(t.Context(), wire.MethodRun, p, &wire.Outcome{}); err != nil {
			t.Fatal(err)
		}
		if got := b.shown(p.Cell, "stdout"); !strings.HasSuffix(got, "out 199\nlast") {
			t.Fatalf("stdout at the reply ends with %q", got[max(0, len(got)-20):])
		}
		if n := strings.Count(b.shown(p.Cell, "stderr"), "\n"); n != 200 {
			t.Fatalf("%d lines of stderr at the reply, want 200", n)
		}
	}
	b.checkOrder()
}

// checkOrder verifies that each display comes after the line printed before it.
func (b *bench) checkOrder() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	last := ""
	for _, e := range b.events {
		switch e.kind {
		case "stdout":
			last = e.text
		case "display":
			if !strings.HasSuffix(last, "out "+e.text+"\n") {
				b.t.Fatalf("display %s came after %q", e.text, last)
			}
		}
	}
}

func TestPanicHasGoWordsAndCellLines(t *testing.T) {
	for _, c := range []struct {
		name, body, decls, text string
		frames                  []string
	}{
		{"index", "\nf(1)", "func f(i int) {\n\tvar a []int\n\t_ = a[i]\n}",
			"panic: runtime error: index out of range [1] with length 0", []string{"f, cell 7, line 103", "cell 7, line 2"}},
		{"method", "t := &T{}\nt.boom()", "type T struct{ p *int }\nfunc (t *T) boom() { *t.p = 1 }",
			"panic: runtime error: invalid memory address or nil pointer dereference", []string{"(*T).boom, cell 7, line 102", "cell 7, line 2"}},
		{"error", "panic(E{3})", "type E struct{ n int }\nfunc (e E) Error() string { return \"E!\" }", "panic: E!", []string{"cell 7, line 1"}},
		{"string type", "panic(S(\"x\"))", "type S string", `panic: main.S("x")`, []string{"cell 7, line 1"}},
		{"struct", "panic(P{1, 2})", "type P struct{ X, Y int }", "panic: main.P{X:1, Y:2}", []string{"cell 7, line 1"}},
		{"float", "panic(1.5)", "", "panic: 1.5", []string{"cell 7, line 1"}},
		{"literal", "func() { panic(\"in\\nlit\") }()", "", "panic: in\n\tlit", []string{"func1, cell 7, line 1", "cell 7, line 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			out, _ := b.run(source{body: c.body, decls: c.decls})
			if out.Failure == nil {
				t.Fatalf("outcome %+v, want a panic", out)
			}
			var frames []string
			for _, f := range out.Failure.Stack {
				frames = append(frames, f.String())
			}
			if out.Failure.Text != c.text || strings.Join(frames, "; ") != strings.Join(c.frames, "; ") {
				t.Errorf("got %q at %q, want %q at %q", out.Failure.Text, frames, c.text, c.frames)
			}
		})
	}
}
