package main

import "fmt"

func counter() func() int {
	n := 0
	return func() int { n++; return n }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func main() {
	c, d := counter(), counter()
	fmt.Println(c(), c(), d(), c())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	total := 0
	add := func(n int) { total += n }
	for i := range 5 {
		add(i)
	}
	fmt.Println(total)
	inc := func(x int) int { return x + 1 }
	dbl := func(x int) int { return x * 2 }
	fmt.Println(compose(inc, dbl, inc)(5))
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(20))
	x := 1
	func() { x = 2 }()
	func(x int) { x = 3 }(x)
	fmt.Println(x)
	memo := map[int]int{}
	var f2 func(int) int
	f2 = func(n int) int {
		if v, ok := memo[n]; ok {
			return v
		}
		if n < 2 {
			return n
		}
		memo[n] = f2(n-1) + f2(n-2)
		return memo[n]
	}
	fmt.Println(f2(80), len(memo))
}
