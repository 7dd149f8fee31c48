package rt

// Checked returns v, unless the calling goroutine's cell was stopped: generated
// code wraps the calls of libraries that may wait, so that what they return
// after a stop is not used. It does not ask Stopping, which is down most of the
// time when a goroutine that was abandoned wakes up.
func Checked[A any](a A) A {
	Halt()
	return a
}

// Checked2 is Checked for a call with two results.
func Checked2[A, B any](a A, b B) (A, B) {
	Halt()
	return a, b
}

// Checked3 is Checked for a call with three results.
func Checked3[A, B, C any](a A, b B, c C) (A, B, C) {
	Halt()
	return a, b, c
}
