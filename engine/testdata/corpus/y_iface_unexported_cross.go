package main

import (
	"errors"
	"fmt"
)

type node interface {
	eval(env) (int, error)
	walk(func(node))
}
type env map[string]int
type num int
type ref string
type call struct {
	fn   string
	args []node
}

func (n num) eval(env) (int, error) { return int(n), nil }
func (n num) walk(f func(node))     { f(n) }
func (r ref) eval(e env) (int, error) {
	if v, ok := e[string(r)]; ok {
		return v, nil
	}
	return 0, undefined{string(r)}
}
func (r ref) walk(f func(node)) { f(r) }
func (c *call) eval(e env) (t int, err error) {
	for i, a := range c.args {
		v, err := a.eval(e)
		if err != nil {
			return 0, fmt.Errorf("%s#%d: %w", c.fn, i, err)
		}
		if c.fn == "add" || i == 0 {
			t += v
		} else {
			t *= v
		}
	}
	return
}
func (c *call) walk(f func(node)) {
	f(c)
	for _, a := range c.args {
		a.walk(f)
	}
}

type undefined struct{ name string }

func (u undefined) Error() string { return "undefined " + u.name }

func main() {
	tree := &call{"add", []node{num(1), &call{"mul", []node{ref("x"), num(3)}}}}
	fmt.Println(tree.eval(env{"x": 4}))
	_, err := tree.eval(nil)
	var u undefined
	fmt.Println(err, errors.As(err, &u), u.name)
	kinds := map[string]int{}
	tree.walk(func(n node) { kinds[fmt.Sprintf("%T", n)]++ })
	fmt.Println(kinds)
	tree.args[1].(*call).args[0] = ref("y")
	fmt.Println(tree.eval(env{"y": 10}))
}
