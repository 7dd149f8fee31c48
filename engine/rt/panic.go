package rt

import (
	"fmt"
	"reflect"
	"runtime"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// PanicText prints a panic's value as the runtime does after "panic: ".
// Values that the runtime shows as an address are shown by their content.
func PanicText(v any) string {
	text, raised := valueText(v)
	return raised + text
}

// panicLine is "panic: " and the value; where its method panics, what the
// runtime says instead.
func panicLine(v any) string {
	text, raised := valueText(v)
	if raised != "" {
		return "fatal error: " + raised
	}
	return "panic: " + text
}

// valueText prints a panic's value; raised says that its method panicked.
func valueText(v any) (text, raised string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			raised = "panic while printing panic value: " + r
		default:
			raised = fmt.Sprintf("panic while printing panic value: type %T", r)
		}
	}()
	return textOf(v), ""
}

func textOf(v any) string {
	switch x := v.(type) {
	case error:
		return indent(x.Error())
	case fmt.Stringer:
		return indent(x.String())
	case string:
		return indent(x)
	}
	return panicValue(reflect.ValueOf(v))
}

// indent keeps the lines of a text together, as the runtime prints them.
func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n\t") }

func panicValue(v reflect.Value) string {
	t := v.Type()
	named := t.PkgPath() != ""
	var s string
	switch v.Kind() {
	case reflect.String:
		s = `"` + indent(v.String()) + `"`
	case reflect.Float32, reflect.Float64:
		s = strconv.FormatFloat(v.Float(), 'g', -1, t.Bits())
	case reflect.Complex64, reflect.Complex128:
		s = strconv.FormatComplex(v.Complex(), 'g', -1, t.Bits())
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s = fmt.Sprint(v)
	default:
		return indent(fmt.Sprintf("%#v", v))
	}
	if named {
		return t.String() + "(" + s + ")"
	}
	return s
}

// errorText is an error's message; an error whose method panics has a text too.
func errorText(err error) string { return strings.ReplaceAll(PanicText(err), "\n\t", "\n") }

// maxFrames bounds the stack that a failure carries, before filtering.
const maxFrames = 512

// waiting reports whether the caller of Halt, two calls up, is one of this
// package's stand-ins.
func waiting() bool {
	var pcs [1]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs[:])])
	f, _ := frames.Next()
	return strings.HasPrefix(f.Function, rtPackage)
}

var rtPackage = reflect.TypeFor[Cell]().PkgPath() + "."

// callers returns the user frames of the calling goroutine. In a deferred
// function it sees the frames of the panic.
func callers() []stack.Frame {
	pcs := make([]uintptr, maxFrames)
	return stack.FromCallers(pcs[:runtime.Callers(2, pcs)])
}
