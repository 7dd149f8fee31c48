package vectorizer

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"unsafe"
)

// EqualValues compares two results deeply and, where they differ, says where
// first: "[3].Name: \"a\", \"b\"". Floats are compared bit for bit, so 0 and -0
// differ, but every NaN equals every NaN; a nil slice or map equals an empty
// one; pointers are followed, cycles too; functions and channels are equal
// when they are the same; errors are equal when type and text are. Unexported fields count.
// Neither value may be written to meanwhile. Its cost is that of a
// reflect.DeepEqual; []byte, []float64 and []int are compared fast.
func EqualValues(a, b any) (equal bool, firstDifference string) {
	c := comparison{seen: map[visit]bool{}}
	if c.same(reflect.ValueOf(a), reflect.ValueOf(b)) {
		return true, ""
	}
	if c.where == "" {
		c.where = "value"
	}
	return false, c.where + ": " + c.what
}

type comparison struct {
	seen  map[visit]bool
	where string // the path, built from its end while the recursion returns
	what  string
}

// A visit is a pair of pointers whose targets are being compared.
type visit struct {
	a, b unsafe.Pointer
	t    reflect.Type
}

func (c *comparison) differ(a, b any) bool {
	c.what = textOf(a) + ", " + textOf(b)
	return false
}

// at puts a step of the path in front when the values differ below it.
func (c *comparison) at(equal bool, step string) bool {
	if !equal {
		c.where = step + c.where
	}
	return equal
}

func (c *comparison) same(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid() || c.differ(show(a), show(b))
	}
	if a.Type() != b.Type() {
		c.what = fmt.Sprintf("%v, %v", a.Type(), b.Type())
		return false
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		return sameFloat(a.Float(), b.Float()) || c.differ(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return sameFloat(real(x), real(y)) && sameFloat(imag(x), imag(y)) || c.differ(x, y)
	case reflect.Slice:
		return c.sameSlice(a, b)
	case reflect.Array:
		return c.sameElements(a, b)
	case reflect.Map:
		return c.sameMap(a, b)
	case reflect.Struct:
		return c.sameStruct(a, b)
	case reflect.Pointer:
		return c.samePointer(a, b)
	case reflect.Interface:
		return c.same(a.Elem(), b.Elem())
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return a.UnsafePointer() == b.UnsafePointer() || c.differ(show(a), show(b))
	default:
		return a.Equal(b) || c.differ(show(a), show(b))
	}
}

func sameFloat(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
}

// show makes a reflected value printable, from unexported fields too.
func show(v reflect.Value) any {
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.String:
		return v.String()
	default:
		return printable{v}
	}
}

// printable prints as the value it holds does; fmt reads unexported fields
// when it is given the reflect.Value itself.
type printable struct{ reflect.Value }

func (p printable) String() string { return fmt.Sprintf("%v", p.Value) }

// enter is true where a pair of references must be looked into; a pair that is
// being compared further up is taken as equal.
func (c *comparison) enter(a, b reflect.Value) bool {
	v := visit{a.UnsafePointer(), b.UnsafePointer(), a.Type()}
	if v.a == v.b && (a.Kind() != reflect.Slice || a.Len() == b.Len()) || c.seen[v] {
		return false
	}
	c.seen[v] = true
	return true
}

func (c *comparison) sameSlice(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		c.what = fmt.Sprintf("length %d, length %d", a.Len(), b.Len())
		return false
	}
	if a.Type().Elem().Kind() == reflect.Uint8 && bytes.Equal(a.Bytes(), b.Bytes()) {
		return true
	}
	if a.Len() == 0 || a.UnsafePointer() == b.UnsafePointer() {
		return true
	}
	switch a.Type().Elem().Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface, reflect.Struct:
		v := visit{a.UnsafePointer(), b.UnsafePointer(), a.Type()}
		if c.seen[v] {
			return true
		}
		c.seen[v] = true
	}
	return c.sameElements(a, b)
}

func (c *comparison) sameElements(a, b reflect.Value) bool {
	for i := range a.Len() {
		if !c.same(a.Index(i), b.Index(i)) {
			return c.at(false, fmt.Sprintf("[%d]", i))
		}
	}
	return true
}

func (c *comparison) sameMap(a, b reflect.Value) bool {
	if a.Len() != b.Len() {
		c.what = fmt.Sprintf("%d keys, %d keys", a.Len(), b.Len())
		return false
	}
	if a.Len() == 0 || !c.enter(a, b) {
		return true
	}
	var nanA, nanB []reflect.Value // values under keys that no lookup finds
	for it := a.MapRange(); it.Next(); {
		other := b.MapIndex(it.Key())
		switch {
		case !a.MapIndex(it.Key()).IsValid():
			nanA = append(nanA, it.Value())
		case !other.IsValid():
			c.what = textOf(show(it.Value())) + ", missing"
			return c.at(false, "["+textOf(show(it.Key()))+"]")
		case !c.same(it.Value(), other):
			return c.at(false, "["+textOf(show(it.Key()))+"]")
		}
	}
	for it := b.MapRange(); it.Next() && len(nanA) > 0; {
		if !b.MapIndex(it.Key()).IsValid() {
			nanB = append(nanB, it.Value())
		}
	}
	return c.sameBag(nanA, nanB)
}

// sameBag compares the values of NaN keys, which have no order.
func (c *comparison) sameBag(a, b []reflect.Value) bool {
	for _, x := range a {
		found := false
		for i, y := range b {
			trial := comparison{seen: map[visit]bool{}}
			if trial.same(x, y) {
				b = append(b[:i:i], b[i+1:]...)
				found = true
				break
			}
		}
		if !found {
			c.what = textOf(show(x)) + ", missing"
			return c.at(false, "[NaN]")
		}
	}
	return true
}

func (c *comparison) sameStruct(a, b reflect.Value) bool {
	for i := range a.NumField() {
		if !c.same(a.Field(i), b.Field(i)) {
			return c.at(false, "."+a.Type().Field(i).Name)
		}
	}
	return true
}

// samePointer follows pointers; for pointers that are errors the text decides,
// since their targets may hold stacks and the like.
func (c *comparison) samePointer(a, b reflect.Value) bool {
	if a.IsNil() || b.IsNil() {
		return a.IsNil() == b.IsNil() || c.differ(show(a), show(b))
	}
	if a.CanInterface() {
		if x, ok := a.Interface().(error); ok {
			y := b.Interface().(error)
			return x.Error() == y.Error() || c.differ(x.Error(), y.Error())
		}
	}
	return !c.enter(a, b) || c.same(a.Elem(), b.Elem())
}
