package server

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// A maker makes a helper over the types it is asked for.
type maker func(h wire.Helper, ts []reflect.Type) (reflect.Value, error)

// makers are the kinds of helper. Each is a real Go function (or type), made
// by reflection: interpreted code calls it as it calls a function of std.
var makers = map[string]maker{
	"type": func(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
		return reflect.Zero(reflect.PointerTo(ts[0])), nil
	},
	"field":     makeField,
	"get":       makeGet,
	"struct":    makeStruct,
	"elem":      makeElem,
	"whole":     makeWhole,
	"convert":   makeConvert,
	"isnil":     makeIsNil,
	"len":       makeLen,
	"cap":       makeLen,
	"clear":     makeClear,
	"chan":      makeChan,
	"equal":     makeEqual,
	"assert":    makeAssert,
	"is":        makeIs,
	"bind":      makeBind,
	"thunk":     makeThunk,
	"send":      makeSend,
	"recv":      makeRecv,
	"recv2":     makeRecv,
	"close":     makeClose,
	"select":    makeSelect,
	"rangefunc": makeRangeFunc,
	"add":       complexMaker(func(a, b complex128) complex128 { return a + b }, func(a, b complex64) complex64 { return a + b }),
	"sub":       complexMaker(func(a, b complex128) complex128 { return a - b }, func(a, b complex64) complex64 { return a - b }),
	"mul":       complexMaker(func(a, b complex128) complex128 { return a * b }, func(a, b complex64) complex64 { return a * b }),
	"quo":       complexMaker(func(a, b complex128) complex128 { return a / b }, func(a, b complex64) complex64 { return a / b }),
	"neg":       complexMaker(func(_, b complex128) complex128 { return -b }, func(_, b complex64) complex64 { return -b }),
	"parts":     makeParts,
	"print":     makePrint,
	"println":   makePrint,
	"std":       makeStd,
}

// makeHelper makes one helper.
func makeHelper(h wire.Helper, symbols Symbols) (reflect.Value, error) {
	ts := make([]reflect.Type, len(h.Types))
	for i, t := range h.Types {
		var err error
		if ts[i], err = typeOf(t, symbols); err != nil {
			return reflect.Value{}, err
		}
	}
	if h.Kind == "instance" {
		return compiledInstance(h.Text)
	}
	of, ok := makers[h.Kind]
	if !ok {
		return reflect.Value{}, fmt.Errorf("no helper of kind %q", h.Kind)
	}
	return of(h, ts)
}

// compiledInstance finds an instance of a generic function of a cell: text is
// the unit's path and the instance's name.
func compiledInstance(text string) (reflect.Value, error) {
	path, key, _ := strings.Cut(text, " ")
	if u, ok := rt.Lookup(path); ok && u.Funcs[key] != nil {
		return reflect.ValueOf(u.Funcs[key]), nil
	}
	return reflect.Value{}, fmt.Errorf("%s is not loaded", text)
}

func function(in, out []reflect.Type, variadic bool, do func(in []reflect.Value) reflect.Value) reflect.Value {
	return reflect.MakeFunc(reflect.FuncOf(in, out, variadic), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{do(in)}
	})
}

func types(ts ...reflect.Type) []reflect.Type { return ts }

// fieldAt returns the type and the offset of a field below t. The path crosses
// no pointer.
func fieldAt(t reflect.Type, path []int) (reflect.Type, uintptr, error) {
	var offset uintptr
	for _, i := range path {
		if t.Kind() != reflect.Struct || i >= t.NumField() {
			return nil, 0, fmt.Errorf("%v has no field %d", t, i)
		}
		f := t.Field(i)
		offset += f.Offset
		t = f.Type
	}
	return t, offset, nil
}

// inside returns the field as a value that may be read and set, exported or
// not. The struct is addressable.
func inside(v reflect.Value, t reflect.Type, offset uintptr) reflect.Value {
	return reflect.NewAt(t, addOffset(v.Addr().UnsafePointer(), offset))
}

// makeField makes func(*T) *F.
func makeField(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	ft, offset, err := fieldAt(ts[0], h.Path)
	if err != nil {
		return reflect.Value{}, err
	}
	return function(types(reflect.PointerTo(ts[0])), types(reflect.PointerTo(ft)), false, func(in []reflect.Value) reflect.Value {
		return reflect.NewAt(ft, addOffset(in[0].UnsafePointer(), offset))
	}), nil
}

// makeGet makes func(T) F.
func makeGet(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	ft, offset, err := fieldAt(ts[0], h.Path)
	if err != nil {
		return reflect.Value{}, err
	}
	return function(types(ts[0]), types(ft), false, func(in []reflect.Value) reflect.Value {
		v := reflect.New(ts[0]).Elem()
		v.Set(in[0])
		return inside(v, ft, offset).Elem()
	}), nil
}

// makeStruct makes func(F, …) *T, which sets the fields of the path.
func makeStruct(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	in := make([]reflect.Type, len(h.Path))
	offsets := make([]uintptr, len(h.Path))
	for i, f := range h.Path {
		var err error
		if in[i], offsets[i], err = fieldAt(ts[0], []int{f}); err != nil {
			return reflect.Value{}, err
		}
	}
	return function(in, types(reflect.PointerTo(ts[0])), false, func(vals []reflect.Value) reflect.Value {
		p := reflect.New(ts[0])
		for i, v := range vals {
			inside(p.Elem(), in[i], offsets[i]).Elem().Set(v)
		}
		return p
	}), nil
}

// makeElem makes func([]E, int) *E, or func(*[N]E, int) *E; the index has been
// looked at.
func makeElem(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	t := ts[0]
	at := func(v reflect.Value, i int) reflect.Value { return v.Index(i).Addr() }
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
		at = func(v reflect.Value, i int) reflect.Value { return v.Elem().Index(i).Addr() }
	}
	return function(types(ts[0], reflect.TypeFor[int]()), types(reflect.PointerTo(t.Elem())), false, func(in []reflect.Value) reflect.Value {
		return at(in[0], int(in[1].Int()))
	}), nil
}

// makeWhole makes func(*[N]E) []E.
func makeWhole(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return function(types(ts[0]), types(reflect.SliceOf(ts[0].Elem().Elem())), false, func(in []reflect.Value) reflect.Value {
		return in[0].Elem().Slice(0, in[0].Elem().Len())
	}), nil
}

// makeConvert makes func(From) To.
func makeConvert(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if do := truncations[ts[1].Kind()]; do != nil && (ts[0].Kind() == reflect.Float64 || ts[0].Kind() == reflect.Float32) {
		return function(types(ts[0]), types(ts[1]), false, func(in []reflect.Value) reflect.Value {
			return reflect.ValueOf(do(in[0].Float())).Convert(ts[1])
		}), nil
	}
	return function(types(ts[0]), types(ts[1]), false, func(in []reflect.Value) reflect.Value {
		return in[0].Convert(ts[1])
	}), nil
}

// truncations are the conversions of floating-point numbers, as the compiler
// makes them.
var truncations = map[reflect.Kind]func(f float64) any{
	reflect.Int8: func(f float64) any { return int8(f) }, reflect.Int16: func(f float64) any { return int16(f) }, reflect.Int32: func(f float64) any { return int32(f) },
	reflect.Int: func(f float64) any { return int(f) }, reflect.Int64: func(f float64) any { return int64(f) }, reflect.Uint: func(f float64) any { return uint(f) },
	reflect.Uint8: func(f float64) any { return uint8(f) }, reflect.Uint16: func(f float64) any { return uint16(f) }, reflect.Uint32: func(f float64) any { return uint32(f) },
	reflect.Uint64: func(f float64) any { return uint64(f) }, reflect.Uintptr: func(f float64) any { return uintptr(f) },
}

// makeIsNil makes func(T) bool: x == nil.
func makeIsNil(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return function(types(ts[0]), types(reflect.TypeFor[bool]()), false, func(in []reflect.Value) reflect.Value {
		return reflect.ValueOf(in[0].IsNil())
	}), nil
}

// makeLen makes func(T) int, the length or the capacity.
func makeLen(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	measure := reflect.Value.Len
	if h.Kind == "cap" {
		measure = reflect.Value.Cap
	}
	return function(types(ts[0]), types(reflect.TypeFor[int]()), false, func(in []reflect.Value) reflect.Value {
		return reflect.ValueOf(measure(in[0]))
	}), nil
}

// makeClear makes func(T).
func makeClear(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return reflect.MakeFunc(reflect.FuncOf(types(ts[0]), nil, false), func(in []reflect.Value) []reflect.Value {
		in[0].Clear()
		return nil
	}), nil
}

// makeChan makes func(int) chan T.
func makeChan(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	both := reflect.ChanOf(reflect.BothDir, ts[0].Elem())
	return function(types(reflect.TypeFor[int]()), types(ts[0]), false, func(in []reflect.Value) reflect.Value {
		if n := int(in[0].Int()); n < 0 {
			_ = make(chan int, n) // panics in the runtime's words
		}
		return reflect.MakeChan(both, int(in[0].Int())).Convert(ts[0])
	}), nil
}

// makeEqual makes func(A, B) bool: Go's ==, with its panics.
func makeEqual(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return function(types(ts[0], ts[1]), types(reflect.TypeFor[bool]()), false, func(in []reflect.Value) reflect.Value {
		return reflect.ValueOf(in[0].Interface() == in[1].Interface())
	}), nil
}

// asserted returns an interface's value as one of type t.
func asserted(v reflect.Value, t reflect.Type) (reflect.Value, bool) {
	if v.IsNil() {
		return reflect.Zero(t), false
	}
	d := v.Elem()
	switch {
	case t.Kind() != reflect.Interface && d.Type() == t:
		return d, true
	case t.Kind() == reflect.Interface && d.Type().Implements(t):
		return d.Convert(t), true
	}
	return reflect.Zero(t), false
}

// makeAssert makes func(I) T, which panics as Go does.
func makeAssert(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return function(types(ts[0]), types(ts[1]), false, func(in []reflect.Value) reflect.Value {
		v, ok := asserted(in[0], ts[1])
		if !ok {
			panic(failedAssertion(ts[0], dynamicType(in[0]), ts[1]))
		}
		return v
	}), nil
}

func dynamicType(v reflect.Value) reflect.Type {
	if v.IsNil() {
		return nil
	}
	return v.Elem().Type()
}

// makeIs makes func(I) (T, bool).
func makeIs(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	sig := reflect.FuncOf(types(ts[0]), types(ts[1], reflect.TypeFor[bool]()), false)
	return reflect.MakeFunc(sig, func(in []reflect.Value) []reflect.Value {
		v, ok := asserted(in[0], ts[1])
		return []reflect.Value{v, reflect.ValueOf(ok)}
	}), nil
}

// makeBind makes func(F, *C, …) S: a function of signature S that calls the
// interpreted F with the addresses of what the literal closes over, and then
// its own arguments. The types are S and then those of the addresses.
func makeBind(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	sig, caps := ts[0], ts[1:]
	in := append([]reflect.Type{}, caps...)
	for i := range sig.NumIn() {
		in = append(in, sig.In(i))
	}
	out := make([]reflect.Type, sig.NumOut())
	for i := range out {
		out[i] = sig.Out(i)
	}
	full := reflect.FuncOf(in, out, false)
	return function(append(types(full), caps...), types(sig), false, func(vals []reflect.Value) reflect.Value {
		f, closed := vals[0], append([]reflect.Value{}, vals[1:]...)
		return reflect.MakeFunc(sig, func(args []reflect.Value) []reflect.Value {
			return f.Call(append(closed[:len(closed):len(closed)], args...))
		})
	}), nil
}

// makeThunk makes func(F, A, …) func(): a call of F, to be made later, with its
// arguments as they are now. A variadic F is given a slice. A nil F panics when
// it is called.
func makeThunk(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	in := types(ts[0])
	for i := range ts[0].NumIn() {
		in = append(in, ts[0].In(i))
	}
	call := reflect.Value.Call
	if ts[0].IsVariadic() {
		call = reflect.Value.CallSlice
	}
	return function(in, types(reflect.TypeFor[func()]()), false, func(vals []reflect.Value) reflect.Value {
		f, args := vals[0], append([]reflect.Value{}, vals[1:]...)
		return reflect.ValueOf(func() {
			if f.IsNil() {
				fault.Nil()
			}
			call(f, args)
		})
	}), nil
}

// within reports whether the variables are as small as the statements want
// them; a variable that is missing is none of its business.
func within(limits []wire.Limit) error {
	for _, l := range limits {
		p, err := rt.Variable(l.Var)
		if err != nil {
			continue
		}
		name, _, _ := strings.Cut(l.Var, "#")
		switch v := p.Elem(); v.Kind() {
		case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
			if int64(v.Len()) > l.Max {
				return fmt.Errorf("a long loop (%s has %d elements)", name, v.Len())
			}
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			if v.Int() > l.Max {
				return fmt.Errorf("a long loop (%s is %d)", name, v.Int())
			}
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
			if v.Uint() > uint64(l.Max) {
				return fmt.Errorf("a long loop (%s is %d)", name, v.Uint())
			}
		case reflect.Float32, reflect.Float64:
			if v.Float() > float64(l.Max) {
				return fmt.Errorf("a long loop (%s is %g)", name, v.Float())
			}
		}
	}
	return nil
}
