package rt

import (
	"reflect"
	"runtime"
)

// SetFinalizer is runtime.SetFinalizer(obj, finalizer), with the finalizer run
// as a goroutine of the caller's cell: a panic in it fails the cell instead of
// ending the process.
func SetFinalizer(obj, finalizer any) {
	f := reflect.ValueOf(finalizer)
	if current() == nil || f.Kind() != reflect.Func || f.IsNil() {
		runtime.SetFinalizer(obj, finalizer)
		return
	}
	var args []reflect.Value
	call := f.Call
	if f.Type().IsVariadic() {
		call = f.CallSlice
	}
	run := apart(func() { call(args) })
	runtime.SetFinalizer(obj, reflect.MakeFunc(f.Type(), func(in []reflect.Value) []reflect.Value {
		args = in // there is one object, and this is called once
		run()
		args = nil
		out := make([]reflect.Value, f.Type().NumOut()) // which nobody reads
		for i := range out {
			out[i] = reflect.Zero(f.Type().Out(i))
		}
		return out
	}).Interface())
}

// AddCleanup is runtime.AddCleanup(ptr, cleanup, arg), with the cleanup run as
// a goroutine of the caller's cell.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) runtime.Cleanup {
	if current() == nil || cleanup == nil {
		return runtime.AddCleanup(ptr, cleanup, arg)
	}
	var given S
	run := apart(func() { cleanup(given) })
	return runtime.AddCleanup(ptr, func(arg S) {
		given = arg
		run()
	}, arg)
}

// apart returns fn guarded for goroutines of the runtime's, which must outlive
// it: fn runs in one of its own, and is waited for.
func apart(fn func()) func() {
	guarded := Guard(fn)
	return func() {
		done := make(chan struct{})
		go func() {
			defer close(done)
			guarded()
		}()
		<-done
	}
}
