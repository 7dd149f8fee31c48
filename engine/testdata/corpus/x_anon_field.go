package main

import "fmt"

func mk(n int) struct {
	id   int
	pair struct{ a, b string }
} {
	return struct {
		id   int
		pair struct{ a, b string }
	}{n, struct{ a, b string }{"a", fmt.Sprint(n)}}
}

func text(v struct {
	id   int
	pair struct{ a, b string }
}) string {
	return fmt.Sprint(v.id, v.pair.a, v.pair.b)
}

func touch(v *struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	v.id += n
	v.pair.a += "!"
}

type holder struct {
	name string
	cur  struct {
		id   int
		pair struct{ a, b string }
	}
	all []struct {
		id   int
		pair struct{ a, b string }
	}
	on func(struct {
		id   int
		pair struct{ a, b string }
	})
}

func (h *holder) set(v struct {
	id   int
	pair struct{ a, b string }
}) *holder {
	h.all, h.cur = append(h.all, h.cur), v
	if h.on != nil {
		h.on(v)
	}
	return h
}

var calls int

func main() {
	h := holder{name: "h", cur: mk(1)}
	h.on = func(v struct {
		id   int
		pair struct{ a, b string }
	}) {
		calls++
		fmt.Println("on", text(v))
	}
	h.set(mk(2)).set(mk(3))
	touch(&h.cur, 4)
	touch(&h.all[0], 5)
	fmt.Println(text(h.cur), text(h.all[0]), text(h.all[1]), calls)
	g := h
	g.cur = h.all[1]
	g.name = "g"
	fmt.Println(text(g.cur), h.name, g.name, len(g.all))
	hp := &g
	touch(&hp.cur, 7)
	set := hp.set
	set(mk(9))
	fmt.Println(text(g.cur), text(hp.all[len(hp.all)-1]), calls)
}
