package main

import (
	"fmt"
)

type batch[T any] struct {
	n     int
	items []T
}

func batches[T any](in <-chan T, size int) <-chan batch[T] {
	out := make(chan batch[T])
	go func() {
		defer close(out)
		var b batch[T]
		for v := range in {
			if b.items = append(b.items, v); len(b.items) == size {
				out <- b
				b = batch[T]{n: b.n + 1}
			}
		}
		if len(b.items) > 0 {
			out <- b
		}
	}()
	return out
}

func main() {
	in := make(chan string)
	go func() {
		defer close(in)
		for r := 'a'; r <= 'g'; r++ {
			in <- string(r)
		}
	}()
	total := 0
	for b := range batches(in, 3) {
		fmt.Println(b.n, b.items)
		total += len(b.items)
	}
	fmt.Println(total)
}
