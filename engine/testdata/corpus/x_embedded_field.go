package main

import "fmt"

type base struct {
	n   int
	log []string
}

func (b *base) touch(k int) { b.n += k; b.log = append(b.log, fmt.Sprint("t", k)) }
func (b base) text() string { return fmt.Sprint(b.n, b.log) }

type mid struct {
	base
	tag string
}

type outer struct {
	*mid
	extra float64
}

func mk(n int) outer { return outer{&mid{base{n: n}, "tag"}, float64(n) / 2} }

func (o outer) text() string { return o.mid.text() + o.tag + fmt.Sprint(o.extra, o.n) }

type holder struct {
	name string
	cur  outer
	all  []outer
	on   func(outer)
}

func (h *holder) set(v outer) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v outer) { calls++; fmt.Println("on", v.text()) }
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
