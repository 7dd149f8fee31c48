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
	tl.again(func(pkg, test string) (string, bool) { return "ran " + pkg + "." + test + "\n", test == "TestLucky" })
	well := tl.report(time.Second)
	return out.String(), well
}

func TestSummary(t *testing.T) {
	const pass = `{"Action":"pass","Package":"p","Test":"A"}` + "\n" + `{"Action":"pass","Package":"p"}` + "\n" + `{"Action":"exit-status","Output":"0"}` + "\n"
	fails := func(tests ...string) string {
		stream := pass
		for _, test := range tests {
			stream += `{"Action":"fail","Package":"r/x","Test":"` + test + `"}` + "\n"
		}
		return stream + `{"Action":"fail","Package":"r/x"}` + "\n" + `{"Action":"exit-status","Output":"1"}`
	}
	says := func(line string) string {
		return `{"Action":"output","Package":"r/x","Test":"TestLucky","Output":"` + line + `\n"}` + "\n"
	}
	for name, c := range map[string]struct {
		stream string
		well   bool
		says   string
	}{
		"pass":              {pass, true, "PASS: 1 tests passed, 0 failed, 0 skipped, 0 flaky, in 1 packages"},
		"nothing ran":       {`{"Action":"pass","Package":"p"}`, false, "FAIL: 0 tests"},
		"skip":              {pass + `{"Action":"skip","Package":"p","Test":"S"}`, false, "skipped: p S"},
		"test fails":        {`{"Action":"output","Package":"p","Test":"F","Output":"why\n"}` + "\n" + `{"Action":"fail","Package":"p","Test":"F"}` + "\n" + `{"Action":"fail","Package":"p"}`, false, "why\n"},
		"package fails":     {pass + `{"Action":"output","Package":"q","Test":"R","Output":"panic\n"}` + "\n" + `{"Action":"fail","Package":"q"}`, false, "panic\n"},
		"build fails":       {pass + `{"Action":"build-output","Output":"undefined: x\n"}` + "\n" + `{"Action":"build-fail","ImportPath":"q"}`, false, "failed: q (build)"},
		"lucky again":       {fails("TestLucky/sub", "TestLucky"), true, "flaky: r/x TestLucky failed"},
		"unlucky again":     {fails("TestBad/a", "TestBad/b", "TestBad", "TestLucky"), false, "ran r/x.TestBad\nagain r/x TestLucky, alone\nflaky: r/x TestLucky"},
		"too many":          {fails("TestLucky", "TestB", "TestC"), false, "failed: r/x TestLucky"},
		"data race":         {says("WARNING: DATA RACE") + fails("TestLucky"), false, "failed: r/x TestLucky"},
		"crash":             {says("panic: boom [recovered]") + fails("TestLucky"), false, "failed: r/x TestLucky"},
		"leak":              {pass + `{"Action":"output","Package":"q","Output":"goleak: Errors\n"}` + "\n" + `{"Action":"fail","Package":"q"}`, false, "failed: q"},
		"unexplained":       {strings.ReplaceAll(pass, `"0"`, `"2"`), false, `go test exited with "2"`},
		"cut off":           {pass[:strings.Index(pass, `{"Action":"exit`)], false, `go test exited with ""`},
		"build, then lucky": {`{"Action":"build-fail","ImportPath":"q"}` + "\n" + fails("TestLucky"), false, "failed: r/x TestLucky"},
	} {
		out, well := run(t, c.stream)
		if well != c.well || !strings.Contains(out, c.says) {
			t.Errorf("%s: %v, want %v and %q:\n%s", name, well, c.well, c.says, out)
		}
	}
}
