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

func with(v shape, f func(shape) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return text(cur) }
	poke := func(n int) func() { return func() { cur.grow(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v shape) string { return "later " + text(v) })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v shape) { v.grow(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.grow(1)
}
