package main

import (
	"fmt"
	"strings"
)

var x = 1

func getX() int { return x }

func setX(n int) { x = n }

type T struct{ T int }

func (t T) t() T { return T{t.T + 1} }

func shadow(x string) string {
	if x := len(x); x > 2 {
		x := strings.Repeat("y", x)
		return x
	}
	{
		x, y := 1, x
		_, _ = x, y
	}
	return x
}

func params(fmt string, T int) string { return fmt + strings.Repeat("!", T) }

func main() {
	fmt.Println(shadow("abc"), shadow("a"))
	fmt.Println(params("p", 2), T{1}.t().t())
	setX(5)
	func() {
		x := 99
		x++
		setX(x)
	}()
	fmt.Println(x, getX())
	for x := range 2 {
		fmt.Print(x, getX(), " ")
	}
	fmt.Println()
	var err error
	if _, err := fmt.Sscan("q", new(int)); err != nil {
		fmt.Println("inner", err)
	}
	fmt.Println(err)
	a, b := 1, 2
	a, b = b, a
	a, c := a+10, b+10
	fmt.Println(a, b, c)
	switch a := a * 2; a {
	case 24:
		fmt.Println("24")
	default:
		fmt.Println(a)
	}
	{
		type T = int
		var t T = 3
		fmt.Println(t)
	}
}
