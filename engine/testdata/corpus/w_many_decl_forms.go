package main

import "fmt"

type (
	id    int
	names []string
	tree  struct {
		kids []*tree
		id
	}
	visit func(*tree) bool
	empty struct{}
	Num   interface{ ~int | ~float64 }
)

const (
	one = iota + 1
	two
	label = "n"
)

var (
	root   = &tree{id: 1, kids: []*tree{{id: 2}, {id: 3}}}
	a, b   = 1, "b"
	c      float64
	d, e   int = one, two
	f      func() id
	matrix = [][]id{{1, 2}, {3}}
)

type single struct{ v any }

func (t *tree) each(v visit) bool {
	if !v(t) {
		return false
	}
	for _, k := range t.kids {
		if !k.each(v) {
			return false
		}
	}
	return true
}

func add[T Num](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func main() {
	var (
		sum  id
		ns   names
		x    = add(1.5, 2)
		y, z = 3, "z"
	)
	root.each(func(t *tree) bool {
		sum += t.id
		ns = append(ns, fmt.Sprint(label, t.id))
		return t.id < 2 || len(ns) < 2
	})
	f = func() id { return add(matrix[0]...) }
	const local, other = two * 2, "o"
	fmt.Println(sum, ns, x, y, z, a, b, c, d, e, f(), local, other)
	fmt.Printf("%T %T %v %+v\n", ns, root.kids[0].id, single{empty{}}, single{v: ns})
	var _, ok = any(sum).(id)
	var p *id = &root.id
	*p++
	fmt.Println(ok, root.id, len(matrix[1]))
}
