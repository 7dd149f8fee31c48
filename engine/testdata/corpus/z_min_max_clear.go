package main

import (
	"fmt"
)

func main() {
	xs := []int{3, 1, 2}
	m := map[string]int{"a": 1}
	fmt.Println(min(xs[0], xs[1], 5), max(2.5, 1), min("b", "a"), max('a', 'b'))
	clear(xs)
	clear(m)
	fmt.Println(xs, m, len(xs))
	type t struct{ a, b int }
	ts := []t{{1, 2}}
	clear(ts)
	fmt.Println(ts)
}
