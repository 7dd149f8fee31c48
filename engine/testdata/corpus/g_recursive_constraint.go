package main

import (
	"fmt"
)

type node[T any] interface {
	children() []T
	weight() int
}
type dir struct {
	subs []dir
	n    int
}

func (d dir) children() []dir { return d.subs }
func (d dir) weight() int     { return d.n }
func total[T node[T]](x T) int {
	t := x.weight()
	for _, c := range x.children() {
		t += total(c)
	}
	return t
}
func depth[T node[T]](x T) int {
	m := 0
	for _, c := range x.children() {
		m = max(m, depth(c))
	}
	return m + 1
}

func main() {
	d := dir{n: 1, subs: []dir{{n: 2}, {n: 3, subs: []dir{{n: 4}}}}}
	fmt.Println(total(d), depth(d))
	d.subs[1].subs[0].n = 40
	fmt.Println(total(d), d)
}
