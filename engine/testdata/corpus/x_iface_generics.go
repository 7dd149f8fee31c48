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
	fmt.Println(apply(vs, func(v shape) string { return text(v) }))
	p := pairUp(vs[0], vs[2])
	p.fst.grow(2)
	p.snd = p.fst
	p.snd.grow(3)
	fmt.Println(text(p.fst), text(p.snd), text(vs[0]))
	q := pairUp("k", pairUp(mk(5), []shape{mk(6)}))
	q.snd.snd[0].grow(1)
	fmt.Println(q.fst, text(q.snd.fst), text(q.snd.snd[0]))
	f := apply[shape, string]
	fmt.Println(f(vs[1:2], func(v shape) string { return "f" + text(v) }))
}
