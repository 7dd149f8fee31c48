package main

import "fmt"

type node struct {
	val  int
	next *node
}

func (n *node) text() string {
	if n == nil {
		return "nil"
	}
	return fmt.Sprint(n.val) + ">" + n.next.text()
}

func (n *node) touch(k int) { n.next = &node{n.val * k, n.next} }

func mk(n int) *node { return &node{val: n} }

type pair[A, B any] struct {
	fst A
	snd B
}

func apply[T, R any](xs []T, f func(T) R) (out []R) {
	for _, x := range xs {
		out = append(out, f(x))
	}
	return
}

func pairUp[A, B any](a A, b B) pair[A, B] { return pair[A, B]{a, b} }

func main() {
	vs := apply([]int{1, 2, 3}, mk)
	fmt.Println(apply(vs, func(v *node) string { return v.text() }))
	p := pairUp(vs[0], vs[2])
	p.fst.touch(2)
	p.snd = p.fst
	p.snd.touch(3)
	fmt.Println(p.fst.text(), p.snd.text(), vs[0].text())
	q := pairUp("k", pairUp(mk(5), []*node{mk(6)}))
	q.snd.snd[0].touch(1)
	fmt.Println(q.fst, q.snd.fst.text(), q.snd.snd[0].text())
	f := apply[*node, string]
	fmt.Println(f(vs[1:2], func(v *node) string { return "f" + v.text() }))
}
