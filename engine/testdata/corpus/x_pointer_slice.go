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

func main() {
	vs := []*node{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].touch(i + 1)
		fmt.Println(i, vs[i].text())
	}
	cp := append([]*node(nil), vs[1:]...)
	cp[0].touch(4)
	fmt.Println(vs[1].text(), cp[0].text(), len(cp), cap(vs) >= 3)
}
