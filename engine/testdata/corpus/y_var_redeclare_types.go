package main

import (
	"fmt"
)

type v1 struct{ a int }
type v2 struct {
	a int
	b string
}

func up(v v1) v2 { return v2{v.a, fmt.Sprint(v.a)} }

func main() {
	x := v1{1}
	y := up(x)
	z, y := up(v1{2}), v2{9, "nine"}
	x.a, z.a = z.a, x.a
	fmt.Println(x, y, z)
	var ptr *v2 = &y
	ptr.b += "!"
	arr := []*v2{ptr, &z}
	arr[1].b = arr[0].b
	fmt.Println(y, z, *arr[1])
	fn := func() *v2 { return arr[0] }
	fn().a++
	(*fn()).a *= 2
	fmt.Println(y.a, fn() == &y)
}
