package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

type holder struct {
	name string
	cur  path
	all  []path
	on   func(path)
}

func (h *holder) set(v path) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v path) { calls++; fmt.Println("on", v.text()) }
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
