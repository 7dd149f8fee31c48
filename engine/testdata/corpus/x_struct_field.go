package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

type holder struct {
	name string
	cur  item
	all  []item
	on   func(item)
}

func (h *holder) set(v item) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v item) { calls++; fmt.Println("on", v.text()) }
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
