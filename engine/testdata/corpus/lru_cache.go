package main

import (
	"container/list"
	"fmt"
	"strings"
)

type entry[K comparable, V any] struct {
	key   K
	value V
}

type lru[K comparable, V any] struct {
	cap          int
	order        *list.List
	items        map[K]*list.Element
	hits, misses int
}

func newLRU[K comparable, V any](n int) *lru[K, V] {
	return &lru[K, V]{cap: n, order: list.New(), items: make(map[K]*list.Element)}
}

func (c *lru[K, V]) get(k K) (v V, ok bool) {
	if e, found := c.items[k]; found {
		c.order.MoveToFront(e)
		c.hits++
		return e.Value.(*entry[K, V]).value, true
	}
	c.misses++
	return
}

func (c *lru[K, V]) put(k K, v V) {
	if e, ok := c.items[k]; ok {
		e.Value.(*entry[K, V]).value = v
		c.order.MoveToFront(e)
		return
	}
	c.items[k] = c.order.PushFront(&entry[K, V]{k, v})
	if c.order.Len() > c.cap {
		last := c.order.Back()
		delete(c.items, last.Value.(*entry[K, V]).key)
		c.order.Remove(last)
	}
}

func (c *lru[K, V]) keys() string {
	var sb strings.Builder
	for e := c.order.Front(); e != nil; e = e.Next() {
		fmt.Fprint(&sb, e.Value.(*entry[K, V]).key, " ")
	}
	return sb.String()
}

func main() {
	c := newLRU[string, int](2)
	c.put("a", 1)
	c.put("b", 2)
	c.get("a")
	c.put("c", 3)
	_, ok := c.get("b")
	fmt.Println(ok, c.keys(), c.hits, c.misses)
	c.put("a", 100)
	v, _ := c.get("a")
	fmt.Println(v, c.cap, len(c.items))
	d := newLRU[int, []string](1)
	d.put(1, []string{"x"})
	d.put(2, nil)
	fmt.Println(d.keys(), d.order.Len())
}
