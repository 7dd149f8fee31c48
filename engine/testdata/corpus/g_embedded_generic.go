package main

import (
	"fmt"
)

type base[T any] struct {
	items []T
	name  string
}

func (b *base[T]) add(x T) int  { b.items = append(b.items, x); return len(b.items) }
func (b base[T]) label() string { return fmt.Sprintf("%s%v", b.name, b.items) }

type users struct {
	base[string]
	max int
}
type nested[K comparable] struct {
	*base[K]
	idx map[K]int
}

func (n *nested[K]) add(k K) int { i := n.base.add(k); n.idx[k] = i; return i }

func main() {
	u := users{base[string]{name: "u"}, 3}
	u.add("x")
	u.items = append(u.items, "y")
	fmt.Println(u.label(), u.add("z"), u.name, u.base.items[0])
	n := nested[int]{&base[int]{name: "n"}, map[int]int{}}
	n.add(10)
	n.add(20)
	fmt.Println(n.idx, n.label(), n.name+"!")
	fmt.Printf("%T %T %+v\n", u, n.base, u)
}
