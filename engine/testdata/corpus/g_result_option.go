package main

import (
	"fmt"
	"strconv"
)

type result[T any] struct {
	val T
	err error
}

func try[T any](f func() (T, error)) (r result[T]) {
	defer func() {
		if e := recover(); e != nil {
			r.err = fmt.Errorf("caught: %v", e)
		}
	}()
	v, err := f()
	return result[T]{v, err}
}
func (r result[T]) orElse(d T) T {
	if r.err != nil {
		return d
	}
	return r.val
}
func then[A, B any](r result[A], f func(A) result[B]) result[B] {
	if r.err != nil {
		return result[B]{err: r.err}
	}
	return f(r.val)
}

func main() {
	a := try(func() (int, error) { return strconv.Atoi("41") })
	b := then(a, func(i int) result[string] { return result[string]{val: fmt.Sprint(i + 1)} })
	fmt.Println(b.val, b.err, a.orElse(0))
	c := try(func() (int, error) { var m map[string]int; m["x"]++; return 1, nil })
	fmt.Println(c.err, c.orElse(-1), c.val)
	fmt.Println(then(c, func(i int) result[bool] { return result[bool]{val: true} }).err)
}
