package main

import (
	"fmt"
	"maps"
	"slices"
)

type pairOf[A any] = struct {
	first, second A
}

type table[V any] = map[string]V

type matrix[T any] [][]T

type grid = matrix[rune]

func swap[A any](p pairOf[A]) pairOf[A] { return pairOf[A]{p.second, p.first} }

func transpose[T any](m matrix[T]) matrix[T] {
	out := make(matrix[T], len(m[0]))
	for i := range out {
		for j := range m {
			out[i] = append(out[i], m[j][i])
		}
	}
	return out
}

func (m matrix[T]) cells() (n int) {
	for _, r := range m {
		n += len(r)
	}
	return
}

type tree[T any] struct {
	kids []tree[T]
	val  T
}

func (t tree[T]) depth() int {
	d := 0
	for _, k := range t.kids {
		d = max(d, k.depth())
	}
	return d + 1
}

func build[T any](v T, kids ...tree[T]) tree[T] { return tree[T]{kids, v} }

func main() {
	p := pairOf[int]{1, 2}
	q := swap(p)
	fmt.Println(q.first, q.second, p == swap(q))
	t := table[[]int]{"a": {1, 2}}
	t["b"] = append(t["b"], 3)
	fmt.Println(slices.Sorted(maps.Keys(t)), t["a"][1])
	g := grid{[]rune("ab"), []rune("cd"), []rune("ef")}
	for _, r := range transpose(g) {
		fmt.Println(string(r))
	}
	fmt.Println(g.cells(), transpose(matrix[int]{{1, 2, 3}}))
	tr := build("root", build("a", build("b")), build("c"))
	fmt.Println(tr.depth(), tr.kids[0].kids[0].val, len(tr.kids))
	tr.kids[1].val = "changed"
	fmt.Printf("%v %T\n", tr, tr)
}
