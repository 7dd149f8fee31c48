package main

import (
	"fmt"
	"strings"
)

type error interface{ Error() string }

type string2 = string

func len(s string) int { return 42 }

func max(a, b int) int { return a - b }

var nilly = 5

type myErr struct{}

func (myErr) Error() string { return "mine" }

func f() error { return myErr{} }

func main() {
	fmt.Println(len("abc"), max(5, 3), f().Error())
	{
		strings := []string2{"a", "b"}
		fmt.Println(strings[0], cap(strings))
	}
	fmt.Println(strings.ToUpper("x"))
	true := false
	fmt.Println(true, nilly)
	int := 3.5
	fmt.Println(int * 2)
	new := func(x float64) float64 { return x + 1 }
	fmt.Println(new(int))
	print := fmt.Sprint
	fmt.Println(print(1, 2))
	if fmt := "shadow"; fmt != "" {
		_ = fmt
	}
}
