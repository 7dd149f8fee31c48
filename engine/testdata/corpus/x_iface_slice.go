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

func main() {
	vs := []shape{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].grow(i + 1)
		fmt.Println(i, text(vs[i]))
	}
	cp := append([]shape(nil), vs[1:]...)
	cp[0].grow(4)
	fmt.Println(text(vs[1]), text(cp[0]), len(cp), cap(vs) >= 3)
}
