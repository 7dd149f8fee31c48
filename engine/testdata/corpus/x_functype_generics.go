package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

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
	fmt.Println(apply(vs, func(v op) string { return v.text() }))
	p := pairUp(vs[0], vs[2])
	p.fst.touch(2)
	p.snd = p.fst
	p.snd.touch(3)
	fmt.Println(p.fst.text(), p.snd.text(), vs[0].text())
	q := pairUp("k", pairUp(mk(5), []op{mk(6)}))
	q.snd.snd[0].touch(1)
	fmt.Println(q.fst, q.snd.fst.text(), q.snd.snd[0].text())
	f := apply[op, string]
	fmt.Println(f(vs[1:2], func(v op) string { return "f" + v.text() }))
}
