package main

import (
	"fmt"
)

type vec [3]float64
type grid [2][3]int

func (v vec) dot(w vec) (s float64) {
	for i := range v {
		s += v[i] * w[i]
	}
	return
}
func fill(g *grid, v int) {
	for i := range g {
		for j := range g[i] {
			g[i][j] = v
			v++
		}
	}
}
func sum(xs [4]int) (t int) {
	for _, x := range xs {
		t += x
	}
	xs[0] = 0
	return
}

func main() {
	var g grid
	fill(&g, 1)
	h := g
	h[1][2] = 0
	fmt.Println(g, h, g == h, g != h, len(g), len(g[0]), vec{1, 2, 3}.dot(vec{2: 2}))
	a := [...]int{5: 1, 2, 1: 7}
	fmt.Println(len(a), a, sum([4]int{1, 2, 3}))
	m := map[[2]int]string{{1, 2}: "x"}
	fmt.Println(m[[2]int{1, 2}], m)
	p := &a
	p[0] = 9
	for i := range p {
		if i > 1 {
			break
		}
		fmt.Print(p[i], " ")
	}
	s := p[2:4:5]
	s = append(s, 100)
	fmt.Println(a, len(s), cap(s), [2]int(s))
}
