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

func send(c chan<- *node, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan *node)
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(first.text(), second.text(), ok)
	for v := range c {
		v.touch(2)
		fmt.Println(v.text())
	}
	one := make(chan *node, 1)
	select {
	case one <- second:
		second.touch(9)
	}
	select {
	case first, ok = <-one:
		fmt.Println(first.text(), ok)
	}
	fmt.Println(second.text())
}
