package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

func produce[T any](xs ...T) <-chan T {
	c := make(chan T)
	go func() {
		defer close(c)
		for _, x := range xs {
			c <- x
		}
	}()
	return c
}
func mapC[A, B any](in <-chan A, f func(A) B) <-chan B {
	out := make(chan B)
	go func() {
		for v := range in {
			out <- f(v)
		}
		close(out)
	}()
	return out
}
func collect[T any](in <-chan T) (o []T) {
	for v := range in {
		o = append(o, v)
	}
	return
}

type pt struct{ x, y int }

func fanIn[T any](cs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, c := range cs {
		wg.Go(func() {
			for v := range c {
				out <- v
			}
		})
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func main() {
	fmt.Println(collect(mapC(produce(1, 2, 3), func(i int) string { return strings.Repeat("*", i) })))
	pts := collect(produce(pt{1, 2}, pt{3, 4}))
	fmt.Println(pts, pts[1].y)
	all := collect(fanIn(produce(3, 1), produce(2), produce[int]()))
	sort.Ints(all)
	fmt.Println(all)
}
