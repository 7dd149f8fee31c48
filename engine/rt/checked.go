package rt

// Checked returns v, unless the calling goroutine's cell is being stopped:
// generated code wraps the calls of libraries that may wait, so that what they
// return after a stop is not used.
func Checked[A any](a A) A {
	if Stopping.Load() != 0 {
		Halt()
	}
	return a
}

// Checked2 is Checked for a call with two results.
func Checked2[A, B any](a A, b B) (A, B) {
	if Stopping.Load() != 0 {
		Halt()
	}
	return a, b
}

// Checked3 is Checked for a call with three results.
func Checked3[A, B, C any](a A, b B, c C) (A, B, C) {
	if Stopping.Load() != 0 {
		Halt()
	}
	return a, b, c
}
