package engine

import (
	"strings"
	"testing"
	"time"
)

// bareTestSession is a session that can compile nothing.
func bareTestSession(t *testing.T) *Session {
	t.Helper()
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t), NoToolchain: "install Go"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestInterpretedDefersStop interrupts functions with deferred calls, and the
// deferred calls themselves: they run, as long as they may, and the state stays.
func TestInterpretedDefersStop(t *testing.T) {
	h := &hostile{T: t, s: bareTestSession(t)}
	h.must("n := 0\nlog := []string{}\nfunc note(s string) { log = append(log, s) }\nfunc spin() { fmt.Println(\"begun\"); for { n++ } }")
	for _, c := range []struct{ text, log string }{
		{"func a() { defer note(\"a\"); spin() }\na()", "[a]"},
		{"func b() { defer note(\"b\"); defer func() { for { n++ } }(); spin() }\nb()", "[]"}, // the time for deferred calls is over,
		{"func c() { defer note(\"c\"); defer func() { note(fmt.Sprint(recover())); spin() }(); panic(\"p\") }\nc()", "[p c]"},
		{"func d() { defer note(\"d\"); defer func() { recover(); note(\"no\") }(); fmt.Println(\"begun\"); time.Sleep(time.Hour) }\nd()", "[no d]"},
		{"func e() { defer note(\"e\"); defer func() { defer func() { recover() }(); panic(\"inner\") }(); spin() }\nfor { e() }", "[e]"},
	} {
		if took := h.attack(hostileCell{cell: c.text, interrupt: true}); took > 10*time.Second {
			t.Errorf("%s: stopped after %v", c.text, took)
		}
		if got := h.must("was := fmt.Sprint(log)\nlog = nil\nwas"); got != c.log {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

// TestInterpretedDeferLines wants the line of the panic, not that of the last
// deferred call that ran during it.
func TestInterpretedDeferLines(t *testing.T) {
	s := bareTestSession(t)
	_, _, err := cell(t, s, 1, "func f() {\n\tdefer func() {\n\t\tfmt.Println(\"deferred\")\n\t}()\n\tvar xs []int\n\txs[2] = 1\n}\nf()")
	re, ok := err.(*RuntimeError)
	if !ok || len(re.Frames) == 0 || re.Frames[len(re.Frames)-1].Line != 6 || !strings.Contains(re.Text, "index out of range [2]") {
		t.Errorf("%v %+v", err, re)
	}
}
