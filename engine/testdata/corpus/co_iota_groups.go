package main

import (
	"fmt"
)

type bits8 uint8

const (
	f0 bits8 = 1 << iota
	f1
	_
	f3
)
const (
	x, y = iota + 1, iota * iota
	x1, y1
	_, _
	x3, y3
)

type unit float64

const (
	_       = iota
	kb unit = 1 << (10 * iota)
	mb
)
const (
	a = "s"
	b
	c = len(b)
	d
	e = iota
)

type enum int

const (
	red enum = iota + 100
	green
	blue
	numEnum = iota
)

var names = map[enum]string{red: "red", green: "green"}

func (e enum) String() string {
	if s, ok := names[e]; ok {
		return s
	}
	return fmt.Sprintf("enum(%d)", int(e))
}

func main() {
	fmt.Println(f0, f1, f3, f0|f3, x, y, x1, y1, x3, y3)
	fmt.Println(kb, mb, a, b, c, d, e, numEnum)
	fmt.Println(red, blue, []enum{green}, map[enum]int{blue: 1})
	fmt.Printf("%v %d %s %T %x %q\n", green, green, blue, red, red, green)
}
