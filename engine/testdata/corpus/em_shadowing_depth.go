package main

import (
	"fmt"
)

type a struct {
	v    int
	name string
}
type b struct {
	a
	v string
}
type c struct {
	*b
	extra []a
}

func (a a) who() string  { return "a:" + a.name }
func (b b) who2() string { return b.who() + "/" + b.v }

func main() {
	x := c{&b{a{1, "n"}, "str"}, []a{{2, "e"}}}
	fmt.Println(x.v, x.a.v, x.b.a.name, x.name, x.who(), x.who2(), x.extra[0].who())
	x.a.v++
	x.b.v += "!"
	x.extra[0].name = "changed"
	y := *x.b
	y.name = "copy"
	fmt.Println(x.name, y.name, x.a.v, x.v, x.extra)
	fmt.Printf("%v %+v\n", y, y)
}
