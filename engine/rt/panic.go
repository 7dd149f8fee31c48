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
func PanicText(v any) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("panic while printing panic value: type %T", v)
		}
	}()
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
		s = strconv.Quote(v.String())
	case reflect.Float32, reflect.Float64:
		s = runtimeFloat(v.Float())
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		s = "(" + runtimeFloat(real(c)) + runtimeFloat(imag(c)) + "i)"
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

// runtimeFloat formats as the print builtin: +1.500000e+000.
func runtimeFloat(f float64) string {
	s := fmt.Sprintf("%+.6e", f)
	mant, exp, ok := strings.Cut(s, "e")
	if !ok {
		return s
	}
	return mant + "e" + exp[:1] + fmt.Sprintf("%03s", exp[1:])
}

// errorText is an error's message; an error whose method panics has a text too.
func errorText(err error) string { return strings.ReplaceAll(PanicText(err), "\n\t", "\n") }

// maxFrames bounds the stack that a failure carries, before filtering.
const maxFrames = 512

// callers returns the user frames of the calling goroutine. In a deferred
// function it sees the frames of the panic.
func callers() []stack.Frame {
	pcs := make([]uintptr, maxFrames)
	return stack.FromCallers(pcs[:runtime.Callers(2, pcs)])
}
