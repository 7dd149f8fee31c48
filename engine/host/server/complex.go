package server

import (
	"reflect"

	"github.com/goblaze/goblaze/engine/wire"
)

// complexMaker makes func(T, T) T of an operation on complex numbers.
func complexMaker(double func(a, b complex128) complex128, single func(a, b complex64) complex64) maker {
	return func(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
		t := ts[0]
		return function(types(t, t), types(t), false, func(in []reflect.Value) reflect.Value {
			a, b := in[0].Complex(), in[1].Complex()
			if t.Kind() == reflect.Complex64 {
				return reflect.ValueOf(single(complex64(a), complex64(b))).Convert(t)
			}
			return reflect.ValueOf(double(a, b)).Convert(t)
		}), nil
	}
}

// makeParts makes func(T) [2]float64: the real and the imaginary part.
func makeParts(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return function(types(ts[0]), types(reflect.TypeFor[[2]float64]()), false, func(in []reflect.Value) reflect.Value {
		c := in[0].Complex()
		return reflect.ValueOf([2]float64{real(c), imag(c)})
	}), nil
}
