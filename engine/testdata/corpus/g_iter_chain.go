package main

import (
	"fmt"
	"iter"
	"slices"
)

type seq[T any] iter.Seq[T]

func from[T any](xs ...T) seq[T] { return seq[T](slices.Values(xs)) }
func (s seq[T]) where(ok func(T) bool) seq[T] {
	return func(y func(T) bool) {
		for v := range s {
			if ok(v) && !y(v) {
				return
			}
		}
	}
}
func (s seq[T]) take(n int) seq[T] {
	return func(y func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if !y(v) {
				return
			}
			if i++; i == n {
				return
			}
		}
	}
}
func (s seq[T]) list() []T { return slices.Collect(iter.Seq[T](s)) }
func nat() seq[int] {
	return func(y func(int) bool) {
		for i := 0; y(i); i++ {
		}
	}
}

func main() {
	fmt.Println(nat().where(func(i int) bool { return i%7 == 3 }).take(4).list())
	fmt.Println(from("a", "bb", "c").where(func(s string) bool { return len(s) == 1 }).list(), nat().take(0).list() == nil)
}
