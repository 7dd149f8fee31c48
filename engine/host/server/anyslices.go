package server

import (
	"math"
	"reflect"
	"slices"
)

// anyInstances are generic functions of std over any type, by what std's own
// code does: the order in which elements are compared, what shares memory with
// what, capacities and panics are the same.
var anyInstances = map[string]func(sig reflect.Type, in []reflect.Value) []reflect.Value{}

// values are what a function made by reflection returns.
func values(vs ...any) []reflect.Value {
	out := make([]reflect.Value, len(vs))
	for i, v := range vs {
		if r, ok := v.(reflect.Value); ok {
			out[i] = r
		} else {
			out[i] = reflect.ValueOf(v)
		}
	}
	return out
}

// plain enters a function whose result does not depend on its own type.
func plain(name string, do func(in []reflect.Value) []reflect.Value) {
	anyInstances[name] = func(_ reflect.Type, in []reflect.Value) []reflect.Value { return do(in) }
}

func init() {
	sorting()
	searching()
	editing()
	extremes()
	iterating()
	mapsOf()
	comparing()
}

func sorting() {
	plain("slices.SortFunc", func(in []reflect.Value) []reflect.Value {
		sortBy(in[0], slices.SortFunc[[]reflect.Value], callCompare(in[1]))
		return nil
	})
	plain("slices.SortStableFunc", func(in []reflect.Value) []reflect.Value {
		sortBy(in[0], slices.SortStableFunc[[]reflect.Value], callCompare(in[1]))
		return nil
	})
	plain("slices.Sort", func(in []reflect.Value) []reflect.Value {
		sortBy(in[0], slices.SortFunc[[]reflect.Value], compareValues)
		return nil
	})
	plain("slices.Reverse", func(in []reflect.Value) []reflect.Value {
		swap := reflect.Swapper(in[0].Interface())
		for i, j := 0, in[0].Len()-1; i < j; i, j = i+1, j-1 {
			swap(i, j)
		}
		return nil
	})
	plain("slices.IsSorted", func(in []reflect.Value) []reflect.Value { return values(isSorted(in[0], compareValues)) })
	plain("slices.IsSortedFunc", func(in []reflect.Value) []reflect.Value { return values(isSorted(in[0], callCompare(in[1]))) })
}

func isSorted(s reflect.Value, compare func(a, b reflect.Value) int) bool {
	for i := s.Len() - 1; i > 0; i-- {
		if compare(s.Index(i), s.Index(i-1)) < 0 {
			return false
		}
	}
	return true
}

// callCompare is a comparison by a function of the cell.
func callCompare(f reflect.Value) func(a, b reflect.Value) int {
	return func(a, b reflect.Value) int { return int(f.Call([]reflect.Value{a, b})[0].Int()) }
}

// callEqual is an equality by a function of the cell.
func callEqual(f reflect.Value) func(a, b reflect.Value) bool {
	return func(a, b reflect.Value) bool { return f.Call([]reflect.Value{a, b})[0].Bool() }
}

// sortBy sorts copies of the elements, and puts them back in their order. A
// comparison that panics leaves the slice as far as Go's would only when it
// sorts in place; so the elements go back then too.
func sortBy(s reflect.Value, sort func([]reflect.Value, func(a, b reflect.Value) int), compare func(a, b reflect.Value) int) {
	n := s.Len()
	copies := reflect.MakeSlice(s.Type(), n, n)
	reflect.Copy(copies, s)
	elems := make([]reflect.Value, n)
	for i := range elems {
		elems[i] = copies.Index(i)
	}
	defer func() {
		for i, e := range elems {
			s.Index(i).Set(e)
		}
	}()
	sort(elems, compare)
}

func searching() {
	plain("slices.Contains", func(in []reflect.Value) []reflect.Value { return values(indexOf(in) >= 0) })
	plain("slices.Index", func(in []reflect.Value) []reflect.Value { return values(indexOf(in)) })
	plain("slices.ContainsFunc", func(in []reflect.Value) []reflect.Value { return values(indexBy(in) >= 0) })
	plain("slices.IndexFunc", func(in []reflect.Value) []reflect.Value { return values(indexBy(in)) })
	plain("slices.BinarySearch", func(in []reflect.Value) []reflect.Value {
		i := search(in[0], in[1], compareValues)
		return values(i, i < in[0].Len() && compareValues(in[0].Index(i), in[1]) == 0)
	})
	plain("slices.BinarySearchFunc", func(in []reflect.Value) []reflect.Value {
		compare := callCompare(in[2])
		i := search(in[0], in[1], compare)
		return values(i, i < in[0].Len() && compare(in[0].Index(i), in[1]) == 0)
	})
	plain("slices.Equal", func(in []reflect.Value) []reflect.Value { return values(equalBy(in[0], in[1], sameValue)) })
	plain("slices.EqualFunc", func(in []reflect.Value) []reflect.Value { return values(equalBy(in[0], in[1], callEqual(in[2]))) })
	plain("slices.Compare", func(in []reflect.Value) []reflect.Value { return values(compareBy(in[0], in[1], compareValues)) })
	plain("slices.CompareFunc", func(in []reflect.Value) []reflect.Value {
		return values(compareBy(in[0], in[1], callCompare(in[2])))
	})
}

// search returns the first position whose element is not below the target.
func search(s, target reflect.Value, compare func(a, b reflect.Value) int) int {
	i, j := 0, s.Len()
	for i < j {
		h := int(uint(i+j) >> 1)
		if compare(s.Index(h), target) < 0 {
			i = h + 1
		} else {
			j = h
		}
	}
	return i
}

// sameValue is Go's ==.
func sameValue(a, b reflect.Value) bool { return a.Interface() == b.Interface() }

func equalBy(a, b reflect.Value, equal func(a, b reflect.Value) bool) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !equal(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func compareBy(a, b reflect.Value, compare func(a, b reflect.Value) int) int {
	for i := range a.Len() {
		if i >= b.Len() {
			return +1
		}
		if c := compare(a.Index(i), b.Index(i)); c != 0 {
			return c
		}
	}
	if a.Len() < b.Len() {
		return -1
	}
	return 0
}

func indexOf(in []reflect.Value) int {
	for i := range in[0].Len() {
		if sameValue(in[0].Index(i), in[1]) {
			return i
		}
	}
	return -1
}

func indexBy(in []reflect.Value) int {
	for i := range in[0].Len() {
		if in[1].Call([]reflect.Value{in[0].Index(i)})[0].Bool() {
			return i
		}
	}
	return -1
}

func extremes() {
	best := func(name string, better func(c int) bool) {
		plain("slices."+name, func(in []reflect.Value) []reflect.Value { return values(extreme(in[0], "slices."+name, better)) })
		plain("slices."+name+"Func", func(in []reflect.Value) []reflect.Value {
			if in[0].Len() == 0 {
				panic("slices." + name + "Func: empty list")
			}
			compare, m := callCompare(in[1]), in[0].Index(0)
			for i := 1; i < in[0].Len(); i++ {
				if better(compare(in[0].Index(i), m)) {
					m = in[0].Index(i)
				}
			}
			return values(m)
		})
	}
	best("Max", func(c int) bool { return c > 0 })
	best("Min", func(c int) bool { return c < 0 })
}

// extreme is the largest or smallest element; of numbers with NaN among them it
// is NaN, and -0 is below 0.
func extreme(s reflect.Value, name string, better func(c int) bool) reflect.Value {
	if s.Len() == 0 {
		panic(name + ": empty list")
	}
	m := s.Index(0)
	for i := 1; i < s.Len(); i++ {
		x := s.Index(i)
		switch {
		case m.CanFloat() && (math.IsNaN(m.Float()) || math.IsNaN(x.Float())):
			if math.IsNaN(x.Float()) {
				m = x
			}
		case m.CanFloat() && m.Float() == 0 && x.Float() == 0:
			if better(signOf(x) - signOf(m)) {
				m = x
			}
		case better(compareValues(x, m)):
			m = x
		}
	}
	return m
}

func signOf(x reflect.Value) int {
	if math.Signbit(x.Float()) {
		return -1
	}
	return 0
}

func editing() {
	plain("slices.Clone", func(in []reflect.Value) []reflect.Value {
		if in[0].IsNil() {
			return in[:1]
		}
		return values(reflect.AppendSlice(in[0].Slice3(0, 0, 0), in[0]))
	})
	plain("slices.Clip", func(in []reflect.Value) []reflect.Value {
		return values(in[0].Slice3(0, in[0].Len(), in[0].Len()))
	})
	plain("slices.Grow", func(in []reflect.Value) []reflect.Value {
		if n := in[1].Int(); n < 0 {
			panic("cannot be negative")
		}
		return values(grown(in[0], int(in[1].Int())))
	})
	plain("slices.Insert", func(in []reflect.Value) []reflect.Value { return values(inserted(in[0], int(in[1].Int()), in[2])) })
	plain("slices.Delete", func(in []reflect.Value) []reflect.Value {
		s, i, j := in[0], int(in[1].Int()), int(in[2].Int())
		_ = make([]struct{}, s.Len())[i:j:s.Len()] // panics in the runtime's words
		if i == j {
			return values(s)
		}
		n := s.Len()
		out := reflect.AppendSlice(s.Slice(0, i), s.Slice(j, n))
		s.Slice(out.Len(), n).Clear()
		return values(out)
	})
	plain("slices.DeleteFunc", func(in []reflect.Value) []reflect.Value {
		s := in[0]
		i := indexBy(in)
		if i < 0 {
			return values(s)
		}
		for j := i + 1; j < s.Len(); j++ {
			if v := held(s.Index(j)); !in[1].Call([]reflect.Value{v})[0].Bool() {
				s.Index(i).Set(v)
				i++
			}
		}
		s.Slice(i, s.Len()).Clear()
		return values(s.Slice(0, i))
	})
	plain("slices.Compact", func(in []reflect.Value) []reflect.Value { return values(compacted(in[0], sameValue)) })
	plain("slices.CompactFunc", func(in []reflect.Value) []reflect.Value { return values(compacted(in[0], callEqual(in[1]))) })
	anyInstances["slices.Concat"] = func(sig reflect.Type, in []reflect.Value) []reflect.Value {
		size := 0
		for i := range in[0].Len() {
			size += in[0].Index(i).Len()
		}
		out := grown(reflect.Zero(sig.Out(0)), size)
		for i := range in[0].Len() {
			out = reflect.AppendSlice(out, in[0].Index(i))
		}
		return values(out)
	}
	plain("slices.Repeat", func(in []reflect.Value) []reflect.Value {
		count := int(in[1].Int())
		if count < 0 {
			panic("cannot be negative")
		}
		n := in[0].Len()
		out := reflect.MakeSlice(in[0].Type(), n*count, n*count)
		for i := range count {
			reflect.Copy(out.Slice(i*n, (i+1)*n), in[0])
		}
		return values(out)
	})
}

// held is a value as it is now.
func held(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// grown is slices.Grow.
func grown(s reflect.Value, n int) reflect.Value {
	if n -= s.Cap() - s.Len(); n > 0 {
		s = reflect.AppendSlice(s.Slice(0, s.Cap()), reflect.MakeSlice(s.Type(), n, n)).Slice(0, s.Len())
	}
	return s
}

// inserted is slices.Insert.
func inserted(s reflect.Value, i int, v reflect.Value) reflect.Value {
	n, m := s.Len(), v.Len()
	_ = make([]struct{}, n)[i:] // panics in the runtime's words
	switch {
	case m == 0:
		return s
	case i == n:
		return reflect.AppendSlice(s, v)
	case n+m > s.Cap():
		out := reflect.AppendSlice(s.Slice(0, i), reflect.MakeSlice(s.Type(), n+m-i, n+m-i))
		reflect.Copy(out.Slice(i, n+m), v)
		reflect.Copy(out.Slice(i+m, n+m), s.Slice(i, n))
		return out
	}
	put := reflect.MakeSlice(v.Type(), m, m) // v may be a part of s
	reflect.Copy(put, v)
	s = s.Slice(0, n+m)
	reflect.Copy(s.Slice(i+m, n+m), s.Slice(i, n))
	reflect.Copy(s.Slice(i, n+m), put)
	return s
}

// compacted is slices.Compact.
func compacted(s reflect.Value, equal func(a, b reflect.Value) bool) reflect.Value {
	same := func(i int) bool { return equal(s.Index(i), s.Index(i-1)) }
	n := s.Len()
	for k := 1; k < n; k++ {
		if !same(k) {
			continue
		}
		for j := k + 1; j < n; j++ {
			if !same(j) {
				s.Index(k).Set(held(s.Index(j)))
				k++
			}
		}
		s.Slice(k, n).Clear()
		return s.Slice(0, k)
	}
	return s
}
