package main

import (
	"cmp"
	"fmt"
	"slices"
)

type dsu struct {
	parent, rank []int
	sets         int
}

func newDSU(n int) *dsu {
	d := &dsu{make([]int, n), make([]int, n), n}
	for i := range d.parent {
		d.parent[i] = i
	}
	return d
}
func (d *dsu) find(x int) int {
	for d.parent[x] != x {
		d.parent[x] = d.parent[d.parent[x]]
		x = d.parent[x]
	}
	return x
}
func (d *dsu) union(a, b int) bool {
	a, b = d.find(a), d.find(b)
	if a == b {
		return false
	}
	if d.rank[a] < d.rank[b] {
		a, b = b, a
	}
	d.parent[b] = a
	if d.rank[a] == d.rank[b] {
		d.rank[a]++
	}
	d.sets--
	return true
}

type edge struct{ a, b, w int }

func main() {
	es := []edge{{0, 1, 4}, {1, 2, 1}, {0, 2, 3}, {3, 4, 2}, {2, 3, 7}}
	slices.SortFunc(es, func(x, y edge) int { return cmp.Compare(x.w, y.w) })
	d := newDSU(5)
	total := 0
	var tree []edge
	for _, e := range es {
		if d.union(e.a, e.b) {
			total += e.w
			tree = append(tree, e)
		}
	}
	fmt.Println(total, tree, d.sets, d.find(0) == d.find(4))
}
