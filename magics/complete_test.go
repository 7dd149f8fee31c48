package magics

import (
	"slices"
	"strings"
	"testing"
)

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		line string // | is the cursor
		want string // matches, "" none; "go": not the magics' business
		from int
	}{
		{"%ti|", "%tier %time %timeit", 0},
		{"  %timei|t f()", "%timeit", 2},
		{"x := %vec|", "%vectorize", 5},
		{"größe, err := %pw|", "%pwd", 14},
		{"%%ti|", "%%time %%timeit", 0},
		{"%ba|", "%%bash", 0},
		{"x := %ba|", "", 5},
		{"//goblaze:%%ve|", "%%vectorize", 10},
		{"%timeit -|", "-n -r -p -q -o -v -t -c -w --help", 8},
		{"%vectorize -w 4 --er|", "--errors", 16},
		{"%vectorize --errors |", "stop collect", 20},
		{"%vectorize --errors=co|", "collect", 20},
		{"%vectorize --tier i|", "interp", 18},
		{"%tier c|", "compiled", 6},
		{"%help tim|", "time timeit", 6},
		{"%timeit f(x|", "go", 0},
		{"%timeit -n 10 f|", "go", 0},
		{"x := \"ö\"\n%vec|\ny := 2", "%vectorize", 9},
		{"%tier\nf(|", "go", 0},
		{"x := a %b|", "go", 0},
		{"fmt.Pri|", "go", 0},
		{"s := \"100 %ti|", "go", 0},
		{"|", "go", 0},
	} {
		before, after, _ := strings.Cut(c.line, "|")
		got, ok := Complete(before+after, len([]rune(before)))
		if c.want == "go" {
			if ok {
				t.Errorf("%s: %v, want it left to Go", c.line, got)
			}
			continue
		}
		if !ok || !slices.Equal(got.Matches, strings.Fields(c.want)) || got.Start != c.from || got.End != len([]rune(before)) {
			t.Errorf("%s: %+v, %t; want %s from %d", c.line, got, ok, c.want, c.from)
		}
	}
}

func TestInspect(t *testing.T) {
	for cell, want := range map[string]string{ // | is the cursor
		"%ti|meit f(x)": "%timeit", "|%timeit": "%timeit", "x := %timeit| f(x)": "%timeit", "%%vector|ize -w 4\nfor {}": "%%vectorize",
		"y\n%wor|kers": "%workers", "%timeit f|(x)": "", "%nothing|": "", "x % tim|eit": "", "|": "", "%|": "",
	} {
		at := strings.IndexByte(cell, '|')
		help, ok := Inspect(strings.Replace(cell, "|", "", 1), at)
		if ok != (want != "") || ok && !strings.Contains(help, want+" ") {
			t.Errorf("%s: %v, %.60q", cell, ok, help)
		}
	}
}
