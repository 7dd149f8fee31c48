package server

import (
	"cmp"
	"errors"
	"iter"
	"reflect"
	"slices"
	"sync"

	"github.com/goblaze/goblaze/engine/host/fault"
)

// sequence makes an iterator of a type out of what gives each step's values.
func sequence(t reflect.Type, each func(yield func(vs ...reflect.Value) bool)) []reflect.Value {
	return values(reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value {
		if in[0].IsNil() {
			fault.Nil()
		}
		each(func(vs ...reflect.Value) bool { return in[0].Call(vs)[0].Bool() })
		return nil
	}))
}

func collected(s, seq reflect.Value) reflect.Value {
	if seq.IsNil() {
		fault.Nil()
	}
	for args := range iterate(seq) {
		s = reflect.Append(s, args[0])
	}
	return s
}

func iterating() {
	anyInstances["slices.All"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		return sequence(sig.Out(0), func(yield func(...reflect.Value) bool) {
			for i := 0; i < in[0].Len() && yield(reflect.ValueOf(i), in[0].Index(i)); i++ {
			}
		})
	}
	anyInstances["slices.Backward"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		return sequence(sig.Out(0), func(yield func(...reflect.Value) bool) {
			for i := in[0].Len() - 1; i >= 0 && yield(reflect.ValueOf(i), in[0].Index(i)); i-- {
			}
		})
	}
	anyInstances["slices.Values"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		return sequence(sig.Out(0), func(yield func(...reflect.Value) bool) {
			for i := 0; i < in[0].Len() && yield(in[0].Index(i)); i++ {
			}
		})
	}
	anyInstances["slices.Chunk"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		s, n := in[0], int(in[1].Int())
		if n < 1 {
			panic("cannot be less than 1")
		}
		return sequence(sig.Out(0), func(yield func(...reflect.Value) bool) {
			for i := 0; i < s.Len(); i += n {
				end := i + min(n, s.Len()-i)
				if !yield(s.Slice3(i, end, end)) {
					return
				}
			}
		})
	}
	plain("slices.AppendSeq", func(in []reflect.Value) []reflect.Value { return values(collected(in[0], in[1])) })
	collects := func(name string, then func(s reflect.Value, in []reflect.Value)) {
		anyInstances[name] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
			s := collected(reflect.Zero(sig.Out(0)), in[0])
			then(s, in)
			return values(s)
		}
	}
	collects("slices.Collect", func(reflect.Value, []reflect.Value) {})
	collects("slices.Sorted", func(s reflect.Value, _ []reflect.Value) { sortBy(s, slices.SortFunc[[]reflect.Value], compareValues) })
	collects("slices.SortedFunc", func(s reflect.Value, in []reflect.Value) {
		sortBy(s, slices.SortFunc[[]reflect.Value], callCompare(in[1]))
	})
	collects("slices.SortedStableFunc", func(s reflect.Value, in []reflect.Value) {
		sortBy(s, slices.SortStableFunc[[]reflect.Value], callCompare(in[1]))
	})
	anyInstances["iter.Pull"], anyInstances["iter.Pull2"] = pull, pull
}

// pull is iter.Pull and iter.Pull2.
func pull(sig reflect.Type, in []reflect.Value) []reflect.Value {
	if in[0].IsNil() {
		fault.Nil()
	}
	next, stop := iter.Pull(iterate(in[0]))
	t := sig.Out(0)
	return values(reflect.MakeFunc(t, func([]reflect.Value) []reflect.Value {
		args, ok := next()
		if !ok {
			for i := range t.NumOut() - 1 {
				args = append(args, reflect.Zero(t.Out(i)))
			}
		}
		return append(args, reflect.ValueOf(ok))
	}), stop)
}

func mapsOf() {
	over := func(name string, pick func(k, v reflect.Value) []reflect.Value) {
		anyInstances["maps."+name] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
			return sequence(sig.Out(0), func(yield func(...reflect.Value) bool) {
				for it := in[0].MapRange(); it.Next(); {
					if !yield(pick(it.Key(), it.Value())...) {
						return
					}
				}
			})
		}
	}
	over("Keys", func(k, _ reflect.Value) []reflect.Value { return []reflect.Value{k} })
	over("Values", func(_, v reflect.Value) []reflect.Value { return []reflect.Value{v} })
	over("All", func(k, v reflect.Value) []reflect.Value { return []reflect.Value{k, v} })
	plain("maps.Clone", func(in []reflect.Value) []reflect.Value {
		if in[0].IsNil() {
			return in
		}
		m := reflect.MakeMapWithSize(in[0].Type(), in[0].Len())
		setAll(m, in[0])
		return values(m)
	})
	plain("maps.Copy", func(in []reflect.Value) []reflect.Value { setAll(in[0], in[1]); return nil })
	plain("maps.Insert", func(in []reflect.Value) []reflect.Value { insert(in[0], in[1]); return nil })
	anyInstances["maps.Collect"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		m := reflect.MakeMap(sig.Out(0))
		insert(m, in[0])
		return values(m)
	}
	plain("maps.Equal", func(in []reflect.Value) []reflect.Value { return values(equalMaps(in[0], in[1], sameValue)) })
	plain("maps.EqualFunc", func(in []reflect.Value) []reflect.Value { return values(equalMaps(in[0], in[1], callEqual(in[2]))) })
	plain("maps.DeleteFunc", func(in []reflect.Value) []reflect.Value {
		for it := in[0].MapRange(); it.Next(); {
			if in[1].Call([]reflect.Value{it.Key(), it.Value()})[0].Bool() {
				in[0].SetMapIndex(it.Key(), reflect.Value{})
			}
		}
		return nil
	})
}

func setAll(dst, src reflect.Value) {
	for it := src.MapRange(); it.Next(); {
		dst.SetMapIndex(it.Key(), it.Value())
	}
}

func insert(m, seq reflect.Value) {
	if seq.IsNil() {
		fault.Nil()
	}
	for args := range iterate(seq) {
		m.SetMapIndex(args[0], args[1])
	}
}

func equalMaps(a, b reflect.Value, equal func(a, b reflect.Value) bool) bool {
	if a.Len() != b.Len() {
		return false
	}
	for it := a.MapRange(); it.Next(); {
		if v := b.MapIndex(it.Key()); !v.IsValid() || !equal(it.Value(), v) {
			return false
		}
	}
	return true
}

// compareValues is cmp.Compare.
func compareValues(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(a.String(), b.String())
}

func comparing() {
	plain("cmp.Compare", func(in []reflect.Value) []reflect.Value { return values(compareValues(in[0], in[1])) })
	plain("cmp.Less", func(in []reflect.Value) []reflect.Value { return values(compareValues(in[0], in[1]) < 0) })
	anyInstances["cmp.Or"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		zero := reflect.Zero(sig.Out(0))
		for i := range in[0].Len() {
			if v := in[0].Index(i); !sameValue(v, zero) {
				return values(v)
			}
		}
		return values(zero)
	}
	anyInstances["errors.AsType"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		p := reflect.New(sig.Out(0))
		err, _ := in[0].Interface().(error)
		ok := errors.As(err, p.Interface())
		return values(p.Elem(), ok)
	}
	once := func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		f := in[0]
		do := sync.OnceValue(func() []reflect.Value {
			if f.IsNil() {
				fault.Nil()
			}
			return f.Call(nil)
		})
		return values(reflect.MakeFunc(sig.Out(0), func([]reflect.Value) []reflect.Value { return do() }))
	}
	anyInstances["sync.OnceValue"], anyInstances["sync.OnceValues"] = once, once
}
