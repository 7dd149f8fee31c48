package rt

import (
	"reflect"
	"strings"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// Methods that are not exported in the user's words are spelled as exported
// ones, with this before their names: only these are the same method in every
// cell's package.
const hiddenPrefix = spelling.Method

// TypeNumMethod is t.NumMethod() as if such methods were not exported.
func TypeNumMethod(t reflect.Type) int {
	n := t.NumMethod()
	if t.Kind() == reflect.Interface {
		return n // Go counts all methods of an interface
	}
	for i := range t.NumMethod() {
		if strings.HasPrefix(t.Method(i).Name, hiddenPrefix) {
			n--
		}
	}
	return n
}

// TypeMethod is t.Method(i); an interface's hidden method has its own name.
func TypeMethod(t reflect.Type, i int) reflect.Method {
	if t.Kind() != reflect.Interface {
		m := t.Method(shownMethod(t, i))
		m.Index = i
		return m
	}
	// Go has the exported ones first.
	shown := 0
	for j := range t.NumMethod() {
		if !strings.HasPrefix(t.Method(j).Name, hiddenPrefix) {
			shown++
		}
	}
	if i < shown {
		return t.Method(shownMethod(t, i))
	}
	for j := range t.NumMethod() {
		m := t.Method(j)
		if name, ok := strings.CutPrefix(m.Name, hiddenPrefix); ok {
			if i == shown {
				m.Name, m.PkgPath, m.Index = name, "main", i
				return m
			}
			i--
		}
	}
	return t.Method(i)
}

// ValueNumMethod is v.NumMethod().
func ValueNumMethod(v reflect.Value) int {
	if !v.IsValid() || v.Kind() == reflect.Interface {
		return v.NumMethod()
	}
	return TypeNumMethod(v.Type())
}

// ValueMethod is v.Method(i).
func ValueMethod(v reflect.Value, i int) reflect.Value {
	if !v.IsValid() || v.Kind() == reflect.Interface {
		return v.Method(i)
	}
	return v.Method(shownMethod(v.Type(), i))
}

// shownMethod returns the index of the i-th method that is not hidden; an index
// out of range stays out of range.
func shownMethod(t reflect.Type, i int) int {
	for j := range t.NumMethod() {
		if strings.HasPrefix(t.Method(j).Name, hiddenPrefix) {
			continue
		}
		if i == 0 {
			return j
		}
		i--
	}
	return t.NumMethod() + i
}
