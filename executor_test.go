package main

import (
	"slices"
	"testing"

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

func TestStdinUse(t *testing.T) {
	for code, want := range map[string]string{
		"fmt.Scanln(&x)":                       "fmt.Scanln",
		"s := bufio.NewScanner(os.Stdin)":      "os.Stdin",
		"fmt.Println(x)":                       "",
		"fmt.Sscan(text, &x)":                  "",
		"\"fmt.Scan\" // os.Stdin":             "",
		"x.os.Stdout; Stdin":                   "",
		"%timeit f()\nfmt. // a comment\nScan": "fmt.Scan",
		"":                                     "",
	} {
		if got := stdinUse(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}
