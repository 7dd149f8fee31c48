package main

import (
	"fmt"
)

type a struct {
	x int
	s string
}
type b a
type c struct {
	x int
	s string
}
type d struct {
	x int `json:"x"`
	s string
}
type as []a

func (v b) show() string { return fmt.Sprint("b", v.x, v.s) }
func (v c) show() string { return fmt.Sprint("c", v.x, v.s) }
func toB(v a) b          { return b(v) }

func main() {
	v := a{1, "s"}
	fmt.Println(toB(v).show(), c(v).show(), c(toB(v)).show(), b(c(b(v))).show(), a(d(c(v))))
	list := as{v, a(c{2, "t"})}
	list = append(list, a(d{3, "u"}))
	fmt.Println(list, []a(list)[2].s, c(list[1]).x)
	pb := (*b)(&v)
	pb.x = 77
	(*c)(pb).s = "via c"
	fmt.Println(v, (*d)(&v).s)
	m := map[a]c{v: c(v)}
	fmt.Println(m[a(b(v))].show(), c(v) == c(*pb))
	f := func(x c) a { return a(x) }
	fmt.Println(f(c(v)).s, f(c{}) == a{})
}
