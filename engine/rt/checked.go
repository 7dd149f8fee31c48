package rt

import "reflect"

// Checked returns v, unless the calling goroutine's cell was stopped: generated
// code wraps the calls of libraries that may wait, so that what they return
// after a stop is not used.
func Checked[A any](a A) A {
	late()
	return a
}

// Checked2 is Checked for a call with two results.
func Checked2[A, B any](a A, b B) (A, B) {
	late()
	return a, b
}

// Checked3 is Checked for a call with three results.
func Checked3[A, B, C any](a A, b B, c C) (A, B, C) {
	late()
	return a, b, c
}

// CheckedFunc returns a function that calls f, which may wait, and returns as
// Checked does. A call costs half a microsecond more.
func CheckedFunc[F any](f F) F { return CheckedValue(reflect.ValueOf(f)).Interface().(F) }

// CheckedValue is CheckedFunc for the value of a function.
func CheckedValue(f reflect.Value) reflect.Value {
	call := f.Call
	if f.Type().IsVariadic() {
		call = f.CallSlice
	}
	return reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
		results := call(args)
		late()
		return results
	})
}
