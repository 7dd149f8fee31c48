package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func mapTo[T, R any](xs []T, f func(T) R) []R {
	out := make([]R, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

type pair[K comparable, V any] struct {
	key K
	val V
}

func (p pair[K, V]) String() string { return fmt.Sprintf("%v=>%v", p.key, p.val) }

func pairs[K cmp.Ordered, V any](m map[K]V) []pair[K, V] {
	var ps []pair[K, V]
	for k, v := range m {
		ps = append(ps, pair[K, V]{k, v})
	}
	slices.SortFunc(ps, func(a, b pair[K, V]) int { return cmp.Compare(a.key, b.key) })
	return ps
}

type celsius float64

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }
func (s *stack[T]) pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	x := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2), sum[celsius](1, 2.5))
	words := mapTo([]int{1, 2, 3}, func(i int) string { return strings.Repeat("x", i) })
	fmt.Println(words)
	ps := pairs(map[string]int{"b": 2, "a": 1})
	fmt.Println(ps, ps[0].key, ps[1].val)
	fmt.Printf("%T %+v\n", ps[0], ps)
	var st stack[pair[int, string]]
	st.push(pair[int, string]{1, "one"})
	st.push(pair[int, string]{key: 2})
	st.items[0].val = "uno"
	top, ok := st.pop()
	fmt.Println(top, ok, st.items[0].val)
	f := sum[float64]
	fmt.Println(f(1, 2))
	fmt.Println(max(1, 2, 3), min(2.5, 1), len(words))
}
