package server

import (
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// makeSend makes func(C, E): ch <- v.
func makeSend(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return reflect.MakeFunc(reflect.FuncOf(types(ts[0], ts[0].Elem()), nil, false), func(in []reflect.Value) []reflect.Value {
		rt.SendValue(in[0], in[1])
		return nil
	}), nil
}

// makeRecv makes func(C) E, or func(C) (E, bool): <-ch.
func makeRecv(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	out := types(ts[0].Elem())
	if h.Kind == "recv2" {
		out = append(out, reflect.TypeFor[bool]())
	}
	return reflect.MakeFunc(reflect.FuncOf(types(ts[0]), out, false), func(in []reflect.Value) []reflect.Value {
		v, ok := rt.RecvValue(in[0])
		return []reflect.Value{v, reflect.ValueOf(ok)}[:len(out)]
	}), nil
}

// makeClose makes func(C).
func makeClose(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return reflect.MakeFunc(reflect.FuncOf(types(ts[0]), nil, false), func(in []reflect.Value) []reflect.Value {
		in[0].Close()
		return nil
	}), nil
}

// makeSelect makes func(C, E or *E, …) (int, bool) of a select statement whose
// cases have channels of the types: h.Path tells for each whether it sends (0),
// a value that follows the channel, or receives (1), into what the pointer
// points to; h.Text is "default" when there is such a case, whose number is that
// of the others.
func makeSelect(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if len(h.Path) != len(ts) {
		return reflect.Value{}, fmt.Errorf("select of %d channels in %d cases", len(ts), len(h.Path))
	}
	var in []reflect.Type
	for i, t := range ts {
		in = append(in, t, t.Elem())
		if h.Path[i] == 1 {
			in[len(in)-1] = reflect.PointerTo(t.Elem())
		}
	}
	out := types(reflect.TypeFor[int](), reflect.TypeFor[bool]())
	return reflect.MakeFunc(reflect.FuncOf(in, out, false), func(vals []reflect.Value) []reflect.Value {
		cases := make([]reflect.SelectCase, len(ts))
		for i := range cases {
			cases[i] = reflect.SelectCase{Dir: reflect.SelectSend, Chan: vals[2*i], Send: vals[2*i+1]}
			if h.Path[i] == 1 {
				cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: vals[2*i]}
			}
		}
		chosen, v, ok := rt.SelectValues(cases, h.Text == "default")
		if v.IsValid() {
			vals[2*chosen+1].Elem().Set(v)
		}
		return []reflect.Value{reflect.ValueOf(chosen), reflect.ValueOf(ok)}
	}), nil
}
