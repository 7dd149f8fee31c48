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

var reg = map[string]*node{}

func keep(k string, v *node) *node {
	reg[k] = v
	return v
}

func main() {
	first := keep("a", mk(1))
	second := keep("b", mk(2))
	first.touch(3)
	fmt.Println(first.text(), reg["a"].text(), len(reg))
	reg["c"] = second
	tmp := reg["c"]
	tmp.touch(5)
	reg["c"] = tmp
	for _, k := range []string{"a", "b", "c"} {
		v, ok := reg[k]
		fmt.Println(k, v.text(), ok)
	}
	delete(reg, "b")
	_, ok := reg["b"]
	fmt.Println(ok, len(reg))
}
