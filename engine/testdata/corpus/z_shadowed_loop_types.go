package main

import (
	"fmt"
)

type node struct{ v int }

func (n node) node() int { return n.v }
func build(node int) (out []node2) {
	for node := range node {
		out = append(out, node2{node})
	}
	return
}

type node2 struct{ v int }

func main() {
	n := node{5}
	fmt.Println(n.node(), build(3))
	for i, n := range build(2) {
		n.v += i
		fmt.Print(n, " ")
	}
	fmt.Println(n)
	if n := n.node(); n > 3 {
		n := fmt.Sprint("shadow", n)
		fmt.Println(n)
	}
	v := func(n node) node { n.v *= 2; return n }(n)
	fmt.Println(n, v)
}
