package main

import "fmt"

func mk(n int) struct {
	id   int
	pair struct{ a, b string }
} {
	return struct {
		id   int
		pair struct{ a, b string }
	}{n, struct{ a, b string }{"a", fmt.Sprint(n)}}
}

func text(v struct {
	id   int
	pair struct{ a, b string }
}) string {
	return fmt.Sprint(v.id, v.pair.a, v.pair.b)
}

func touch(v *struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	v.id += n
	v.pair.a += "!"
}

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
	fmt.Println(apply(vs, func(v struct {
		id   int
		pair struct{ a, b string }
	}) string {
		return text(v)
	}))
	p := pairUp(vs[0], vs[2])
	touch(&p.fst, 2)
	p.snd = p.fst
	touch(&p.snd, 3)
	fmt.Println(text(p.fst), text(p.snd), text(vs[0]))
	q := pairUp("k", pairUp(mk(5), []struct {
		id   int
		pair struct{ a, b string }
	}{mk(6)}))
	touch(&q.snd.snd[0], 1)
	fmt.Println(q.fst, text(q.snd.fst), text(q.snd.snd[0]))
	f := apply[struct {
		id   int
		pair struct{ a, b string }
	}, string]
	fmt.Println(f(vs[1:2], func(v struct {
		id   int
		pair struct{ a, b string }
	}) string {
		return "f" + text(v)
	}))
}
