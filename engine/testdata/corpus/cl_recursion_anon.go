package main

import (
	"fmt"
)

var fact func(int) int

func main() {
	fact = func(n int) int {
		if n == 0 {
			return 1
		}
		return n * fact(n-1)
	}
	fmt.Println(fact(10))
	var hanoi func(n int, a, b, c string) int
	moves := []string{}
	hanoi = func(n int, a, b, c string) int {
		if n == 0 {
			return 0
		}
		l := hanoi(n-1, a, c, b)
		moves = append(moves, a+c)
		return l + 1 + hanoi(n-1, b, a, c)
	}
	fmt.Println(hanoi(3, "A", "B", "C"), moves)
	fmt.Println(func(f func(int) int, n int) int { return f(f(n)) }(func(n int) int { return n * n }, 3))
	even, odd := (func(int) bool)(nil), (func(int) bool)(nil)
	even = func(n int) bool { return n == 0 || odd(n-1) }
	odd = func(n int) bool { return n != 0 && even(n-1) }
	fmt.Println(even(8), odd(8))
}
