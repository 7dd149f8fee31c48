package main

import (
	"fmt"
)

type n struct {
	v int
	p **n
}

func swap(a, b **n)       { *a, *b = *b, *a }
func set(pp **int, v int) { *pp = &v }

func main() {
	x, y := &n{v: 1}, &n{v: 2}
	swap(&x, &y)
	x.p = &y
	(*x.p).v = 50
	fmt.Println(x.v, y.v, (**x.p).v)
	var ip *int
	set(&ip, 9)
	q := ip
	*q++
	fmt.Println(*ip, q == ip, &x == x.p)
	arr := [3]int{1, 2, 3}
	ptrs := []*int{&arr[0], &arr[2]}
	for _, p := range ptrs {
		*p *= 10
	}
	fmt.Println(arr)
	st := struct{ in struct{ k int } }{}
	pk := &st.in.k
	*pk = 4
	f := &st.in
	f.k++
	fmt.Println(st, *pk)
}
