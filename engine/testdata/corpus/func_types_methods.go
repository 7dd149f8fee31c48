package main

import (
	"fmt"
	"net/http"
	"strings"
)

type middleware func(handler) handler

type handler func(string) string

func (h handler) with(ms ...middleware) handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

type predicate[T any] func(T) bool

func (p predicate[T]) and(q predicate[T]) predicate[T] {
	return func(x T) bool { return p(x) && q(x) }
}

func (p predicate[T]) not() predicate[T] { return func(x T) bool { return !p(x) } }

type visitor func(n *node) visitor

type node struct {
	val  int
	kids []*node
}

func (n *node) accept(v visitor) {
	if v = v(n); v == nil {
		return
	}
	for _, k := range n.kids {
		k.accept(v)
	}
}

type option func(*config)
type config struct {
	port int
	name string
}

func port(p int) option     { return func(c *config) { c.port = p } }
func named(s string) option { return func(c *config) { c.name = s } }
func newConfig(opts ...option) (c config) {
	for _, o := range opts {
		o(&c)
	}
	return
}

func main() {
	upper := func(next handler) handler { return func(s string) string { return strings.ToUpper(next(s)) } }
	bang := middleware(func(next handler) handler { return func(s string) string { return next(s) + "!" } })
	h := handler(func(s string) string { return "hi " + s }).with(upper, bang)
	fmt.Println(h("bob"))
	even := predicate[int](func(i int) bool { return i%2 == 0 })
	pos := predicate[int](func(i int) bool { return i > 0 })
	fmt.Println(even.and(pos)(4), even.and(pos.not())(4))
	root := &node{1, []*node{{2, nil}, {3, []*node{{4, nil}}}}}
	sum := 0
	var v visitor
	v = func(n *node) visitor {
		sum += n.val
		if n.val == 3 {
			return nil
		}
		return v
	}
	root.accept(v)
	fmt.Println(sum)
	fmt.Printf("%+v\n", newConfig(port(80), named("srv")))
	var hf http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
	fmt.Printf("%T\n", hf)
}
