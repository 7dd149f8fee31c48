package straight

import (
	"reflect"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/wire"
)

// setter compiles a target that is assigned to.
func (c *compiler) setter() setter {
	switch op := c.Op(); op {
	case wire.CodeDiscard:
		return func(*frame, reflect.Value) {}
	case wire.CodeMapElement:
		m, key := c.value(), c.value()
		return func(f *frame, v reflect.Value) {
			to := m(f)
			to.SetMapIndex(key(f), as(v, to.Type().Elem()))
		}
	default:
		to := c.placeOf(op)
		return func(f *frame, v reflect.Value) { to(f).Set(v) }
	}
}

// as is a value as one of a type that it is assignable to. (SetMapIndex would
// take the zero Value, which no expression has, for none.)
func as(v reflect.Value, t reflect.Type) reflect.Value {
	if v.Type() == t {
		return v
	}
	to := reflect.New(t).Elem()
	to.Set(v)
	return to
}

// update compiles x op= y.
func (c *compiler) update(op byte) statement {
	switch target := c.Op(); target {
	case wire.CodeMapElement:
		m, key, y := c.value(), c.value(), c.value()
		return func(f *frame) {
			to, k := m(f), key(f)
			to.SetMapIndex(k, binary(op, lookup(to, k), y(f)))
		}
	default:
		to, y := c.placeOf(target), c.value()
		return func(f *frame) {
			p := to(f)
			b := y(f) // whose calls may change what is there
			p.Set(binary(op, copyOf(p), b))
		}
	}
}

func (c *compiler) place() place { return c.placeOf(c.Op()) }

func (c *compiler) placeOf(op byte) place {
	switch op {
	case wire.CodeVariable:
		n := c.Number()
		if n < 0 || n >= len(c.vars) {
			panic(wire.ErrCode)
		}
		v := c.vars[n].Elem()
		return func(*frame) reflect.Value { return v }
	case wire.CodeLocalVar:
		n := c.Number()
		if n < 0 || n >= c.locals {
			panic(wire.ErrCode)
		}
		return func(f *frame) reflect.Value { return f.locals[n] }
	case wire.CodeFieldAt:
		of, path := c.place(), list(c, c.Number)
		return func(f *frame) reflect.Value { return follow(of(f), path) }
	case wire.CodeFieldVia:
		of, path := c.value(), list(c, c.Number)
		return func(f *frame) reflect.Value { return follow(pointee(of(f)), path) }
	case wire.CodeElementOf:
		of, i := c.place(), c.value()
		return func(f *frame) reflect.Value { return element(of(f), i(f)) }
	case wire.CodeElement:
		of, i := c.value(), c.value()
		return func(f *frame) reflect.Value { return element(of(f), i(f)) }
	case wire.CodePointee:
		of := c.value()
		return func(f *frame) reflect.Value { return pointee(of(f)) }
	}
	panic(wire.ErrCode)
}

// pointee is what a pointer points to.
func pointee(p reflect.Value) reflect.Value {
	if p.IsNil() {
		fault.Nil()
	}
	return p.Elem()
}

// follow leads from an addressable struct to a field below it, exported or not.
func follow(v reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		if v.Kind() == reflect.Pointer {
			v = pointee(v)
		}
		exported := v.Type().Field(i).IsExported()
		if v = v.Field(i); !exported {
			v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
		}
	}
	return v
}

// element is x[i] of a slice, of an array that is addressable, or of the one
// that a pointer points to.
func element(of, index reflect.Value) reflect.Value {
	i := integer(index)
	if of.Kind() == reflect.Pointer {
		of = pointee(of)
	}
	if n := of.Len(); i < 0 || i >= n {
		fault.Index(i, n)
	}
	return of.Index(i)
}

// integer is an index, a length or a count.
func integer(v reflect.Value) int {
	if v.CanInt() {
		return int(v.Int())
	}
	return int(v.Uint())
}

// copyOf is what is in a place, as it is now.
func copyOf(p reflect.Value) reflect.Value {
	v := reflect.New(p.Type()).Elem()
	v.Set(p)
	return v
}
