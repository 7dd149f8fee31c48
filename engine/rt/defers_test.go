package rt

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestFrame runs deferred calls with the runtime's panics known and unknown:
// the same calls, the same values, the same end.
func TestFrame(t *testing.T) {
	defer func(was bool) { panicsKnown = was }(panicsKnown)
	for _, known := range []bool{panicsKnown, false} {
		panicsKnown = known
		for name, c := range frameCases {
			if got := framed(c.run); got != c.want {
				t.Errorf("%s, panics known %v: %q, want %q", name, known, got, c.want)
			}
		}
	}
}

type frameCase struct {
	run  func(f *Frame, say func(...any))
	want string
}

var frameCases = map[string]frameCase{
	"returns": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(func() { say("b") })
	}, "b; a <nil>; end <nil>; "},
	"recovers": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(func() { say("b", f.Recover(), f.Recover()) })
		panic("p")
	}, "b p <nil>; a <nil>; end <nil>; "},
	"goes on": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a") })
		panic("p")
	}, "a; end p; "},
	"replaced and recovered": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(func() { say("b", f.Recover()) })
		f.Push(func() { panic("q") })
		panic("p")
	}, "b q; a <nil>; end <nil>; "},
	"recovered and raised again": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a") })
		f.Push(func() { say(f.Recover()); panic("q") })
		panic("p")
	}, "p; a; end q; "},
	"panics after its return": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(func() { panic("q") })
	}, "a q; end <nil>; "},
	"ends its goroutine": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(func() { func() { defer func() { say(recover()) }(); panic("q") }() })
		runtime.Goexit()
	}, "q; a <nil>; "},
	"a call ends its goroutine": {func(f *Frame, say func(...any)) {
		f.Push(func() { say("a", f.Recover()) })
		f.Push(runtime.Goexit)
		panic("p")
	}, "a <nil>; "},
}

// framed runs a case in a goroutine of its own and returns what it says, and
// what its caller recovers if it returns or panics.
func framed(run func(f *Frame, say func(...any))) string {
	var b strings.Builder
	say := func(a ...any) { fmt.Fprint(&b, strings.TrimSuffix(fmt.Sprintln(a...), "\n"), "; ") }
	done := make(chan struct{})
	go func() {
		defer close(done)
		ended := false
		defer func() {
			if v := recover(); v != nil || ended {
				say("end", v)
			}
		}()
		line := 0
		f := Deferring(&line)
		f.Run(func() { run(f, say) })
		ended = true
	}()
	<-done
	return b.String()
}
