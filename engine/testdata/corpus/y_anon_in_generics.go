package main

import (
	"fmt"
)

func mk[K comparable, V any](k K, v V) struct {
	key K
	val V
} {
	return struct {
		key K
		val V
	}{k, v}
}
func keys[K comparable, V any](ps []struct {
	key K
	val V
}) (ks []K) {
	for _, p := range ps {
		ks = append(ks, p.key)
	}
	return
}

type set[T comparable] struct {
	m    map[T]struct{}
	last struct {
		v T
		n int
	}
}

func (s *set[T]) add(v T) *set[T] {
	if s.m == nil {
		s.m = map[T]struct{}{}
	}
	s.m[v] = struct{}{}
	s.last.v = v
	s.last.n++
	return s
}
func same(a any) bool {
	_, ok := a.(struct {
		key string
		val int
	})
	return ok
}

func main() {
	p := mk("a", 1)
	p.val++
	ps := []struct {
		key string
		val int
	}{p, mk("b", 2), {"c", 3}}
	fmt.Println(keys(ps), ps[0].val, same(p), same(mk(1, "x")), same(ps[2]))
	s := new(set[string]).add("x").add("y")
	l := s.last
	fmt.Println(l.v, l.n, len(s.m))
	fmt.Printf("%T %+v\n", p, mk(2.5, []int{1}))
}
