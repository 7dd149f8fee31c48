package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

type holder struct {
	name string
	cur  op
	all  []op
	on   func(op)
}

func (h *holder) set(v op) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v op) { calls++; fmt.Println("on", v.text()) }
	h.set(mk(2)).set(mk(3))
	h.cur.touch(4)
	h.all[0].touch(5)
	fmt.Println(h.cur.text(), h.all[0].text(), h.all[1].text(), calls)
	g := h
	g.cur = h.all[1]
	g.name = "g"
	fmt.Println(g.cur.text(), h.name, g.name, len(g.all))
	hp := &g
	hp.cur.touch(7)
	set := hp.set
	set(mk(9))
	fmt.Println(g.cur.text(), hp.all[len(hp.all)-1].text(), calls)
}
