package straight

import (
	"reflect"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/wire"
)

// values compiles an expression of any number of values.
func (c *compiler) values() values {
	switch op := c.Op(); op {
	case wire.CodeCall, wire.CodeSpread:
		return c.call(op)
	case wire.CodeLookupOK:
		m, key := c.value(), c.value()
		return func(f *frame) []reflect.Value {
			of := m(f)
			k := as(key(f), of.Type().Key())
			found := of.MapIndex(k).IsValid()
			return []reflect.Value{lookup(of, k), reflect.ValueOf(found)}
		}
	case wire.CodeDelete:
		m, key := c.value(), c.value()
		return func(f *frame) []reflect.Value {
			of := m(f)
			of.SetMapIndex(key(f), reflect.Value{})
			return nil
		}
	case wire.CodeClear:
		v := c.value()
		return func(f *frame) []reflect.Value {
			v(f).Clear()
			return nil
		}
	case wire.CodePanic:
		v := c.value()
		return func(f *frame) []reflect.Value { panic(v(f).Interface()) }
	default:
		v := c.valueOf(op)
		return func(f *frame) []reflect.Value { return []reflect.Value{v(f)} }
	}
}

// value compiles an expression of one value.
func (c *compiler) value() value { return c.valueOf(c.Op()) }

func (c *compiler) valueOf(op byte) value {
	switch op {
	case wire.CodeBool, wire.CodeInt, wire.CodeUint, wire.CodeFloat, wire.CodeString, wire.CodeZero:
		v := c.constant(op, c.typ())
		return func(*frame) reflect.Value { return v }
	case wire.CodeLoad:
		from := c.place()
		return func(f *frame) reflect.Value { return copyOf(from(f)) }
	case wire.CodeAddress:
		of := c.place()
		return func(f *frame) reflect.Value { return of(f).Addr() }
	case wire.CodeNewOf:
		v := c.value()
		return func(f *frame) reflect.Value { return copyOf(v(f)).Addr() }
	case wire.CodeField:
		v, path := c.value(), list(c, c.Number)
		return func(f *frame) reflect.Value { return copyOf(follow(copyOf(v(f)), path)) }
	case wire.CodeIndex:
		v, i := c.value(), c.value()
		return func(f *frame) reflect.Value { return copyOf(element(v(f), i(f))) }
	case wire.CodeLookup:
		m, key := c.value(), c.value()
		return func(f *frame) reflect.Value { return lookup(m(f), key(f)) }
	case wire.CodeSlice:
		return c.slice(c.Op())
	case wire.CodeStd:
		return c.std()
	case wire.CodeUnit:
		path, name := c.Text(), c.Text()
		fn, ok := c.world.Unit(path, name)
		if !ok {
			fail("no function %s in %s", name, path)
		}
		return func(*frame) reflect.Value { return fn }
	case wire.CodeHelper:
		name := c.Text()
		fn, ok := c.world.Helper(name)
		if !ok {
			fail("no helper %s", name)
		}
		return func(*frame) reflect.Value { return fn }
	case wire.CodeMethod:
		return c.method()
	case wire.CodeCall, wire.CodeSpread:
		call := c.call(op)
		return func(f *frame) reflect.Value { return call(f)[0] }
	default:
		return c.operation(op)
	}
}

// constant reads a constant of a type.
func (c *compiler) constant(op byte, t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch k := v.Kind(); {
	case op == wire.CodeZero:
	case op == wire.CodeBool && k == reflect.Bool:
		v.SetBool(c.Op() == 1)
	case op == wire.CodeInt && v.CanInt():
		v.SetInt(c.Int())
	case op == wire.CodeUint && v.CanUint():
		v.SetUint(c.Uint())
	case op == wire.CodeFloat && v.CanFloat():
		v.SetFloat(c.Float())
	case op == wire.CodeString && k == reflect.String:
		v.SetString(c.Text())
	default:
		panic(wire.ErrCode)
	}
	return v
}

// std compiles a name of a package: what it stands for when it is read.
func (c *compiler) std() value {
	path, name := c.Text(), c.Text()
	v, ok := c.world.Std(path, name)
	if !ok {
		fail("no %s in package %s", name, path)
	}
	if v.CanAddr() {
		return func(*frame) reflect.Value { return copyOf(v) }
	}
	return func(*frame) reflect.Value { return v }
}

// method compiles a method of a value.
func (c *compiler) method() value {
	t, name := c.typ(), c.Text()
	m, ok := t.MethodByName(name)
	if !ok {
		fail("no method %s of %v", name, t)
	}
	recv := c.value()
	return func(f *frame) reflect.Value {
		v := recv(f)
		if v.Kind() == reflect.Interface && v.IsNil() {
			fault.Nil()
		}
		return v.Method(m.Index)
	}
}

// call compiles a call of a function.
func (c *compiler) call(op byte) values {
	fn := c.value()
	if op == wire.CodeSpread {
		args := c.values()
		return func(f *frame) []reflect.Value {
			fn := fn(f)
			return called(fn, args(f), false)
		}
	}
	spread, args := c.Op() == 1, list(c, c.value)
	return func(f *frame) []reflect.Value {
		fn := fn(f)
		return called(fn, evaluate(f, args), spread)
	}
}

// called calls a function; spread says that its last argument is the slice of
// the variable ones.
func called(fn reflect.Value, args []reflect.Value, spread bool) (results []reflect.Value) {
	if fn.IsNil() {
		fault.Nil()
	}
	if spread {
		results = fn.CallSlice(args)
	} else {
		results = fn.Call(args)
	}
	late()
	return results
}

// lookup is m[key].
func lookup(m, key reflect.Value) reflect.Value {
	if v := m.MapIndex(as(key, m.Type().Key())); v.IsValid() {
		return v
	}
	return reflect.Zero(m.Type().Elem())
}

// slice compiles x[lo:hi:top] of a slice, a string or a pointer to an array;
// parts says which bounds there are.
func (c *compiler) slice(parts byte) value {
	of := c.value()
	bound := func(part byte) func(f *frame) int {
		if parts&part == 0 {
			return nil
		}
		v := c.value()
		return func(f *frame) int { return integer(v(f)) }
	}
	low, high, top := bound(1), bound(2), bound(4)
	return func(f *frame) reflect.Value {
		v, lo, hi := of(f), 0, -1
		if low != nil {
			lo = low(f)
		}
		if high != nil {
			hi = high(f)
		}
		if top != nil {
			return slice3(v, lo, hi, top(f))
		}
		return slice2(v, lo, hi, high == nil)
	}
}

func slice2(v reflect.Value, lo, hi int, toEnd bool) reflect.Value {
	if v.Kind() == reflect.String {
		return substring(v, lo, hi, toEnd)
	}
	bounds, n := fault.Bounds, 0
	if v.Kind() == reflect.Pointer {
		v, bounds = pointee(v), fault.BoundsArray
		n = v.Len()
	} else {
		n = v.Cap()
	}
	if toEnd {
		fault.BoundsFrom(lo, v.Len())
		hi = v.Len()
	} else {
		bounds(lo, hi, n)
	}
	return v.Slice(lo, hi)
}

func substring(v reflect.Value, lo, hi int, toEnd bool) reflect.Value {
	s := v.String()
	if toEnd {
		s = s[lo:]
	} else {
		s = s[lo:hi]
	}
	part := reflect.New(v.Type()).Elem()
	part.SetString(s)
	return part
}

func slice3(v reflect.Value, lo, hi, top int) reflect.Value {
	if v.Kind() == reflect.Pointer {
		v = pointee(v)
	}
	fault.Bounds3(lo, hi, top, v.Cap())
	return v.Slice3(lo, hi, top)
}
