package straight

import (
	"reflect"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/wire"
)

// operation compiles operators, conversions, literals and builtins.
func (c *compiler) operation(op byte) value {
	switch op {
	case wire.CodeBinary:
		operator, both := c.Op(), c.operands()
		return func(f *frame) reflect.Value {
			a, b := both(f)
			return binary(operator, a, b)
		}
	case wire.CodeEqual:
		both := c.operands()
		return func(f *frame) reflect.Value { return reflect.ValueOf(equal(both(f))) }
	case wire.CodeIsNil:
		v := c.value()
		return func(f *frame) reflect.Value { return reflect.ValueOf(v(f).IsNil()) }
	case wire.CodeAnd, wire.CodeOr:
		x, y := c.value(), c.value()
		decided := op == wire.CodeOr
		return func(f *frame) reflect.Value {
			if a := x(f); a.Bool() == decided {
				return a
			}
			return y(f)
		}
	case wire.CodeNot, wire.CodeNegate, wire.CodeComplement:
		v := c.value()
		return func(f *frame) reflect.Value { return unary(op, v(f)) }
	case wire.CodeConvert:
		t, v := c.typ(), c.value()
		return func(f *frame) reflect.Value { return convert(v(f), t) }
	case wire.CodeSliceOf, wire.CodeArrayOf, wire.CodeMapOf, wire.CodeStructOf:
		return c.literal(op, c.typ())
	default:
		return c.builtin(op)
	}
}

// operands compiles two operands.
func (c *compiler) operands() func(*frame) (a, b reflect.Value) {
	order, x, y := c.Op(), c.value(), c.value()
	if order == wire.CodeFirstLast {
		return func(f *frame) (a, b reflect.Value) {
			b = y(f)
			return x(f), b
		}
	}
	return func(f *frame) (a, b reflect.Value) {
		a = x(f)
		return a, y(f)
	}
}

// literal compiles T{…}: pairs of an index, a key or a field, and a value.
func (c *compiler) literal(op byte, t reflect.Type) value {
	size := 0
	if op == wire.CodeSliceOf {
		size = c.Number()
	}
	if op == wire.CodeMapOf {
		pairs := list(c, func() [2]value { return [2]value{c.value(), c.value()} })
		return func(f *frame) reflect.Value {
			m := reflect.MakeMapWithSize(t, len(pairs))
			for _, p := range pairs {
				k := p[0](f)
				m.SetMapIndex(k, as(p[1](f), t.Elem()))
			}
			return m
		}
	}
	type part struct {
		at   int
		from value
	}
	parts := list(c, func() part { return part{c.Number(), c.value()} })
	return func(f *frame) reflect.Value {
		if op == wire.CodeSliceOf {
			v := reflect.MakeSlice(t, size, size)
			for _, p := range parts {
				v.Index(p.at).Set(p.from(f))
			}
			return v
		}
		v := reflect.New(t).Elem()
		for _, p := range parts {
			if op == wire.CodeArrayOf {
				v.Index(p.at).Set(p.from(f))
			} else {
				follow(v, []int{p.at}).Set(p.from(f))
			}
		}
		return v
	}
}

func (c *compiler) builtin(op byte) value {
	switch op {
	case wire.CodeLen, wire.CodeCap:
		v := c.value()
		return func(f *frame) reflect.Value { return reflect.ValueOf(size(op, v(f))) }
	case wire.CodeAppend:
		order, to, more := c.Op(), c.value(), list(c, c.value)
		if order == wire.CodeFirstLast {
			return func(f *frame) reflect.Value {
				vs := evaluate(f, more)
				return reflect.Append(to(f), vs...)
			}
		}
		return func(f *frame) reflect.Value {
			s := to(f)
			return reflect.Append(s, evaluate(f, more)...)
		}
	case wire.CodeAppendAll:
		to, more := c.value(), c.value()
		return func(f *frame) reflect.Value {
			s := to(f)
			return reflect.AppendSlice(s, as(bytesOf(more(f)), s.Type()))
		}
	case wire.CodeCopy:
		to, from := c.value(), c.value()
		return func(f *frame) reflect.Value {
			d := to(f)
			return reflect.ValueOf(reflect.Copy(d, from(f)))
		}
	case wire.CodeMin, wire.CodeMax:
		all := list(c, c.value)
		less := byte(wire.CodeLess)
		if op == wire.CodeMax {
			less = wire.CodeGreater
		}
		return func(f *frame) reflect.Value { return extreme(less, evaluate(f, all)) }
	default:
		return c.maker(op)
	}
}

// maker compiles new and make.
func (c *compiler) maker(op byte) value {
	switch op {
	case wire.CodeNew:
		t := c.typ()
		return func(*frame) reflect.Value { return reflect.New(t) }
	case wire.CodeMakeSlice:
		t, sizes := c.typ(), list(c, c.value)
		return func(f *frame) reflect.Value {
			vs := evaluate(f, sizes)
			n, m := integer(vs[0]), integer(vs[len(vs)-1])
			if n < 0 || m < n {
				fault.Make(n, m)
			}
			return reflect.MakeSlice(t, n, m)
		}
	case wire.CodeMakeMap:
		t, hint := c.typ(), c.value()
		return func(f *frame) reflect.Value { return reflect.MakeMapWithSize(t, max(0, integer(hint(f)))) }
	}
	panic(wire.ErrCode)
}

func size(op byte, v reflect.Value) int {
	if op == wire.CodeCap {
		return v.Cap()
	}
	return v.Len()
}

// bytesOf is what append(bytes, text...) appends.
func bytesOf(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.String {
		return reflect.ValueOf([]byte(v.String()))
	}
	return v
}

// extreme is min or max of one or more numbers or strings of a type.
func extreme(better byte, vs []reflect.Value) reflect.Value {
	best := vs[0]
	for _, v := range vs[1:] {
		if v.CanFloat() {
			best = extremeFloat(better, best, v)
		} else if binary(better, v, best).Bool() {
			best = v
		}
	}
	return best
}

// extremeFloat follows Go's rules for NaN and the zeros.
func extremeFloat(better byte, a, b reflect.Value) reflect.Value {
	v := reflect.New(a.Type()).Elem()
	if better == wire.CodeLess {
		v.SetFloat(min(a.Float(), b.Float()))
	} else {
		v.SetFloat(max(a.Float(), b.Float()))
	}
	return v
}

func unary(op byte, v reflect.Value) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	switch {
	case op == wire.CodeNot:
		to.SetBool(!v.Bool())
	case v.CanInt() && op == wire.CodeNegate:
		to.SetInt(-v.Int())
	case v.CanInt():
		to.SetInt(^v.Int())
	case v.CanUint() && op == wire.CodeNegate:
		to.SetUint(-v.Uint())
	case v.CanUint():
		to.SetUint(^v.Uint())
	default:
		to.SetFloat(-v.Float())
	}
	return to
}

// binary is a op b. But for shifts, both are of one type, whose width the result
// is cut to.
func binary(op byte, a, b reflect.Value) reflect.Value {
	if op >= wire.CodeLess {
		return reflect.ValueOf(ordered(op, a, b))
	}
	to := reflect.New(a.Type()).Elem()
	switch {
	case op == wire.CodeShl || op == wire.CodeShr:
		shift(to, op, a, count(b))
	case a.CanInt():
		to.SetInt(integers(op, a.Int(), b.Int()))
	case a.CanUint():
		to.SetUint(integers(op, a.Uint(), b.Uint()))
	case a.Kind() == reflect.Float32:
		to.SetFloat(float64(floats(op, float32(a.Float()), float32(b.Float()))))
	case a.CanFloat():
		to.SetFloat(floats(op, a.Float(), b.Float()))
	default:
		to.SetString(a.String() + b.String())
	}
	return to
}

// integers computes in 64 bits: cut to a type's width, the result is the type's.
func integers[T int64 | uint64](op byte, a, b T) T {
	switch op {
	case wire.CodeAdd:
		return a + b
	case wire.CodeSub:
		return a - b
	case wire.CodeMul:
		return a * b
	case wire.CodeQuo:
		return a / b
	case wire.CodeRem:
		return a % b
	case wire.CodeAndBits:
		return a & b
	case wire.CodeOrBits:
		return a | b
	case wire.CodeXor:
		return a ^ b
	case wire.CodeAndNot:
		return a &^ b
	}
	panic(wire.ErrCode)
}

func floats[T float32 | float64](op byte, a, b T) T {
	switch op {
	case wire.CodeAdd:
		return a + b
	case wire.CodeSub:
		return a - b
	case wire.CodeMul:
		return a * b
	case wire.CodeQuo:
		return a / b
	}
	panic(wire.ErrCode)
}

// count is how far is shifted.
func count(v reflect.Value) uint64 {
	if v.CanUint() {
		return v.Uint()
	}
	n := v.Int()
	if n < 0 {
		fault.Shift(int(n))
	}
	return uint64(n)
}

func shift(to reflect.Value, op byte, a reflect.Value, n uint64) {
	switch {
	case a.CanInt() && op == wire.CodeShl:
		to.SetInt(a.Int() << n)
	case a.CanInt():
		to.SetInt(a.Int() >> n)
	case op == wire.CodeShl:
		to.SetUint(a.Uint() << n)
	default:
		to.SetUint(a.Uint() >> n)
	}
}

func ordered(op byte, a, b reflect.Value) bool {
	switch {
	case a.CanInt():
		return compared(op, a.Int(), b.Int())
	case a.CanUint():
		return compared(op, a.Uint(), b.Uint())
	case a.CanFloat():
		return compared(op, a.Float(), b.Float())
	}
	return compared(op, a.String(), b.String())
}

func compared[T int64 | uint64 | float64 | string](op byte, a, b T) bool {
	switch op {
	case wire.CodeLess:
		return a < b
	case wire.CodeLessEqual:
		return a <= b
	case wire.CodeGreater:
		return a > b
	}
	return a >= b
}

// equal is a == b; one may be an interface, or have a name where the other has
// none.
func equal(a, b reflect.Value) bool {
	if ta, tb := a.Type(), b.Type(); ta != tb && a.Kind() != reflect.Interface && b.Kind() != reflect.Interface {
		if tb.AssignableTo(ta) {
			b = as(b, ta)
		} else {
			a = as(a, tb)
		}
	}
	return a.Interface() == b.Interface()
}

// convert is T(v).
func convert(v reflect.Value, t reflect.Type) reflect.Value {
	if !isNumber(v.Kind()) || !isNumber(t.Kind()) {
		return v.Convert(t)
	}
	to := reflect.New(t).Elem()
	switch {
	case v.CanInt():
		number(to, v.Int())
	case v.CanUint():
		number(to, v.Uint())
	default:
		number(to, v.Float())
	}
	return to
}

func isNumber(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Float64 }

// number sets a number from another. Each conversion is written out: that of a
// float which is out of range is what the compiler makes of it.
func number[T int64 | uint64 | float64](to reflect.Value, v T) {
	switch to.Kind() {
	case reflect.Int, reflect.Int64:
		to.SetInt(int64(v))
	case reflect.Int8:
		to.SetInt(int64(int8(v)))
	case reflect.Int16:
		to.SetInt(int64(int16(v)))
	case reflect.Int32:
		to.SetInt(int64(int32(v)))
	case reflect.Uint8:
		to.SetUint(uint64(uint8(v)))
	case reflect.Uint16:
		to.SetUint(uint64(uint16(v)))
	case reflect.Uint32:
		to.SetUint(uint64(uint32(v)))
	case reflect.Float32:
		to.SetFloat(float64(float32(v)))
	case reflect.Float64:
		to.SetFloat(float64(v))
	default: // uint, uint64, uintptr
		to.SetUint(uint64(v))
	}
}
