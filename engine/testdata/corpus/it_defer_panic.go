package main

import (
	"fmt"
)

func gen(yield func(int) bool) {
	defer fmt.Println("gen done")
	for i := range 5 {
		if !yield(i) {
			return
		}
	}
}
func find(n int) (res string) {
	defer func() {
		if r := recover(); r != nil {
			res = fmt.Sprint("recovered ", r)
		}
	}()
	for v := range gen {
		if v == n {
			return "found"
		}
		if v == 3 {
			panic("too far")
		}
	}
	return "none"
}

func main() {
	fmt.Println(find(1))
	fmt.Println(find(9))
	n := 0
	for range gen {
		n++
	}
	fmt.Println(n)
}
