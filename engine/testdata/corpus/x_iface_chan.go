package main

import "fmt"

type shape interface {
	area() int
	grow(n int)
}

type square struct{ side int }
type rect struct{ w, h int }

func (s *square) area() int  { return s.side * s.side }
func (s *square) grow(n int) { s.side += n }
func (r *rect) area() int    { return r.w * r.h }
func (r *rect) grow(n int)   { r.w += n }

func mk(n int) shape {
	if n%2 == 0 {
		return &square{n}
	}
	return &rect{n, n + 1}
}

func text(s shape) string { return fmt.Sprintf("%T=%d", s, s.area()) }

func send(c chan<- shape, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan shape)
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(text(first), text(second), ok)
	for v := range c {
		v.grow(2)
		fmt.Println(text(v))
	}
	one := make(chan shape, 1)
	select {
	case one <- second:
		second.grow(9)
	}
	select {
	case first, ok = <-one:
		fmt.Println(text(first), ok)
	}
	fmt.Println(text(second))
}
