package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

type pair[A, B any] struct {
	fst A
	snd B
}

func apply[T, R any](xs []T, f func(T) R) (out []R) {
	for _, x := range xs {
		out = append(out, f(x))
	}
	return
}

func pairUp[A, B any](a A, b B) pair[A, B] { return pair[A, B]{a, b} }

func main() {
	vs := apply([]int{1, 2, 3}, mk)
	fmt.Println(apply(vs, func(v item) string { return v.text() }))
	p := pairUp(vs[0], vs[2])
	p.fst.touch(2)
	p.snd = p.fst
	p.snd.touch(3)
	fmt.Println(p.fst.text(), p.snd.text(), vs[0].text())
	q := pairUp("k", pairUp(mk(5), []item{mk(6)}))
	q.snd.snd[0].touch(1)
	fmt.Println(q.fst, q.snd.fst.text(), q.snd.snd[0].text())
	f := apply[item, string]
	fmt.Println(f(vs[1:2], func(v item) string { return "f" + v.text() }))
}
