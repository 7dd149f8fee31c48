package main

import "fmt"

type box[T any] struct {
	val  T
	hist []T
}

func (b box[T]) text() string { return fmt.Sprint(b.val, b.hist) }
func (b *box[T]) touch(v T)   { b.hist, b.val = append(b.hist, b.val), v }

func mk(n int) box[int] { return box[int]{val: n} }

type holder struct {
	name string
	cur  box[int]
	all  []box[int]
	on   func(box[int])
}

func (h *holder) set(v box[int]) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v box[int]) { calls++; fmt.Println("on", v.text()) }
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
