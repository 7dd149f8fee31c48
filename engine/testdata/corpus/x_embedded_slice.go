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

func main() {
	vs := []outer{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].touch(i + 1)
		fmt.Println(i, vs[i].text())
	}
	cp := append([]outer(nil), vs[1:]...)
	cp[0].touch(4)
	fmt.Println(vs[1].text(), cp[0].text(), len(cp), cap(vs) >= 3)
}
