package main

import (
	"cmp"
	"fmt"
	"iter"
)

type node[T any] struct {
	val         T
	left, right *node[T]
}

type tree[T cmp.Ordered] struct {
	root *node[T]
	size int
}

func (t *tree[T]) insert(v T) bool {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(v, (*p).val); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			return false
		}
	}
	*p = &node[T]{val: v}
	t.size++
	return true
}

func (n *node[T]) walk(yield func(T) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.val) && n.right.walk(yield)
}

func (t *tree[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) { t.root.walk(yield) }
}

type list[T any] struct {
	head *elem[T]
	len  int
}

type elem[T any] struct {
	value T
	next  *elem[T]
}

func (l *list[T]) add(v T) *list[T] {
	l.head = &elem[T]{v, l.head}
	l.len++
	return l
}

func (l *list[T]) each() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for e := l.head; e != nil; e = e.next {
			if !yield(i, e.value) {
				return
			}
			i++
		}
	}
}

func main() {
	t := &tree[string]{}
	for _, w := range []string{"m", "c", "x", "a", "d", "m"} {
		fmt.Print(t.insert(w), " ")
	}
	fmt.Println(t.size)
	for w := range t.all() {
		if w == "x" {
			break
		}
		fmt.Print(w, ",")
	}
	fmt.Println(t.root.val, t.root.left.val)
	l := new(list[float64]).add(1.5).add(2.5).add(3)
	for i, v := range l.each() {
		fmt.Println(i, v)
	}
	fmt.Println(l.head.next.value, l.len)
	next, stop := iter.Pull(t.all())
	a, ok := next()
	b, _ := next()
	stop()
	fmt.Println(a, ok, b)
}
