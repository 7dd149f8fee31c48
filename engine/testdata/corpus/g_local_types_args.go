package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

func first[T any](xs []T) T { return xs[0] }
func wrap[T any](x T) []T   { type local struct{ v T }; l := local{x}; return []T{l.v, l.v} }
func describe[T any](x T) string {
	type inner struct {
		val T
		n   int
	}
	return fmt.Sprintf("%+v", inner{x, 1})
}

func main() {
	type pt struct{ x, y int }
	ps := []pt{{1, 2}, {3, 4}}
	fmt.Println(first(ps).y, wrap(ps[1])[1].x, describe(ps[0]), describe("s"))
	fmt.Println(slices.IndexFunc(ps, func(p pt) bool { return p.x == 3 }), slices.ContainsFunc(ps, func(p pt) bool { return p.y == 9 }))
	slices.SortFunc(ps, func(a, b pt) int { return cmp.Compare(b.x, a.x) })
	m := maps.Collect(slices.All(ps))
	fmt.Println(ps, m[0].x, len(m))
}
