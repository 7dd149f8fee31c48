package main

import "fmt"

type point struct{ x, y int }

func (p point) norm() int      { return p.x*p.x + p.y*p.y }
func (p *point) scale(k int)   { p.x *= k; p.y *= k }
func (p point) String() string { return fmt.Sprintf("<%d,%d>", p.x, p.y) }

func mk(x, y int) point { return point{x, y} }

type plain struct {
	a  int
	bb string
	c  []float64
}

func main() {
	p := mk(3, 4)
	p.scale(2)
	fmt.Println(p, p.norm())
	q := &point{x: 1}
	q.y = 5
	q.scale(3)
	fmt.Printf("%v %+v %#v %T\n", q, *q, *q, q)
	pl := plain{1, "two", []float64{3}}
	fmt.Printf("%v %+v %#v %T\n", pl, pl, pl, pl)
	ps := []point{{1, 2}, {3, 4}}
	ps[0].x++
	for i := range ps {
		ps[i].y *= 10
	}
	fmt.Println(ps, len(ps))
	m := map[string]*point{"a": {5, 6}}
	m["a"].x = 7
	fmt.Println(m["a"].x, *m["a"])
	mv := map[point]string{{1, 2}: "one-two"}
	fmt.Println(mv[point{1, 2}], mv)
	fmt.Println(p == point{6, 8}, p != mk(1, 1))
	arr := [...]point{2: {1, 1}, 0: {9, 9}}
	fmt.Println(arr, len(arr))
}
