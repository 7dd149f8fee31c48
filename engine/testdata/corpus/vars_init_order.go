package main

import "fmt"

var (
	a = c + b
	b = f()
	c = trace("c", 1)
)

var total, parts = split(10)

var table = map[string]func(int) int{
	"double": func(n int) int { return n * 2 },
	"addA":   func(n int) int { return n + a },
}

var _ = trace("blank", 0)

func trace(s string, n int) int { fmt.Println("init", s); return n }

func f() int { return c + trace("f", 10) }

func split(n int) (int, []int) { return n, []int{n / 2, n - n/2} }

func init() { fmt.Println("init 1", a, b, c); a++ }

func init() { fmt.Println("init 2", a) }

func main() {
	fmt.Println(a, b, c, total, parts)
	fmt.Println(table["double"](4), table["addA"](1))
	a = 100
	fmt.Println(table["addA"](1))
}
