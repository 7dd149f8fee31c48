package main

import (
	"fmt"
	"strings"
)

type source[T any] interface{ next() (T, bool) }
type counter struct{ i, n int }

func (c *counter) next() (int, bool) {
	if c.i >= c.n {
		return 0, false
	}
	c.i++
	return c.i, true
}

type mapped[A, B any] struct {
	source[A]
	f func(A) B
}

func (m mapped[A, B]) next() (b B, ok bool) {
	a, ok := m.source.next()
	if ok {
		b = m.f(a)
	}
	return
}

type taken[T any] struct {
	source[T]
	left int
}

func (t *taken[T]) next() (z T, ok bool) {
	if t.left == 0 {
		return
	}
	t.left--
	return t.source.next()
}
func drain[T any](s source[T]) (out []T) {
	for v, ok := s.next(); ok; v, ok = s.next() {
		out = append(out, v)
	}
	return
}

func main() {
	m := mapped[int, string]{&counter{n: 5}, func(i int) string { return strings.Repeat("#", i) }}
	fmt.Println(drain[string](&taken[string]{m, 3}), m.source.(*counter).i)
	fmt.Println(drain(source[int](&counter{3, 5})))
}
