package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"strings"
)

type queue[T any] struct {
	buf        []T
	head, size int
}

func newQueue[T any](n int) *queue[T] { return &queue[T]{buf: make([]T, n)} }

var errFull = errors.New("full")

func (q *queue[T]) push(v T) error {
	if q.size == len(q.buf) {
		return errFull
	}
	q.buf[(q.head+q.size)%len(q.buf)] = v
	q.size++
	return nil
}

func (q *queue[T]) pop() (v T, err error) {
	if q.size == 0 {
		return v, errors.New("empty")
	}
	v = q.buf[q.head]
	clear(q.buf[q.head : q.head+1])
	q.head, q.size = (q.head+1)%len(q.buf), q.size-1
	return v, nil
}

func (q *queue[T]) items() iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range q.size {
			if !yield(q.buf[(q.head+i)%len(q.buf)]) {
				return
			}
		}
	}
}

type heapOf[T any] struct {
	less func(a, b T) bool
	data []T
}

func (h *heapOf[T]) push(v T) {
	h.data = append(h.data, v)
	for i := len(h.data) - 1; i > 0; {
		p := (i - 1) / 2
		if !h.less(h.data[i], h.data[p]) {
			break
		}
		h.data[i], h.data[p] = h.data[p], h.data[i]
		i = p
	}
}

func (h *heapOf[T]) pop() T {
	top := h.data[0]
	last := len(h.data) - 1
	h.data[0] = h.data[last]
	h.data = h.data[:last]
	for i := 0; ; {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && h.less(h.data[c+1], h.data[c]) {
			c++
		}
		if !h.less(h.data[c], h.data[i]) {
			break
		}
		h.data[i], h.data[c] = h.data[c], h.data[i]
		i = c
	}
	return top
}

func orderedHeap[T cmp.Ordered]() *heapOf[T] {
	return &heapOf[T]{less: func(a, b T) bool { return a < b }}
}

type multimap[K comparable, V any] struct{ m map[K][]V }

func (mm *multimap[K, V]) add(k K, vs ...V) *multimap[K, V] {
	if mm.m == nil {
		mm.m = map[K][]V{}
	}
	mm.m[k] = append(mm.m[k], vs...)
	return mm
}

type trie struct {
	kids map[rune]*trie
	end  bool
}

func (t *trie) insert(w string) {
	for _, r := range w {
		if t.kids == nil {
			t.kids = map[rune]*trie{}
		}
		if t.kids[r] == nil {
			t.kids[r] = new(trie)
		}
		t = t.kids[r]
	}
	t.end = true
}

func (t *trie) has(w string) bool {
	for _, r := range w {
		if t = t.kids[r]; t == nil {
			return false
		}
	}
	return t.end
}

func reduce[T, A any](s iter.Seq[T], a A, f func(A, T) A) A {
	for v := range s {
		a = f(a, v)
	}
	return a
}

func main() {
	q := newQueue[string](2)
	fmt.Println(q.push("a"), q.push("b"), q.push("c"))
	v, err := q.pop()
	q.push("d")
	fmt.Println(v, err, q.head, q.size)
	fmt.Println(reduce(q.items(), "", func(a, s string) string { return a + s }))
	h := orderedHeap[float64]()
	for _, x := range []float64{3, 1, 2, 0.5} {
		h.push(x)
	}
	fmt.Println(h.pop(), h.pop(), h.data)
	byLen := &heapOf[string]{less: func(a, b string) bool { return len(a) > len(b) }}
	for _, w := range strings.Fields("a ccc bb") {
		byLen.push(w)
	}
	fmt.Println(byLen.pop())
	mm := new(multimap[string, int]).add("x", 1, 2).add("x", 3)
	fmt.Println(mm.m, len(mm.m["x"]))
	root := &trie{}
	root.insert("go")
	root.insert("gopher")
	fmt.Println(root.has("go"), root.has("gop"), len(root.kids['g'].kids))
}
