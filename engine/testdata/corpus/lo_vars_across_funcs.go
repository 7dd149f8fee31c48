package main

import (
	"fmt"
)

var counter, steps int
var items []string

func bump(by int) {
	for range by {
		counter++
		steps += counter
	}
}
func push(ss ...string) {
	for _, s := range ss {
		items = append(items, s)
		if len(items) > 3 {
			items = items[1:]
		}
	}
}
func drain() (o string) {
	for len(items) > 0 {
		o += items[0]
		items = items[1:]
		bump(1)
	}
	return
}
func rec(n int) {
	for i := n; i > 0; i-- {
		counter--
		rec(i - 1)
	}
}

func main() {
	bump(4)
	push("a", "b")
	push("c", "d", "e")
	fmt.Println(counter, steps, items, drain(), counter, items)
	rec(3)
	fmt.Println(counter)
	for i := 0; i < 3; i++ {
		bump(i)
		counter *= 2
	}
	fmt.Println(counter, steps)
}
