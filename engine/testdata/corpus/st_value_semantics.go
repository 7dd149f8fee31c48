package main

import (
	"fmt"
)

type inner struct{ v [3]int }
type outer struct {
	in inner
	p  *inner
	m  map[string]inner
	s  []inner
}

func mutate(o outer) { o.in.v[0] = 99; o.p.v[0] = 99; o.s[0].v[1] = 77; o.m["k"] = inner{[3]int{6}} }

func main() {
	o := outer{p: &inner{}, m: map[string]inner{}, s: make([]inner, 1)}
	mutate(o)
	fmt.Println(o.in, *o.p, o.s, o.m)
	a := o
	a.in.v[2] = 5
	a.p = &inner{}
	a.s = append(a.s, inner{})
	fmt.Println(o.in.v, o.p.v[0], len(o.s), len(a.s))
	arr := [2]inner{}
	brr := arr
	brr[0].v[0] = 1
	fmt.Println(arr == brr, arr, brr)
	for _, x := range brr {
		x.v[0] = 50
	}
	for i := range brr {
		brr[i].v[1] = 60
	}
	fmt.Println(brr)
	f := func() inner { return brr[1] }
	g := f()
	g.v[0] = -1
	fmt.Println(brr[1].v, g.v, f().v[1])
}
