package main

import (
	"fmt"
)

func fibs() func() int {
	a, b := 0, 1
	return func() int { defer func() { a, b = b, a+b }(); return a }
}
func counterPair() (inc, dec func() int, get func() int) {
	n := 10
	inc = func() int { n++; return n }
	dec = func() int { n--; return n }
	get = func() int { return n }
	return
}

type acc struct {
	fs map[string]func(float64) float64
}

func main() {
	f := fibs()
	for range 10 {
		fmt.Print(f(), " ")
	}
	inc, dec, get := counterPair()
	inc()
	inc()
	dec()
	fmt.Println(get())
	rate := 1.5
	a := acc{map[string]func(float64) float64{"mul": func(x float64) float64 { return x * rate }}}
	rate = 2
	fmt.Println(a.fs["mul"](4))
	a.fs["neg"] = func(x float64) float64 { return -a.fs["mul"](x) }
	fmt.Println(a.fs["neg"](3), len(a.fs))
}
