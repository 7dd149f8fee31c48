package main

import (
	"fmt"
)

type cfg struct {
	n *int
	s *string
	f *float64
}

func def(p *int, d int) int {
	if p == nil {
		return d
	}
	return *p
}

func main() {
	c := cfg{n: new(5), s: new("x"), f: new(2 * 1.5)}
	*c.n++
	fmt.Println(*c.n, *c.s, *c.f, def(nil, 3), def(new(len("abcd")), 0))
	p := new(cfg{n: new(1)})
	*p.n = 7
	q := new(*p)
	q.s = new("q")
	fmt.Println(*q.n, p.s == nil, *new([]int{1, 2}), *new(any(3)))
}
