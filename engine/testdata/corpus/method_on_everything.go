package main

import (
	"fmt"
	"sort"
	"strings"
)

type ints []int
type set map[string]bool
type op func(float64) float64
type pipe chan int
type word string
type pt [2]float64
type flag bool
type inner struct{ n int }
type wrap struct{ *inner }
type num interface{ ~int | ~float64 }
type box[T num] struct{ v T }

func (xs ints) sum() (t int) {
	for _, x := range xs {
		t += x
	}
	return
}
func (xs *ints) push(x int) { *xs = append(*xs, x) }
func (s set) keys() (ks []string) {
	for k := range s {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	return
}
func (o op) then(p op) op { return func(x float64) float64 { return p(o(x)) } }
func (p pipe) fill(n int) pipe {
	for i := range n {
		p <- i
	}
	close(p)
	return p
}
func (w *word) up()               { *w = word(strings.ToUpper(string(*w))) }
func (w word) len() int           { return len(w) }
func (p pt) add(q pt) pt          { return pt{p[0] + q[0], p[1] + q[1]} }
func (p *pt) scale(k float64)     { p[0] *= k; p[1] *= k }
func (f flag) not() flag          { return !f }
func (i *inner) inc() *inner      { i.n++; return i }
func (b box[T]) twice() T         { return b.v * 2 }
func (b *box[T]) set(v T) *box[T] { b.v = v; return b }

func main() {
	xs := ints{1, 2}
	xs.push(3)
	fmt.Println(xs.sum(), xs, ints.sum(ints{4, 5}))
	fmt.Println(set{"b": true, "a": true}.keys())
	dbl := op(func(x float64) float64 { return 2 * x })
	fmt.Println(dbl.then(func(x float64) float64 { return x + 1 })(3), op.then(dbl, dbl)(1))
	n := 0
	for v := range make(pipe, 5).fill(5) {
		n += v
	}
	fmt.Println(n)
	w := word("abc")
	w.up()
	fmt.Println(w, w.len(), word("xy").len())
	p := pt{1, 2}.add(pt{3, 4})
	p.scale(.5)
	fmt.Println(p, flag(true).not(), !flag(false))
	ws := []word{"p", "q"}
	ws[1].up()
	for i := range ws {
		ws[i].up()
	}
	fmt.Println(ws)
	wr := wrap{&inner{}}
	wr.inc().inc()
	f := wr.inc
	f()
	fmt.Println(wr.n, wr.inner.n)
	b := &box[float64]{1.5}
	fmt.Println(b.twice(), b.set(4).twice(), box[int]{3}.twice())
	ps := map[string]*pt{"k": {1, 1}}
	ps["k"].scale(3)
	fmt.Println(*ps["k"], ps["k"].add(pt{1, 1}))
	arr := [2]inner{}
	arr[1].inc()
	(&arr[0]).inc().inc()
	fmt.Println(arr)
}
