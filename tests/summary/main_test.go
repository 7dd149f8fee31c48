package main

import (
	"strings"
	"testing"
	"time"
)

func run(t *testing.T, stream string) (string, bool) {
	t.Helper()
	var out strings.Builder
	tl := &tally{out: &out, output: map[string][]string{}}
	if err := tl.read(strings.NewReader(stream)); err != nil {
		t.Fatal(err)
	}
	well := tl.report(time.Second)
	return out.String(), well
}

func TestSummary(t *testing.T) {
	const pass = `{"Action":"pass","Package":"p","Test":"A"}` + "\n" + `{"Action":"pass","Package":"p"}` + "\n"
	for name, c := range map[string]struct {
		stream string
		well   bool
		says   string
	}{
		"pass":          {pass, true, "PASS: 1 tests passed, 0 failed, 0 skipped, in 1 packages"},
		"nothing ran":   {`{"Action":"pass","Package":"p"}`, false, "FAIL: 0 tests"},
		"skip":          {pass + `{"Action":"skip","Package":"p","Test":"S"}`, false, "skipped: p S"},
		"test fails":    {`{"Action":"output","Package":"p","Test":"F","Output":"why\n"}` + "\n" + `{"Action":"fail","Package":"p","Test":"F"}` + "\n" + `{"Action":"fail","Package":"p"}`, false, "why\n"},
		"package fails": {pass + `{"Action":"output","Package":"q","Test":"R","Output":"panic\n"}` + "\n" + `{"Action":"fail","Package":"q"}`, false, "panic\n"},
		"build fails":   {pass + `{"Action":"build-output","Output":"undefined: x\n"}` + "\n" + `{"Action":"build-fail","ImportPath":"q"}`, false, "failed: q (build)"},
	} {
		out, well := run(t, c.stream)
		if well != c.well || !strings.Contains(out, c.says) {
			t.Errorf("%s: %v, want %v and %q:\n%s", name, well, c.well, c.says, out)
		}
	}
}
