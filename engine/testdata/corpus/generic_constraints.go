package main

import (
	"fmt"
	"sort"
	"strings"
)

type hasID interface {
	id() int
	comparable
}

type ptrTo[T any] interface {
	*T
	reset()
}

type user struct {
	uid  int
	name string
}

func (u user) id() int { return u.uid }
func (u *user) reset() { *u = user{uid: -1} }

func byID[T hasID](xs []T, id int) (T, bool) {
	for _, x := range xs {
		if x.id() == id {
			return x, true
		}
	}
	var zero T
	return zero, false
}

func resetAll[T any, P ptrTo[T]](xs []T) {
	for i := range xs {
		P(&xs[i]).reset()
	}
}

type numeric interface{ ~int | ~float64 }

type vec[T numeric] []T

func (v vec[T]) dot(w vec[T]) (s T) {
	for i := range v {
		s += v[i] * w[i]
	}
	return
}

type set[T comparable] map[T]struct{}

func (s set[T]) add(xs ...T) set[T] {
	for _, x := range xs {
		s[x] = struct{}{}
	}
	return s
}

func (s set[T]) has(x T) bool { _, ok := s[x]; return ok }

func keys[M ~map[K]V, K comparable, V any](m M, less func(a, b K) bool) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool { return less(out[i], out[j]) })
	return out
}

type opt[T any] struct {
	v  T
	ok bool
}

func some[T any](v T) opt[T] { return opt[T]{v, true} }
func (o opt[T]) or(d T) T {
	if o.ok {
		return o.v
	}
	return d
}

type either[L, R any] interface{ isEither(L, R) }

func main() {
	us := []user{{1, "a"}, {2, "b"}}
	u, ok := byID(us, 2)
	fmt.Println(u, ok, u.name)
	_, ok = byID(us, 9)
	fmt.Println(ok)
	resetAll(us)
	fmt.Println(us)
	fmt.Println(vec[float64]{1, 2}.dot(vec[float64]{3, 4}), vec[int]{1}.dot(vec[int]{5}))
	s := set[string]{}.add("x", "y")
	fmt.Println(s.has("x"), s.has("z"), len(s), keys(s, func(a, b string) bool { return a < b }))
	fmt.Println(some(3).or(4), opt[string]{}.or("dflt"), some(us[0]).v.uid)
	fmt.Printf("%T %T %v %+v\n", s, some(us), some(1), some("q"))
	fmt.Println(strings.Join(keys(map[string]int{"k2": 1, "k1": 2}, func(a, b string) bool { return a > b }), ","))
}
