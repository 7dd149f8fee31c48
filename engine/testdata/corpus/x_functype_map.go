package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

var reg = map[string]op{}

func keep(k string, v op) op {
	reg[k] = v
	return v
}

func main() {
	first := keep("a", mk(1))
	second := keep("b", mk(2))
	first.touch(3)
	fmt.Println(first.text(), reg["a"].text(), len(reg))
	reg["c"] = second
	tmp := reg["c"]
	tmp.touch(5)
	reg["c"] = tmp
	for _, k := range []string{"a", "b", "c"} {
		v, ok := reg[k]
		fmt.Println(k, v.text(), ok)
	}
	delete(reg, "b")
	_, ok := reg["b"]
	fmt.Println(ok, len(reg))
}
