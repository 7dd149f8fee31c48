package check

import "testing"

func TestHintFor(t *testing.T) {
	for _, c := range []struct{ msg, line, want string }{
		{"syntax error: expected ';', found foo", "def foo(): pass", habitFunc},
		{"syntax error: expected ';', found true", "\twhile true { }", "Go's while is for: for condition { … }"},
		{"syntax error: unexpected", "} elif x {", habitElse},
		{"syntax error: expected 1 expression", "best, at", "a cell shows one value; fmt.Println(a, b) prints several"},
		{"undefined: y", "y = 5", "to declare it: y := …"},
		{"undefined: y", "y == 5", ""},
		{"undefined: y", "yy = 5", ""},
		{"undefined: while", "while(1)", ""},
		{"syntax error: expected '{', found in", "for i in range(10) {", "Go's for … in is range: for i, x := range items { … }"},
		{`invalid operation: "a" + 1 (mismatched types untyped string and untyped int)`, `x := "a" + 1`, hintSprint},
		{"invalid operation: n + s (mismatched types int and string)", "n + s", hintSprint},
		{"missing return", "}", ""},
		{"undefined: Out", "Out[3]", hintValue},
		{"undefined: _3", "_3 + 1", hintValue},
		{"undefined: _i12", "_i12", hintInput},
		{"undefined: quit", "quit()", hintExit},
		{"cannot use _ as value or type", "_ + 1", hintValue},
	} {
		if got := HintFor(c.msg, c.line); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.msg, c.line, got, c.want)
		}
	}
}
