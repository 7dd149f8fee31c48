package server

import (
	"iter"
	"path"
	"reflect"
	"sync"

	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/host/forge"
	"github.com/goblaze/goblaze/engine/wire"
)

// makeRangeFunc makes func(seq S, body B): a range over a function. The compiled
// range holds the states of such a loop, so what a function that misuses its
// yield panics with is the runtime's.
func makeRangeFunc(_ wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	return reflect.MakeFunc(reflect.FuncOf(types(ts[0], ts[1]), nil, false), func(in []reflect.Value) []reflect.Value {
		seq, body := in[0], in[1]
		if seq.IsNil() {
			fault.Nil()
		}
		for args := range iterate(seq) {
			if !body.Call(args)[0].Bool() {
				break
			}
		}
		return nil
	}), nil
}

// iterate is an iterator over the values that a function gives its yield.
func iterate(seq reflect.Value) iter.Seq[[]reflect.Value] {
	yield := seq.Type().In(0)
	return func(next func([]reflect.Value) bool) {
		seq.Call([]reflect.Value{reflect.MakeFunc(yield, func(args []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(next(args)).Convert(yield.Out(0))}
		})})
	}
}

// iterators are the instances of iter.Seq and iter.Seq2 that the engine made,
// by name and by the function type below it.
var iterators struct {
	sync.Mutex
	types map[iteratorKey]reflect.Type
}

type iteratorKey struct {
	name  string
	under reflect.Type
}

// iteratorType makes an instance of iter.Seq or iter.Seq2 for a type that no
// compiled code has it for.
func iteratorType(t wire.Type, symbols Symbols) (reflect.Type, error) {
	under, err := typeOf(*t.Elem, symbols)
	if err != nil {
		return nil, err
	}
	k := iteratorKey{path.Base(t.Path) + "." + t.Name, under}
	iterators.Lock()
	defer iterators.Unlock()
	if iterators.types == nil {
		iterators.types = libraryIterators(symbols)
	}
	if made := iterators.types[k]; made != nil {
		return made, nil
	}
	f, err := forge.New(k.name, reflect.Func)
	if err != nil {
		return nil, err
	}
	if err := f.Define(under, nil, under); err != nil {
		return nil, err
	}
	iterators.types[k] = f.Type()
	return f.Type(), nil
}

// libraryIterators finds the instances of iter.Seq and iter.Seq2 in the
// signatures of the libraries' functions and methods: what these take and give
// has no other type. It takes some milliseconds.
func libraryIterators(symbols Symbols) map[iteratorKey]reflect.Type {
	found := map[iteratorKey]reflect.Type{}
	signature := func(t reflect.Type) {
		for of := range parts(t) {
			if of.PkgPath() == "iter" && of.Kind() == reflect.Func {
				found[iteratorKey{"iter." + of.Name(), withoutName(of)}] = of
			}
		}
	}
	for _, pkg := range symbols {
		for _, v := range pkg {
			t := v.Type()
			if t.Kind() == reflect.Func {
				signature(t)
				continue
			}
			methods := []reflect.Type{t} // of a type there is a nil pointer to it
			if t.Kind() == reflect.Pointer {
				methods = append(methods, t.Elem())
			}
			for _, t := range methods {
				for m := range t.NumMethod() {
					signature(t.Method(m).Type)
				}
			}
		}
	}
	return found
}

// parts are the types of a function's parameters and results.
func parts(t reflect.Type) iter.Seq[reflect.Type] {
	return func(yield func(reflect.Type) bool) {
		for i := range t.NumIn() {
			if !yield(t.In(i)) {
				return
			}
		}
		for i := range t.NumOut() {
			if !yield(t.Out(i)) {
				return
			}
		}
	}
}

// withoutName is the type below a named function type.
func withoutName(t reflect.Type) reflect.Type {
	var in, out []reflect.Type
	for i := range t.NumIn() {
		in = append(in, t.In(i))
	}
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}
