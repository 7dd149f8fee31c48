package main

import (
	"fmt"
	"math"
	"time"
)

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
	_
	thursday
)

func (d weekday) String() string { return [...]string{"Sun", "Mon", "Tue", "Wed", "Thu"}[d] }

const (
	_  = iota
	kb = 1 << (10 * iota)
	mb
	gb
)

type flags uint8

const (
	read flags = 1 << iota
	write
	exec
	all = read | write | exec
)

const (
	a, b = iota, iota * 10
	c, d
	e, f
)

const huge = 1 << 100
const third = 1.0 / 3
const name, size = "const", len(name)

const timeout = 2 * time.Second

func main() {
	fmt.Println(sunday, monday, thursday, weekday(3))
	fmt.Printf("%d %v %s %T %+v\n", monday, tuesday, tuesday, tuesday, []weekday{0, 1})
	fmt.Println(kb, mb, gb, read, write, exec, all, all&^write)
	fmt.Println(a, b, c, d, e, f)
	fmt.Println(huge>>98, third, name, size, timeout)
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.Pi)
	const local = kb * 3
	var x float32 = local / 7
	fmt.Println(x, local/7, local/7.0, 'a'+1, string(rune('a'+1)))
	var u8 uint8 = 255
	u8++
	fmt.Println(u8, ^0, -7/2, -7%3, 7&^5, 1<<3|1)
	fmt.Printf("%T %T %T %T\n", 1, 1.0, 'a', 1i)
}
