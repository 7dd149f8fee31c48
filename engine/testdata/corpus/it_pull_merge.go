package main

import (
	"fmt"
	"iter"
	"slices"
)

func merge(a, b iter.Seq[int]) iter.Seq[int] {
	return func(yield func(int) bool) {
		na, sa := iter.Pull(a)
		defer sa()
		nb, sb := iter.Pull(b)
		defer sb()
		x, ok1 := na()
		y, ok2 := nb()
		for ok1 || ok2 {
			if ok1 && (!ok2 || x <= y) {
				if !yield(x) {
					return
				}
				x, ok1 = na()
			} else {
				if !yield(y) {
					return
				}
				y, ok2 = nb()
			}
		}
	}
}
func step(from, by int) iter.Seq[int] {
	return func(y func(int) bool) {
		for i := from; i < 20; i += by {
			if !y(i) {
				fmt.Print("[stopped] ")
				return
			}
		}
	}
}

func main() {
	for v := range merge(step(0, 5), step(1, 3)) {
		if v > 12 {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println()
	fmt.Println(slices.Collect(merge(slices.Values([]int{1, 4}), slices.Values([]int{2, 3, 5}))))
}
