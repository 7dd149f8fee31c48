package main

import (
	"fmt"
)

type m struct{ n int }

func (v m) get(k int) int { return v.n + k }
func (v *m) set(k int) *m { v.n = k; return v }

type getter interface{ get(int) int }
type outer struct {
	m
	*list
}
type list struct{ xs []int }

func (l *list) push(x ...int) int { l.xs = append(l.xs, x...); return len(l.xs) }

var table = map[string]func(*m, int) *m{"set": (*m).set}
var viaIface = getter.get

func main() {
	v := m{1}
	fmt.Println(m.get(v, 2), (*m).get(&v, 3), getter.get(v, 4), viaIface(&v, 5))
	table["set"](&v, 50)
	o := outer{v, &list{}}
	push := o.push
	push(1, 2)
	o.push(3)
	fmt.Println(o.get(1), outer.get(o, 2), (*outer).set(&o, 9).n, o.n, o.xs, (*list).push(o.list, 4))
	fs := []func(int) int{v.get, o.get, o.m.get, getter(o).get}
	for _, f := range fs {
		fmt.Print(f(0), " ")
	}
	v.n = 1000
	fmt.Println(fs[0](0), v.set(3).get(1))
}
