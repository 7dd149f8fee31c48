package main

import (
	"fmt"
	"iter"
)

type entry[K comparable, V any] struct {
	k          K
	v          V
	prev, next *entry[K, V]
}
type omap[K comparable, V any] struct {
	m    map[K]*entry[K, V]
	root entry[K, V]
}

func newMap[K comparable, V any]() *omap[K, V] {
	o := &omap[K, V]{m: map[K]*entry[K, V]{}}
	o.root.next, o.root.prev = &o.root, &o.root
	return o
}
func (o *omap[K, V]) set(k K, v V) {
	if e, ok := o.m[k]; ok {
		e.v = v
		return
	}
	e := &entry[K, V]{k: k, v: v, prev: o.root.prev, next: &o.root}
	e.prev.next, e.next.prev = e, e
	o.m[k] = e
}
func (o *omap[K, V]) del(k K) bool {
	e, ok := o.m[k]
	if ok {
		e.prev.next, e.next.prev = e.next, e.prev
		delete(o.m, k)
	}
	return ok
}
func (o *omap[K, V]) all() iter.Seq2[K, V] {
	return func(y func(K, V) bool) {
		for e := o.root.next; e != &o.root && y(e.k, e.v); e = e.next {
		}
	}
}

func main() {
	o := newMap[string, []int]()
	o.set("z", nil)
	o.set("a", []int{1})
	o.set("m", []int{2, 3})
	o.set("z", []int{9})
	fmt.Println(o.del("a"), o.del("q"))
	for k, v := range o.all() {
		fmt.Print(k, v, " ")
	}
	fmt.Println(len(o.m), o.root.next.k, o.m["m"].prev.v)
}
