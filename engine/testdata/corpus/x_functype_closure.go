package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

func with(v op, f func(op) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return cur.text() }
	poke := func(n int) func() { return func() { cur.touch(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v op) string { return "later " + v.text() })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v op) { v.touch(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.touch(1)
}
