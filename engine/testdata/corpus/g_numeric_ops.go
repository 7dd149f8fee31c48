package main

import (
	"fmt"
)

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8
}
type real interface{ integer | ~float32 | ~float64 }

func gcd[T integer](a, b T) T {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
func pow[T real](x T, n int) T {
	r := T(1)
	for range n {
		r *= x
	}
	return r
}
func abs[T real](x T) T {
	if x < 0 {
		return -x
	}
	return x
}
func conv[To, From real](x From) To { return To(x) }

type meters float32

func main() {
	fmt.Println(gcd(48, 36), gcd[uint8](200, 120), pow(2.5, 3), pow(meters(2), 4))
	fmt.Println(abs(-3), abs(meters(-1.5)), conv[int8](300.7-256), conv[float64](7)/2)
	fmt.Printf("%T %T\n", abs(meters(1)), conv[uint8](3))
}
