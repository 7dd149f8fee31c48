package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

type tree struct {
	l, r *tree
	v    int
}

func (t *tree) inorder(yield func(int) bool) bool {
	return t == nil || t.l.inorder(yield) && yield(t.v) && t.r.inorder(yield)
}
func (t *tree) all() iter.Seq[int] { return func(y func(int) bool) { t.inorder(y) } }
func enumerate[T any](s iter.Seq[T]) iter.Seq2[int, T] {
	return func(y func(int, T) bool) {
		i := 0
		for v := range s {
			if !y(i, v) {
				return
			}
			i++
		}
	}
}

func main() {
	t := &tree{&tree{nil, nil, 1}, &tree{&tree{v: 4}, nil, 6}, 3}
	for i, v := range enumerate(t.all()) {
		fmt.Print(i, "=", v, " ")
	}
	fmt.Println()
	for i, v := range slices.Backward(slices.Collect(t.all())) {
		fmt.Print(i, v, ";")
	}
	fmt.Println(slices.Sorted(maps.Values(maps.Collect(enumerate(t.all())))))
}
