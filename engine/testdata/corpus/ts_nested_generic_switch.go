package main

import (
	"fmt"
)

type shape interface{ isShape() }
type circle struct{ r float64 }
type square struct{ side float64 }
type group []shape

func (circle) isShape()  {}
func (*square) isShape() {}
func (group) isShape()   {}
func area(s shape) float64 {
	switch s := s.(type) {
	case circle:
		return 3 * s.r * s.r
	case *square:
		return s.side * s.side
	case group:
		t := 0.0
		for _, m := range s {
			t += area(m)
		}
		return t
	case nil:
		return -1
	}
	panic("unreachable")
}

func main() {
	fmt.Println(area(group{circle{1}, &square{2}, group{&square{3}}}), area(nil))
	var s shape = circle{2}
	if c, ok := s.(circle); ok {
		c.r = 10
		fmt.Println(c.r, s.(circle).r)
	}
	switch s := s.(type) {
	case interface{ Foo() }:
		fmt.Println("foo")
	case circle, *square:
		fmt.Printf("%T\n", s)
	}
}
