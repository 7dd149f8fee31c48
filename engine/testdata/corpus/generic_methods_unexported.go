package main

import (
	"fmt"
	"sync"
)

type event[T any] struct {
	mu   sync.Mutex
	subs map[int]func(T)
	next int
}

func (e *event[T]) on(f func(T)) (off func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.subs == nil {
		e.subs = map[int]func(T){}
	}
	id := e.next
	e.next++
	e.subs[id] = f
	return func() { delete(e.subs, id) }
}

func (e *event[T]) fire(v T) {
	for i := range e.next {
		if f, ok := e.subs[i]; ok {
			f(v)
		}
	}
}

type store[K comparable, V any] interface {
	get(K) (V, bool)
	put(K, V)
}

type memStore[K comparable, V any] struct{ data map[K]V }

func (m *memStore[K, V]) get(k K) (V, bool) { v, ok := m.data[k]; return v, ok }
func (m *memStore[K, V]) put(k K, v V)      { m.data[k] = v }

type counted[K comparable, V any] struct {
	store[K, V]
	gets int
}

func (c *counted[K, V]) get(k K) (V, bool) {
	c.gets++
	return c.store.get(k)
}

func mem[K comparable, V any]() *memStore[K, V] { return &memStore[K, V]{map[K]V{}} }

func fill[V any](s store[string, V], vs map[string]V) {
	for k, v := range vs {
		s.put(k, v)
	}
}

func main() {
	var e event[string]
	var got []string
	off := e.on(func(s string) { got = append(got, "1"+s) })
	e.on(func(s string) { got = append(got, "2"+s) })
	e.fire("x")
	off()
	e.fire("y")
	fmt.Println(got, len(e.subs), e.next)
	c := &counted[string, int]{store: mem[string, int]()}
	fill[int](c, map[string]int{"a": 1, "b": 2})
	v, ok := c.get("b")
	_, ok2 := c.get("zz")
	fmt.Println(v, ok, ok2, c.gets, c.store.(*memStore[string, int]).data)
	var s store[string, int] = c
	s.put("q", 9)
	fmt.Println(s.get("q"))
	f := c.get
	fmt.Println(f("a"))
	g := (*memStore[int, bool]).put
	ms := mem[int, bool]()
	g(ms, 1, true)
	fmt.Println(ms.data)
}
