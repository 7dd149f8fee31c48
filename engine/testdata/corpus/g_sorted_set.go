package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

type set[T cmp.Ordered] struct{ xs []T }

func of[T cmp.Ordered](xs ...T) set[T] {
	s := set[T]{slices.Clone(xs)}
	slices.Sort(s.xs)
	s.xs = slices.Compact(s.xs)
	return s
}
func (s set[T]) union(o set[T]) set[T] { return of(append(slices.Clone(s.xs), o.xs...)...) }
func (s set[T]) inter(o set[T]) (r set[T]) {
	for _, x := range s.xs {
		if _, ok := slices.BinarySearch(o.xs, x); ok {
			r.xs = append(r.xs, x)
		}
	}
	return
}
func (s set[T]) String() string { return fmt.Sprintf("{%v}", strings.Trim(fmt.Sprint(s.xs), "[]")) }

func main() {
	a, b := of(3, 1, 2, 3), of(2, 5)
	fmt.Println(a, b, a.union(b), a.inter(b), len(a.xs))
	fmt.Println(of("b", "a").union(of("c")), of[float64]())
	fmt.Printf("%v %s %T\n", a, b, a)
}
