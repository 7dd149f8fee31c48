package magics

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitArgs(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"tokenize texts", []string{"tokenize", "texts"}},
		{"  f\txs  ", []string{"f", "xs"}},
		{"f texts[1:] n+1", []string{"f", "texts[1:]", "n+1"}},
		{"f, texts[1:], n + 1", []string{"f", "texts[1:]", "n + 1"}},
		{"f xs, n + 1", []string{"f", "xs", "n + 1"}},
		{"a + b, xs", []string{"a + b", "xs"}},
		{"f *p, 3", []string{"f", "*p", "3"}},
		{"f , xs", []string{"f", "xs"}},
		{"f,, xs", []string{"f", "", "xs"}},
		{"f, xs,", []string{"f", "xs"}},
		{"f []int{1, 2, 3}", []string{"f", "[]int{1, 2, 3}"}},
		{`f strings.Split("a b, c", " ")`, []string{"f", `strings.Split("a b, c", " ")`}},
		{"f `a b` 'x' \"it's\"", []string{"f", "`a b`", "'x'", `"it's"`}},
		{"func(s string) int { return len(s) } texts", []string{"func(s string) int { return len(s) }", "texts"}},
		{"func(s string) int {\n\treturn len(s) // }\n} texts", []string{"func(s string) int {\n\treturn len(s) // }\n}", "texts"}},
		{"func(i int) struct{ a int } { return struct{ a int }{i} } 10", []string{"func(i int) struct{ a int } { return struct{ a int }{i} }", "10"}},
		{"func() (int, error) { return 1, nil }, xs, a + b", []string{"func() (int, error) { return 1, nil }", "xs", "a + b"}},
		{"Map[int, string] xs", []string{"Map[int, string]", "xs"}},
		{"func_ xs", []string{"func_", "xs"}},
		{"f xs // a note", []string{"f", "xs"}},
		{"f, xs // a, note", []string{"f", "xs"}},
		{"f (\n  xs,\n)", []string{"f", "(\n  xs,\n)"}},
		{"größe 世界", []string{"größe", "世界"}},
	} {
		var got []string
		for _, a := range SplitArgs(c.text) {
			got = append(got, a.Text)
			if !strings.HasPrefix(c.text[a.Off:], a.Text) {
				t.Errorf("SplitArgs(%q): %q is not at %d", c.text, a.Text, a.Off)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("SplitArgs(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzSplitArgs(f *testing.F) {
	for _, s := range []string{"f xs", "func() {} x", "a, b // c", "f(`\n`) \"", "func(", "'", "a,,", " /* */ x", "func() {/*", "//"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, a := range SplitArgs(text) {
			if a.Off < last || !strings.HasPrefix(text[a.Off:], a.Text) {
				t.Fatalf("SplitArgs(%q): %q at %d after %d", text, a.Text, a.Off, last)
			}
			last = a.Off + len(a.Text)
		}
		for n := range len(text) {
			Complete(text, n)
		}
		for _, kind := range []Kind{LineMagic, CellMagic} {
			for _, name := range []string{"vectorize", "timeit", "compare", "history"} {
				p := Part{Kind: kind, Name: name, Text: text, Line: 1, Col: 1, Body: text, BodyLine: 2}
				c := &call{run: &run{Runner: &Runner{Eval: &fake{}}, ctx: t.Context()}, part: p}
				c.cmd, _ = find(p)
				if c.cmd == nil {
					continue
				}
				if _, err := c.parseOptions(); err == nil {
					c.vectorizeSpec()
					entriesOf(c.source())
				}
			}
		}
	})
}
