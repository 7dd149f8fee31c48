package server

import (
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

func init() { makers["methodvalue"], makers["late"] = makeMethodValue, makeLate }

// makeMethodValue makes func(receiver) of a method value of the type ts[0].
func makeMethodValue(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if ts[0].Kind() != reflect.Func {
		return reflect.Value{}, fmt.Errorf("the method value %s of type %v", h.Text, ts[0])
	}
	return function(types(reflect.TypeFor[any]()), types(ts[0]), false, func(in []reflect.Value) reflect.Value {
		return in[0].Elem().MethodByName(h.Text).Convert(ts[0])
	}), nil
}

// makeLate makes func(f F) F: rt.CheckedFunc for functions of a type.
func makeLate(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if ts[0].Kind() != reflect.Func {
		return reflect.Value{}, fmt.Errorf("a function of type %v", ts[0])
	}
	return function(types(ts[0]), types(ts[0]), false, func(in []reflect.Value) reflect.Value {
		return rt.CheckedValue(in[0])
	}), nil
}
