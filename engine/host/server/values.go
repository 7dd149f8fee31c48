package server

import (
	"fmt"
	"reflect"
	"strconv"
	"sync/atomic"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// values tells session variables in brief.
func (s *server) values(p wire.Values) (wire.ValuesResult, error) {
	var told atomic.Pointer[map[string]string] // whole, or not at all when it was stopped
	out := s.runCell(p.Cell, func(*rt.Cell) {
		texts := map[string]string{}
		for _, id := range p.Vars {
			if v, err := rt.Variable(id); err == nil {
				texts[id] = brief(v.Elem(), 0)
			}
		}
		told.Store(&texts)
	})
	r := wire.ValuesResult{Outcome: out}
	if texts := told.Load(); texts != nil && out.Failure == nil {
		r.Texts = *texts
	}
	return r, nil
}

// briefDepth is how many pointers, interfaces and structs brief looks into.
const briefDepth = 3

// brief is a value in a few words: of what has a length its length, as IPython's
// %whos has it. It reads no map, which another goroutine may be writing.
func brief(v reflect.Value, depth int) string {
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Chan:
		return "n=" + strconv.Itoa(v.Len())
	case reflect.Func:
		return ""
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return "<nil>"
		}
	}
	if v.CanInterface() {
		switch v.Interface().(type) {
		case error, fmt.Stringer:
			return display.Of(v.Interface(), "").Data[display.MIMETypeText].(string)
		}
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Struct:
		return briefWhole(v, depth)
	}
	return fmt.Sprint(v)
}

// briefWhole is brief for what has parts.
func briefWhole(v reflect.Value, depth int) string {
	if depth == briefDepth {
		return "…"
	}
	if v.Kind() == reflect.Interface {
		return brief(v.Elem(), depth+1)
	}
	if v.Kind() == reflect.Pointer {
		return "&" + brief(v.Elem(), depth+1)
	}
	text := "{"
	for i := range v.NumField() {
		if i > 0 {
			text += " "
		}
		text += v.Type().Field(i).Name + ":" + brief(v.Field(i), depth+1)
	}
	return text + "}"
}
