package rt

import (
	"reflect"
	"runtime"
	"unsafe"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// missingMethod is where a failed conversion keeps the name of the method that
// the value lacks; ok is false where this Go has it in another way.
var missingMethod, hasMissingMethod = func() (uintptr, bool) {
	f, ok := reflect.TypeFor[runtime.TypeAssertionError]().FieldByName("missingMethod")
	return f.Offset, ok && f.Type.Kind() == reflect.String
}()

// Recovered is what a call of recover in a cell yields: v, where it is Go's
// error of a failed conversion with the method's name as the user spells it.
func Recovered(v any) any {
	if e, ok := v.(*runtime.TypeAssertionError); ok && e != nil && hasMissingMethod {
		name := (*string)(unsafe.Add(unsafe.Pointer(e), missingMethod))
		*name = spelling.Plain(*name)
	}
	return v
}
