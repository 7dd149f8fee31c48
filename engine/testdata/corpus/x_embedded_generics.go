package main

import "fmt"

type base struct {
	n   int
	log []string
}

func (b *base) touch(k int) { b.n += k; b.log = append(b.log, fmt.Sprint("t", k)) }
func (b base) text() string { return fmt.Sprint(b.n, b.log) }

type mid struct {
	base
	tag string
}

type outer struct {
	*mid
	extra float64
}

func mk(n int) outer { return outer{&mid{base{n: n}, "tag"}, float64(n) / 2} }

func (o outer) text() string { return o.mid.text() + o.tag + fmt.Sprint(o.extra, o.n) }

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
	fmt.Println(apply(vs, func(v outer) string { return v.text() }))
	p := pairUp(vs[0], vs[2])
	p.fst.touch(2)
	p.snd = p.fst
	p.snd.touch(3)
	fmt.Println(p.fst.text(), p.snd.text(), vs[0].text())
	q := pairUp("k", pairUp(mk(5), []outer{mk(6)}))
	q.snd.snd[0].touch(1)
	fmt.Println(q.fst, q.snd.fst.text(), q.snd.snd[0].text())
	f := apply[outer, string]
	fmt.Println(f(vs[1:2], func(v outer) string { return "f" + v.text() }))
}
