package main

import "fmt"

type user struct {
	name string
	age  int
}

var last struct {
	name string
	age  int
}

func remember(u struct {
	name string
	age  int
}) {
	last = u
}

func recall() user { return last }

type box struct {
	in struct{ w, h int }
	p  *struct{ w, h int }
}

var index = map[string]struct{ line, col int }{"a": {1, 2}}

var queue = make(chan struct{ id int }, 2)

func pos(k string) struct{ line, col int } { return index[k] }

func main() {
	remember(user{"ann", 3})
	fmt.Println(recall().name, last)
	u := recall()
	last = u
	last.age++
	u = last
	fmt.Println(u, u == last, last == u)
	b := box{in: struct{ w, h int }{1, 2}}
	b.p = &b.in
	b.p.w = 50
	fmt.Println(b.in, b.in.w, *b.p)
	index["b"] = struct{ line, col int }{3, 4}
	p := pos("b")
	p.line++
	index["b"] = p
	fmt.Println(index, pos("a").col, len(index))
	queue <- struct{ id int }{7}
	fmt.Println((<-queue).id)
	var e any = p
	switch v := e.(type) {
	case struct{ line, col int }:
		fmt.Println("pos", v.line)
	}
	us := []user{{"x", 1}, last}
	us = append(us, last, struct {
		name string
		age  int
	}{"lit", 9})
	fmt.Println(us)
	fmt.Printf("%T %T %#v\n", last, p, p)
	f := func(s struct{ line, col int }) int { return s.line * s.col }
	fmt.Println(f(pos("a")), f(index["b"]))
}
