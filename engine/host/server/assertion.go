package server

import (
	"reflect"
	"runtime"
	"unsafe"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// assertionFields are where a runtime.TypeAssertionError keeps the interface's
// type, the value's, the one asserted and the method that is missing; nil where
// this Go has them in another way.
var assertionFields = func() []uintptr {
	t := reflect.TypeFor[runtime.TypeAssertionError]()
	var at []uintptr
	for i, name := range []string{"_interface", "concrete", "asserted", "missingMethod"} {
		f, ok := t.FieldByName(name)
		if !ok || i < 3 && f.Type.Kind() != reflect.Pointer || i == 3 && f.Type.Kind() != reflect.String {
			return nil
		}
		at = append(at, f.Offset)
	}
	return at
}()

// failedAssertion is Go's error of an assertion of a value of type dynamic, nil
// for none, in an interface of type from.
func failedAssertion(from, dynamic, to reflect.Type) error {
	own := &assertionError{from: from, dynamic: dynamic, to: to}
	if assertionFields == nil {
		return own
	}
	if to.Kind() == reflect.Interface {
		from = nil // Go names it for other types only
	}
	e := new(runtime.TypeAssertionError)
	for i, t := range []reflect.Type{from, dynamic, to} {
		if t != nil {
			*(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(e), assertionFields[i])) = reflect.ValueOf(t).UnsafePointer()
		}
	}
	if dynamic != nil && to.Kind() == reflect.Interface {
		*(*string)(unsafe.Add(unsafe.Pointer(e), assertionFields[3])) = missing(dynamic, to)
	}
	return e
}

// An assertionError says the same where a runtime.TypeAssertionError cannot be
// made.
type assertionError struct{ from, dynamic, to reflect.Type }

func (*assertionError) RuntimeError() {}

func (e *assertionError) Error() string {
	from := e.from.String()
	switch {
	case e.dynamic == nil && e.to.Kind() == reflect.Interface:
		return "interface conversion: interface is nil, not " + e.to.String()
	case e.dynamic == nil:
		return "interface conversion: " + from + " is nil, not " + e.to.String()
	case e.to.Kind() == reflect.Interface:
		return "interface conversion: " + e.dynamic.String() + " is not " + e.to.String() + ": missing method " + missing(e.dynamic, e.to)
	}
	text := "interface conversion: " + from + " is " + e.dynamic.String() + ", not " + e.to.String()
	if e.dynamic.String() == e.to.String() {
		if e.dynamic.PkgPath() != e.to.PkgPath() {
			return text + " (types from different packages)"
		}
		return text + " (types from different scopes)"
	}
	return text
}

// missing returns the first method of an interface that t lacks, as the user
// spells it.
func missing(t, iface reflect.Type) string {
	for i := range iface.NumMethod() {
		m := iface.Method(i)
		if have, ok := t.MethodByName(m.Name); !ok || have.Type.NumIn() != m.Type.NumIn()+1 {
			return spelling.Plain(m.Name)
		}
	}
	return ""
}
