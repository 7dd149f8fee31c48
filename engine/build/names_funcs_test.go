package build

import (
	"bytes"
	"testing"
)

// TestShortenFuncs holds what the names in a table of functions become, and
// that nothing moves.
func TestShortenFuncs(t *testing.T) {
	const path = "nb/0123456789abcdef."
	for old, want := range map[string]string{
		path + "Gbz_work":                       "main.work",
		path + "gbz_run":                        "main.main",
		path + "gbz_run.func1.2":                "main.main.func1.2",
		path + "Gbz_main.gowrap1":               "main.main.gowrap1",
		path + "(*T).Gbz_norm-fm":               "main.(*T).norm-fm",
		path + "gbz_short_fib":                  "main.fib",
		path + "gbz_runner":                     "main.gbz_runner",
		"type:.eq." + path + "T":                "type:.eq.main.T",
		path + "Map[...]":                       "main.Map[...]",
		"nb/0123456789abcde.f":                  "nb/0123456789abcde.f",
		"github.com/x/nb/util.F":                "github.com/x/nb/util.F",
		"go.shape.struct { " + path + "x int }": "go.shape.struct { main.x int }",
	} {
		table := []byte("runtime.main\x00" + old + "\x00strings.Map\x00")
		before := len(table)
		shortenFuncs(table)
		name, rest, _ := bytes.Cut(table[len("runtime.main\x00"):], []byte{0})
		if string(name) != want {
			t.Errorf("%s became %s, want %s", old, name, want)
		}
		if rest = bytes.TrimLeft(rest, "\x00"); string(rest) != "strings.Map\x00" || len(table) != before {
			t.Errorf("%s: after it stands %q", old, rest)
		}
	}
}
