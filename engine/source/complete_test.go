package source

import (
	"strings"
	"testing"
)

func TestIsComplete(t *testing.T) {
	for _, c := range []struct{ cell, status, indent string }{
		{"", Complete, ""},
		{"x := 1", Complete, ""},
		{"import \"fmt\"\nfmt.Println(1)\nfunc f() {}\nf()", Complete, ""},
		{"func() { println() }()", Complete, ""},
		{"func (p *P) M() {}", Complete, ""},
		{"package main\nfunc main() {}", Complete, ""},
		{"for i := 0; i < 3; i++ {\n}", Complete, ""},
		{"if f := func() bool { return true }; f() {\n} else if x := 1; x > 0 {\n}; y()", Complete, ""},
		{"outer:\nfor i := 0; i < 3; i++ { continue outer }", Complete, ""},
		{"a := 1; b := 2; a + b", Complete, ""},
		{"for {", Incomplete, "\t"},
		{"func f() {\n\tif x {", Incomplete, "\t\t"},
		{"func f() {\n\tx()", Incomplete, "\t"},
		{"switch x {\ncase 1:", Incomplete, "\t"},
		{"    if x {", Incomplete, "        "},
		{"f(a, g(b,", Incomplete, "\t"},
		{"x := a +", Incomplete, ""},
		{"x :=", Incomplete, ""},
		{"s := `a", Incomplete, ""},
		{"/* a", Incomplete, ""},
		{"x.", Incomplete, ""},
		{"x := )", Invalid, ""},
		{"f(]", Invalid, ""},
		{"x := \"a", Invalid, ""},
		{"x := := 1", Invalid, ""},
		{"if x", Invalid, ""},
		{"else {\n}", Invalid, ""},
		{"for i := 0", Invalid, ""},
		{"func f( int", Incomplete, "\t"},
		{"func f x {}", Invalid, ""},
		{"% who", Invalid, ""},
		{"%timeit f(x)", Complete, ""},
		{"x := %vectorize func(s string) int {", Incomplete, "\t"},
		{"%time f(", Incomplete, "\t"},
		{"%time f(\nx := 1", Incomplete, ""},
		{"x?", Complete, ""},
		{"!ls (", Complete, ""},
		{"!ls \\", Incomplete, ""},
		{"%%bash", Incomplete, ""},
		{"%%bash\nls", Incomplete, ""},
		{"%%bash\nls\n", Complete, ""},
		{"x := 1\n%%bash", Invalid, ""},
		{"{\n", Incomplete, "\t"},
		{"x := a +\n%who", Invalid, ""},
	} {
		if status, indent := IsComplete(c.cell); status != c.status || indent != c.indent {
			t.Errorf("IsComplete(%q) = %s, %q; want %s, %q", c.cell, status, indent, c.status, c.indent)
		}
	}
}

func TestChunks(t *testing.T) {
	text := "package main\nimport (\n\"fmt\"\n)\n// doc\ntype T struct{}; var x = 1\nfunc (t T) M() {}\nfunc() {}()\nfor i := 0; i < 3; i++ {\n}\nx++ // end\n"
	want := []struct {
		kind chunkType
		line int
		text string
	}{
		{packageChunk, 1, "package main"},
		{importChunk, 2, "import (\n\"fmt\"\n)"},
		{declChunk, 6, "type T struct{}"},
		{declChunk, 6, "var x = 1"},
		{declChunk, 7, "func (t T) M() {}"},
		{stmtChunk, 8, "func() {}()"},
		{stmtChunk, 9, "for i := 0; i < 3; i++ {\n}"},
		{stmtChunk, 11, "x++"},
	}
	got := chunks(text)
	if len(got) != len(want) {
		t.Fatalf("%d chunks, want %d: %+v", len(got), len(want), got)
	}
	for i, c := range got {
		if w := want[i]; c.Kind != w.kind || c.Line != w.line || text[c.Start:c.End] != w.text {
			t.Errorf("chunk %d = %d line %d %q, want %d line %d %q", i, c.Kind, c.Line, text[c.Start:c.End], w.kind, w.line, w.text)
		}
	}
}

func TestDirectives(t *testing.T) {
	text := "x := 1 //goblaze:not alone\nfunc f() {\n\t//goblaze:vectorize -w 4 \r\n\t// about the loop\n\tfor {\n\t}\n}\n//goblaze:%who\n//goblaze:last"
	got := Directives(text)
	if len(got) != 2 {
		t.Fatalf("%d directives, want 2: %+v", len(got), got)
	}
	d := got[0]
	if d.Name != "vectorize" || d.Args != "-w 4" || d.Line != 3 || d.Col != 2 || d.ArgsCol != 22 || text[d.Next:d.Next+5] != "for {" {
		t.Errorf("first directive %+v", d)
	}
	if d := got[1]; d.Name != "last" || d.Args != "" || d.Next != len(text) {
		t.Errorf("last directive %+v", d)
	}
}

// TestDirectivesOfALongLine takes minutes where each token looks for the start
// of its line.
func TestDirectivesOfALongLine(t *testing.T) {
	text := "x := []int{" + strings.Repeat("1, ", 500_000) + "} //goblaze:not alone\n//goblaze:last"
	if got := Directives(text); len(got) != 1 || got[0].Name != "last" || got[0].Line != 2 {
		t.Errorf("directives %+v, want last on line 2", got)
	}
}
