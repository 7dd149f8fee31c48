package main

import (
	"fmt"
)

type kv struct {
	k string
	v any
}
type tree struct {
	l, r *tree
	vals []int
}
type fl float32
type en uint8
type alias = map[string]kv
type gen[T any] struct{ t T }

func main() {
	fmt.Printf("%#v\n", kv{"a", 1})
	fmt.Printf("%#v\n", []kv{{"b", nil}, {"c", kv{"d", 2.5}}})
	fmt.Printf("%#v %#v %#v\n", tree{vals: []int{1}}, fl(1.5), en(3))
	fmt.Printf("%#v\n", alias{"x": {"y", []string{"z"}}})
	fmt.Printf("%#v %T\n", gen[int]{5}, gen[kv]{})
	fmt.Printf("%#v %#v %#v %#v\n", struct {
		a int
		B string
	}{1, "x"}, [2]bool{true}, (*int)(nil), map[en]fl{1: 2})
	fmt.Printf("%#v %#v %#v\n", any(nil), error(nil), []any{1, "s", nil, 'c', 2i})
	fmt.Printf("%#v %#v\n", int64(5), "q\"uote`")
	fmt.Printf("%T %T %T %T\n", kv{}, &[]kv{}, func(kv) (*tree, error) { return nil, nil }, make(chan<- kv))
}
