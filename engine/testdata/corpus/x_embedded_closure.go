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

func with(v outer, f func(outer) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return cur.text() }
	poke := func(n int) func() { return func() { cur.touch(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v outer) string { return "later " + v.text() })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v outer) { v.touch(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.touch(1)
}
