package check

import (
	"fmt"
	"strings"
	"testing"
)

// lines joins a first line and n more, each made from its number.
func lines(first string, n int, line func(i int) string) string {
	var b strings.Builder
	b.WriteString(first)
	for i := 1; i <= n; i++ {
		b.WriteString("\n" + line(i))
	}
	return b.String()
}

// TestBulkIsRefused checks that what keeps Go's checker busy for ever is
// refused in a sentence, and what only looks like it is not.
func TestBulkIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"doubled strings": {lines(`const c0 = "abcdefgh"`, 37, func(i int) string { return fmt.Sprintf("const c%d = c%d + c%d", i, i-1, i-1) }),
			"cell 1, line 24, column 17: constant string of more than 64 MiB"},
		"doubled types": {lines("type t0 struct{ a, b int }", 40, func(i int) string { return fmt.Sprintf("type t%d struct{ a, b t%d }", i, i-1) }),
			"cell 1, line 19, column 6: type t18 has more than a million parts"},
		"doubled arguments": {lines("type pair[A, B any] struct { a A; b B }\ntype t0 = int", 30, func(i int) string { return fmt.Sprintf("type t%d pair[t%d, t%d]", i, i-1, i-1) }),
			"has more than a million parts"},
		"doubled aliases": {lines("type pair[A, B any] struct { a *A; b *B }\ntype t0 = int", 30, func(i int) string { return fmt.Sprintf("type t%d = pair[t%d, t%d]", i, i-1, i-1) }),
			"has more than a million parts"},
		"doubled interfaces": {lines("type t0 interface{ A() }", 30, func(i int) string {
			return fmt.Sprintf("type t%d interface{ u%d; v%d }\ntype u%d interface{ t%d; B%d() }\ntype v%d interface{ t%d; C%d() }", i, i, i, i, i-1, i, i, i-1, i)
		}), "has more than a million parts"},
		"pointers":         {lines("type t0 struct{ a, b int }", 40, func(i int) string { return fmt.Sprintf("type t%d struct{ a, b *t%d }", i, i-1) }), ""},
		"a chain":          {lines("type t0 struct{ a, b int }", 300, func(i int) string { return fmt.Sprintf("type t%d struct{ a t%d }", i, i-1) }), ""},
		"nested instances": {"type box[T any] struct{ v T; n int }\nvar x " + strings.Repeat("box[", 25) + "int" + strings.Repeat("]", 25), ""},
		"a tree":           {"type tree[T any] struct{ left, right *tree[T]; v T }\ntype list struct{ next *list; all []list; by map[string]list; f func(list) list }", ""},
		"a sum of strings": {"const c = \"a\"" + strings.Repeat(" + \"b\"", 20_000) + "\nvar n = len(c)", ""},
		"parentheses":      {"const c = " + strings.Repeat("\"b\" + (", 1000) + "\"a\"" + strings.Repeat(")", 1000), ""},
		"no constant":      {"var s = \"a\"\nfunc f() string { return s + s + string(s) + \"x\" }", ""},
	} {
		t.Run(name, func(t *testing.T) {
			chunks, err := Split(Source{Text: c.src, File: CellFile(1), Line: 1, Col: 1})
			if err == nil {
				_, err = Check(Request{Chunks: chunks})
			}
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %.300v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %.300v, want %q", err, c.want)
			}
		})
	}
}
