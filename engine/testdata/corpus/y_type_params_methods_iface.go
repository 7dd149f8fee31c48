package main

import (
	"fmt"
	"sync"
)

type ordered interface{ less(o any) bool }
type ver struct{ maj, min int }

func (v ver) less(o any) bool { w := o.(ver); return v.maj < w.maj || v.maj == w.maj && v.min < w.min }
func sortBy[T ordered](xs []T) []T {
	for i := range xs {
		for j := i; j > 0 && xs[j].less(xs[j-1]); j-- {
			xs[j], xs[j-1] = xs[j-1], xs[j]
		}
	}
	return xs
}

type lazy[T any] struct {
	once sync.Once
	f    func() T
	v    T
}

func (l *lazy[T]) get() T { l.once.Do(func() { l.v = l.f() }); return l.v }

var loads int
var shared = &lazy[map[string]ver]{f: func() map[string]ver { loads++; return map[string]ver{"go": {1, 26}} }}

func main() {
	fmt.Println(sortBy([]ver{{1, 5}, {1, 2}, {0, 9}}))
	fmt.Println(shared.get()["go"].min, shared.get()["go"].maj, loads)
	var l lazy[[]ver]
	l.f = func() []ver { return []ver{{maj: 3}} }
	l.get()[0].min = 8
	fmt.Println(l.get(), l.v[0].less(ver{3, 9}))
}
