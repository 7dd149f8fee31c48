package rt

// A Frame holds the deferred calls of one call of an interpreted function,
// which the interpreter itself gets wrong: it runs them in its own function's
// place and recovers on their behalf. A frame is used by one goroutine.
type Frame struct {
	line  *int     // where the code tells its line
	calls []func() // deferred, the last one runs first
	now   *raised  // the panic during which a call runs; nil when there is none
}

// raised is a panic that runs deferred calls.
type raised struct {
	depth int // how many panics the goroutine had with it; see nthPanic
	value any
	over  bool // it was recovered
}

// Deferring returns the frame of a call; line is where the interpreted code
// tells its line, which is put back when deferred calls have run and the panic
// goes on.
func Deferring(line *int) *Frame { return &Frame{line: line} }

// Push defers a call.
func (f *Frame) Push(call func()) { f.calls = append(f.calls, call) }

// Recover is recover() in a call that f runs: it ends the panic and returns its
// value, nil when there is none. On a nil frame, that of a function that is not
// called by a defer statement, it returns nil.
func (f *Frame) Recover() any {
	if f == nil || f.now == nil || f.now.over {
		return nil
	}
	f.now.end()
	return f.now.value
}

// Run calls body and then the deferred calls: also when body panics or ends the
// goroutine. It returns when body did, or when a call recovered; not when a call
// came back after the goroutine's cell was stopped.
func (f *Frame) Run(body func()) {
	f.protect(body)
	for fn := f.pop(); fn != nil; fn = f.pop() {
		f.protect(fn)
	}
	Halt()
}

func (f *Frame) pop() func() {
	n := len(f.calls) - 1
	if n < 0 {
		return nil
	}
	fn := f.calls[n]
	f.calls[n], f.calls = nil, f.calls[:n]
	return fn
}

// protect calls fn. A panic in it runs the frame's other calls until one of
// them recovers, which protect reports; else it goes on, as Goexit does.
func (f *Frame) protect(fn func()) (recovered bool) {
	returned := false
	defer func() {
		switch {
		case returned:
		case panicsKnown:
			recovered = f.unwind(newestPanic())
		default:
			v := recover()
			if v == nil {
				f.unwind(nil)
			} else if recovered = f.unwind(&raised{value: v}); !recovered {
				panic(v)
			}
		}
	}()
	fn()
	returned = true
	return false
}

// unwind runs the frame's calls during a panic (nil: Goexit) and reports
// whether one of them recovered it.
func (f *Frame) unwind(r *raised) bool {
	line := *f.line
	for fn := f.pop(); fn != nil; fn = f.pop() {
		f.now = r
		replaced := f.protect(fn) // by a panic in fn, which was recovered
		f.now = nil
		if r != nil && (r.over || replaced) {
			r.end()
			return true
		}
	}
	*f.line = line
	return false
}

// end makes the runtime end a panic when the deferred function that runs
// returns.
func (r *raised) end() {
	r.over = true
	if panicsKnown {
		nthPanic(r.depth).recovered = true
	}
}

// newestPanic returns the panic that runs the calling deferred function, nil
// when it is a Goexit.
func newestPanic() *raised {
	head := (*runtimePanic)(panicking())
	if head == nil || head.goexit {
		return nil
	}
	r := &raised{value: head.arg}
	for p := head; p != nil; p = p.link {
		r.depth++
	}
	return r
}

// nthPanic returns the goroutine's n-th panic, counted from its oldest. Panics
// lie on the stack, which moves: no address of one may be kept.
func nthPanic(n int) *runtimePanic {
	head := (*runtimePanic)(panicking())
	depth := 0
	for p := head; p != nil; p = p.link {
		depth++
	}
	p := head
	for ; depth > n; depth-- {
		p = p.link
	}
	return p
}
