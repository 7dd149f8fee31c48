package rt

import (
	"runtime"
	"strings"
	"unsafe"
)

// A Chain is the panics of a goroutine that have not ended, innermost first.
// A deferred function that panics, or recovers and panics again, adds one; the
// runtime prints them all. It holds addresses of the stack: use it at once, in
// the deferred function that asked for it.
type Chain []link

// A link is one panic.
type link struct {
	arg       any
	recovered bool
	goexit    bool // it is a runtime.Goexit
}

// runtimePanic has the layout of the runtime's type of a panic.
type runtimePanic struct {
	arg       any
	link      *runtimePanic
	_         [8]uintptr
	recovered bool
	_         bool
	goexit    bool
}

// panicsKnown says that runtimePanic is right for this Go: versions are known
// by reading, and each process tries.
var panicsKnown = strings.HasPrefix(runtime.Version(), "go1.26") && tryPanics()

// tryPanics panics twice and reads the chain.
func tryPanics() bool {
	seen := make(chan Chain)
	go func() {
		defer func() {
			chain := readPanics()
			_ = recover()
			seen <- chain
		}()
		func() {
			defer func() {
				_ = recover()
				panic("second")
			}()
			panic("first")
		}()
	}()
	c := <-seen
	return len(c) == 2 && c[0] == link{arg: "second"} && c[1] == link{arg: "first", recovered: true}
}

// Panics returns the calling goroutine's panics. It is called by a deferred
// function, before recover. Where the runtime is not known it returns none.
func Panics() Chain {
	if !panicsKnown {
		return nil
	}
	return readPanics()
}

// interpreter is the package whose functions recover and panic again on behalf
// of the interpreted code, which did not.
const interpreter = "github.com/traefik/yaegi/"

func readPanics() Chain {
	var c Chain
	p := (*runtimePanic)(panicking())
	if p == nil || p.goexit && p.link == nil {
		return nil // a goroutine that was stopped: it costs nothing
	}
	raisers := panicRaisers()
	recovered, again := false, false // the panic before p, which the interpreter raised again
	for ; p != nil; p = p.link {
		// What the interpreter raised again, it recovered before.
		recovered = recovered || p.recovered && !again
		if !p.goexit && len(raisers) > 0 {
			by := raisers[0]
			raisers = raisers[1:]
			if again = strings.HasPrefix(by, interpreter); again {
				continue
			}
		}
		c = append(c, link{p.arg, recovered, p.goexit})
		recovered, again = false, false
	}
	return c
}

// panicRaisers returns the functions that called panic, innermost first, as
// far as the first frames of the calling goroutine's stack tell.
func panicRaisers() (names []string) {
	pcs := make([]uintptr, maxFrames)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for raised, more := false, true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if raised {
			names = append(names, f.Function)
		}
		raised = f.Function == "runtime.gopanic"
	}
	return names
}

// Text prints the panics as the runtime does; v is what recover gave.
func (c Chain) Text(v any) string {
	if len(c) == 0 {
		return panicLine(v)
	}
	for _, l := range c {
		if _, raised := valueText(l.arg); raised != "" && !l.goexit {
			return "fatal error: " + raised
		}
	}
	var b strings.Builder
	c.write(&b, 0)
	return strings.TrimSuffix(b.String(), "\n")
}

// write prints the chain from i on, outermost first; a value that was raised
// again is printed once.
func (c Chain) write(b *strings.Builder, i int) {
	if i+1 < len(c) {
		c.write(b, i+1)
		if c.repanicked(i + 1) {
			return
		}
		if !c[i+1].goexit {
			b.WriteString("\t")
		}
	}
	if c[i].goexit {
		return
	}
	b.WriteString("panic: " + PanicText(c[i].arg))
	switch {
	case c[i].recovered && c.repanicked(i):
		b.WriteString(" [recovered, repanicked]")
	case c[i].recovered:
		b.WriteString(" [recovered]")
	}
	b.WriteString("\n")
}

// repanicked reports whether the panic after c[i] raised its value again.
func (c Chain) repanicked(i int) bool { return i > 0 && sameWords(c[i].arg, c[i-1].arg) }

// sameWords reports whether two interface values are the same words in memory,
// as the runtime compares panics.
func sameWords(a, b any) bool {
	return *(*[2]unsafe.Pointer)(unsafe.Pointer(&a)) == *(*[2]unsafe.Pointer)(unsafe.Pointer(&b))
}
