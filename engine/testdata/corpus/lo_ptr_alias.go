package main

import (
	"fmt"
)

type cell struct {
	v    *int
	next *cell
}

var base = 5
var view = &base

func poke() { *view += 100 }

func main() {
	for i := range 3 {
		*view = base + i
		base++
	}
	fmt.Println(base, *view)
	for range 2 {
		poke()
		base--
	}
	fmt.Println(base)
	xs := []int{1, 2, 3}
	ys := xs
	for i := range xs {
		ys[i] *= 2
		xs[i]++
	}
	fmt.Println(xs, ys)
	pp := &xs
	for i := 0; i < 2; i++ {
		*pp = append(*pp, i)
		xs = append(xs, 9)
	}
	fmt.Println(len(xs), len(ys), *pp)
	c := &cell{v: &base}
	for i := 0; i < 2; i++ {
		*c.v = i * 7
		c.next = &cell{v: c.v}
		base += 1
	}
	fmt.Println(base, *c.next.v)
}
