package parallel

import (
	"math"
	"reflect"
)

// Count is the number of items of for i := a; i < b; i += step (i <= b when
// incl; with a negative step i > b and i >= b).
func Count(a, b, step int, incl bool) int {
	up := step > 0
	if up && (a > b || a == b && !incl) || !up && (a < b || a == b && !incl) {
		return 0
	}
	dist, by := uint(b)-uint(a), uint(step)
	if !up {
		dist, by = uint(a)-uint(b), -uint(step)
	}
	n := dist / by
	if incl || dist%by != 0 {
		n++
	}
	return int(n)
}

// NegZero is -0, the value that added to any other leaves it as it is.
func NegZero() float64 { return math.Copysign(0, -1) }

// Ints gives the values of a slice of integers of any type.
func Ints(s any) []int {
	if v, ok := s.([]int); ok {
		return v
	}
	v := reflect.ValueOf(s)
	out := make([]int, v.Len())
	for i := range out {
		if e := v.Index(i); e.CanInt() {
			out[i] = int(e.Int())
		} else {
			out[i] = int(e.Uint())
		}
	}
	return out
}

// indices are the values of the loop's own index, item by item.
type indices struct {
	start, step int
	list        []int
}

func (x indices) at(item int) int {
	if x.list != nil {
		return x.list[item]
	}
	return x.start + item*x.step
}

// Own says that item t has the index start + t·step.
func (j *Job) Own(start, step int) { j.own = indices{start: start, step: step} }

// OwnList says which index each item has.
func (j *Job) OwnList(list []int) { j.own = indices{list: list} }

// Number is for a best item that may be the first of its chunk: a NaN among
// what is compared would stay or not with the order, which no item can tell.
func Number(ok bool) bool {
	if !ok {
		panic("what is compared is NaN: whether that is the best depends on the items before; leave such items out, or run this loop sequentially")
	}
	return true
}

// Bin is k, where it is an index of n elements; else it panics as indexing does.
func Bin(k, n int) int {
	_ = make([]struct{}, n)[k]
	return k
}
