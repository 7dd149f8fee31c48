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

type holder struct {
	name string
	cur  shape
	all  []shape
	on   func(shape)
}

func (h *holder) set(v shape) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v shape) { calls++; fmt.Println("on", text(v)) }
	h.set(mk(2)).set(mk(3))
	h.cur.grow(4)
	h.all[0].grow(5)
	fmt.Println(text(h.cur), text(h.all[0]), text(h.all[1]), calls)
	g := h
	g.cur = h.all[1]
	g.name = "g"
	fmt.Println(text(g.cur), h.name, g.name, len(g.all))
	hp := &g
	hp.cur.grow(7)
	set := hp.set
	set(mk(9))
	fmt.Println(text(g.cur), text(hp.all[len(hp.all)-1]), calls)
}
