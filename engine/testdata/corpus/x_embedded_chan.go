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

func send(c chan<- outer, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan outer)
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(first.text(), second.text(), ok)
	for v := range c {
		v.touch(2)
		fmt.Println(v.text())
	}
	one := make(chan outer, 1)
	select {
	case one <- second:
		second.touch(9)
	}
	select {
	case first, ok = <-one:
		fmt.Println(first.text(), ok)
	}
	fmt.Println(second.text())
}
