package server

import (
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

func init() {
	makers["methodvalue"], makers["methodexpr"], makers["late"] = makeMethodValue, makeMethodExpr, makeLate
}

// makeMethodExpr makes func() of a method expression of the type ts[0], whose
// first parameter is the receiver.
func makeMethodExpr(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	t := ts[0]
	if t.Kind() != reflect.Func || t.NumIn() == 0 {
		return reflect.Value{}, fmt.Errorf("the method expression %s of type %v", h.Text, t)
	}
	call := reflect.Value.Call
	if t.IsVariadic() {
		call = reflect.Value.CallSlice
	}
	f := reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value {
		if in[0].Kind() == reflect.Interface && in[0].IsNil() {
			fault.Nil()
		}
		return call(in[0].MethodByName(h.Text), in[1:])
	})
	return function(nil, types(t), false, func([]reflect.Value) reflect.Value { return f }), nil
}

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
