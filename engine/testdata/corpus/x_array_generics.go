package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

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
	fmt.Println(apply(vs, func(v path) string { return v.text() }))
	p := pairUp(vs[0], vs[2])
	p.fst.touch(2)
	p.snd = p.fst
	p.snd.touch(3)
	fmt.Println(p.fst.text(), p.snd.text(), vs[0].text())
	q := pairUp("k", pairUp(mk(5), []path{mk(6)}))
	q.snd.snd[0].touch(1)
	fmt.Println(q.fst, q.snd.fst.text(), q.snd.snd[0].text())
	f := apply[path, string]
	fmt.Println(f(vs[1:2], func(v path) string { return "f" + v.text() }))
}
