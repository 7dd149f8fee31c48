package main

import (
	"fmt"
)

type pair[A, B any] struct {
	a A
	b B
}

func zip[A, B any](as []A, bs []B) (ps []pair[A, B]) {
	for i := range min(len(as), len(bs)) {
		ps = append(ps, pair[A, B]{as[i], bs[i]})
	}
	return
}
func unzip[A, B any](ps []pair[A, B]) (as []A, bs []B) {
	for _, p := range ps {
		as, bs = append(as, p.a), append(bs, p.b)
	}
	return
}
func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }
func group[T any, K comparable](xs []T, key func(T) K) map[K][]T {
	m := map[K][]T{}
	for _, x := range xs {
		k := key(x)
		m[k] = append(m[k], x)
	}
	return m
}

func main() {
	ps := zip([]int{1, 2, 3}, []string{"a", "b"})
	fmt.Println(ps, ps[0].swap(), ps[1].swap().a)
	as, bs := unzip(ps)
	fmt.Println(as, bs)
	ps[0].a = 100
	g := group(ps, func(p pair[int, string]) bool { return p.a > 50 })
	fmt.Println(g[true][0].b, len(g[false]), g)
}
