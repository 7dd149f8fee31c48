package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/kernel"
	"github.com/goblaze/goblaze/kernel/notebook"
)

// The caret stands under the column, whatever stands before it.
func TestCompileErrorPointsAtTheSource(t *testing.T) {
	for _, c := range []struct {
		code      string
		line, col int
		want      []string
	}{
		{"x := gret(1)", 1, 6, []string{"    x := gret(1)", "         ^"}},
		{"{\n\t\tgret(1)\n}", 2, 3, []string{"            gret(1)", "            ^"}},
		{"a, \"ü€\", gret", 1, 13, []string{"    a, \"ü€\", gret", "             ^"}},
		{"\"日本\", gret", 1, 11, []string{"    \"日本\", gret", "     \u3000\u3000   ^"}},
		{"\"e\u0301\", gret", 1, 8, []string{"    \"e\u0301\", gret", "         ^"}},
		{"f(", 1, 9, []string{"    f(", "      ^"}},
		{"f(\r\n", 1, 3, []string{"    f(", "      ^"}},
	} {
		list := check.ErrorList{{File: check.CellFile(3), Line: c.line, Col: c.col, Msg: "undefined: gret", Hint: "did you mean greet?"}}
		e := compileError(&engine.CompileError{Errors: list}, kernel.ExecuteRequest{Code: c.code, Count: 3})
		var got []string
		for _, line := range e.Traceback {
			got = append(got, notebook.StripANSI(line))
		}
		want := append([]string{got[0]}, append(c.want, "    did you mean greet?")...)
		if !slices.Equal(got, want) {
			t.Errorf("%q:\n%q\nwant\n%q", c.code, got, want)
		}
	}
}

// Of a long line the part around the column is shown.
func TestLongLinesAreCut(t *testing.T) {
	long := strings.Repeat("é", 100_000)
	for _, c := range []struct {
		line string
		col  int
		from string // of the part, from the column on
	}{
		{"bad" + long, 1, "badé"},
		{long + "bad", len(long) + 1, "bad"},
		{long + "bad" + long, len(long) + 1, "badé"},
		{"short", 3, "ort"},
	} {
		part, at := around(c.line, c.col)
		if len(part) > shownLine+10 || !strings.HasPrefix(part[at-1:], c.from) || !utf8.ValidString(part) {
			t.Errorf("column %d: %d bytes, %.20q at the column", c.col, len(part), part[at-1:])
		}
	}
}

func TestReadsStdin(t *testing.T) {
	for code, want := range map[string]bool{
		"fmt.Scanln(&x)":                       true,
		"s := bufio.NewScanner(os.Stdin)":      true,
		"fmt.Println(x)":                       false,
		"fmt.Sscan(text, &x)":                  false,
		"\"fmt.Scan\" // os.Stdin":             false,
		"%timeit f()\nfmt. // a comment\nScan": true,
		"":                                     false,
	} {
		if got := readsStdin(code); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}

// A user expression has a value, no value, or an error; none is left out.
func TestUserExpressions(t *testing.T) {
	x := testExecutor(t)
	reply := x.Execute(t.Context(), kernel.ExecuteRequest{Code: "k := 20", Count: 1, Expressions: map[string]string{
		"value": "k + 1", "call": "func() {}()", "empty": "", "assignment": "k = 3", "unknown": "nothing",
	}}, &page{})
	for name, want := range map[string]string{
		"value": "21", "call": "map[]", "empty": `"" is not an expression`,
		"assignment": `"k = 3" is not an expression`, "unknown": "cell 1, line 1, column 1: undefined: nothing",
	} {
		got := fmt.Sprint(reply.Expressions[name])
		switch v := reply.Expressions[name].(type) {
		case display.Bundle:
			got = fmt.Sprint(v.Data)
		case *kernel.CellError:
			got = v.Value
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
