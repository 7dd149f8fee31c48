package main

import (
	"fmt"
	"math"
)

const big = 1 << 62
const f = 2.5
const r = 'x'
const s = "str"
const cplx = 3 + 4i
const typed int8 = 100

const (
	minute = 60
	hour   = minute * 60
	day    = hour * 24.0
)

type duration int64

const second duration = 1e9

func takes(d duration) string { return fmt.Sprint(int64(d)) }

func main() {
	var i8 int8 = 5 * 4
	var f32 float32 = 1 / 3.0
	var u uint = day
	fmt.Println(i8, f32, u, big/4, f*2, r, s[1], cplx*cplx, typed)
	fmt.Println(takes(3*second), takes(second/2), second*2 > 5)
	fmt.Println(5/2, 5/2.0, 5.0/2, 1<<3.0, 7.0/2*2)
	var sh uint = 3
	var i64 int64 = 1 << sh
	fmt.Println(i64, 1<<sh, uint8(1)<<7)
	fmt.Println(math.MaxUint32, math.Pi*2, math.MinInt64)
	const c2 = len("hello") + len([3]int{})
	fmt.Println(c2, real(cplx), imag(cplx))
	ch := make(chan float64, 3)
	ch <- 1
	ch <- 'a'
	ch <- f
	fmt.Println(<-ch, <-ch, <-ch)
	x := 'a' + 1
	y := 1.0
	z := 2i
	fmt.Printf("%T %T %T %T %v\n", x, y, z, r+1, string(rune(x)))
	arr := [hour / 1800]string{"a", 1: "b"}
	fmt.Println(len(arr), arr)
	fmt.Println(0b1010, 0o17, 0x_FF, 1_000_000, 0x1p-2, 'ÿ', '\n', "\u00e9\x41\101")
	fmt.Println(`raw "string" \n`, len("日本"), []rune("日本")[1], []byte("é"))
}
