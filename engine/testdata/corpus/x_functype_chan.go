package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

func send(c chan<- op, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan op)
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(first.text(), second.text(), ok)
	for v := range c {
		v.touch(2)
		fmt.Println(v.text())
	}
	one := make(chan op, 1)
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
