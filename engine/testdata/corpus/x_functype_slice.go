package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

func main() {
	vs := []op{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].touch(i + 1)
		fmt.Println(i, vs[i].text())
	}
	cp := append([]op(nil), vs[1:]...)
	cp[0].touch(4)
	fmt.Println(vs[1].text(), cp[0].text(), len(cp), cap(vs) >= 3)
}
