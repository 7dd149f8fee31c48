package identity

import (
	"reflect"
	"sync"
	"unsafe"
)

// redirected holds what is not used, by its address, and what stands for it.
// Descriptors and tables are never freed.
var redirected = struct {
	sync.Mutex
	to map[uintptr]uintptr
}{to: map[uintptr]uintptr{}}

// descriptor is the head of the runtime's type descriptors (internal/abi.Type).
type descriptor struct {
	_, _ uintptr // size, pointers
	hash uint32
}

// itab is the head of a method table (internal/abi.ITab).
type itab struct {
	inter, typ uintptr
	hash       uint32
}

// memory returns what stands at an address that the garbage collector knows
// nothing of, or that is kept.
func memory[T any](addr uintptr) *T { return *(**T)(unsafe.Pointer(&addr)) }

// typeAt returns the type whose descriptor stands at an address.
func typeAt(at uintptr) reflect.Type {
	var v any
	*(*uintptr)(unsafe.Pointer(&v)) = at
	return reflect.TypeOf(v)
}

func addressOf(t reflect.Type) uintptr { return (*[2]uintptr)(unsafe.Pointer(&t))[1] }

// A canon finds what stands for the types and tables of an image.
type canon struct {
	lo, hi uintptr // the image
	seen   map[uintptr]uintptr
}

// of returns what stands for what is at an address, with find for what the
// image brings.
func (c *canon) of(at uintptr, find func(uintptr) uintptr) uintptr {
	if to, ok := c.seen[at]; ok {
		return to
	}
	to, known := redirected.to[at]
	if !known {
		if to = at; c.lo <= at && at < c.hi {
			to = find(at)
		}
		if to != at {
			redirected.to[at] = to
		}
	}
	c.seen[at] = to
	return to
}

// typ returns the descriptor that stands for the one at an address. Types with
// a name are one already.
func (c *canon) typ(at uintptr) uintptr {
	return c.of(at, func(at uintptr) (to uintptr) {
		t := typeAt(at)
		if t.Name() != "" {
			return at
		}
		made := c.made(t)
		if made == nil || addressOf(made) == at {
			return at
		}
		// Type switches look at the hash first, which reflect computes in
		// another way.
		to = addressOf(made)
		own, brought := memory[descriptor](to), memory[descriptor](at)
		if own.hash != brought.hash && made.NumMethod() == 0 {
			own.hash = brought.hash
		}
		return to
	})
}

// made returns the type that reflect gives for the parts of a type without a
// name, nil where it gives none.
func (c *canon) made(t reflect.Type) (made reflect.Type) {
	defer func() {
		if recover() != nil { // reflect can't make such a type
			made = nil
		}
	}()
	part := func(t reflect.Type) reflect.Type { return typeAt(c.typ(addressOf(t))) }
	switch t.Kind() {
	case reflect.Pointer:
		return reflect.PointerTo(part(t.Elem()))
	case reflect.Slice:
		return reflect.SliceOf(part(t.Elem()))
	case reflect.Array:
		return reflect.ArrayOf(t.Len(), part(t.Elem()))
	case reflect.Map:
		return reflect.MapOf(part(t.Key()), part(t.Elem()))
	case reflect.Chan:
		return reflect.ChanOf(t.ChanDir(), part(t.Elem()))
	case reflect.Func:
		in, out := make([]reflect.Type, t.NumIn()), make([]reflect.Type, t.NumOut())
		for i := range in {
			in[i] = part(t.In(i))
		}
		for i := range out {
			out[i] = part(t.Out(i))
		}
		return reflect.FuncOf(in, out, t.IsVariadic())
	case reflect.Struct:
		fields := make([]reflect.StructField, t.NumField())
		for i := range fields {
			f := t.Field(i)
			if !f.IsExported() || f.Anonymous {
				return nil
			}
			fields[i] = reflect.StructField{Name: f.Name, Type: part(f.Type), Tag: f.Tag}
		}
		return reflect.StructOf(fields)
	}
	return nil
}

// table returns the method table that stands for the one at an address: the
// one that the runtime gives for its interface and its type. Instances of
// generic code name tables of types without the interface's methods, which
// stay.
func (c *canon) table(at uintptr) uintptr {
	return c.of(at, func(at uintptr) uintptr {
		tab := memory[itab](at)
		inter, typ := typeAt(tab.inter), typeAt(tab.typ)
		if !typ.Implements(inter) {
			return at
		}
		v := reflect.New(inter)
		v.Elem().Set(reflect.Zero(typ))
		to := *(*uintptr)(v.UnsafePointer())
		// Type switches look at the hash, which the runtime leaves out of the
		// tables that it makes.
		if made := memory[itab](to); made.hash != tab.hash { // else it may be read-only
			made.hash = tab.hash
		}
		return to
	})
}
