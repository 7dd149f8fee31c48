package main

import (
	"fmt"
	"strconv"
)

type level int

const (
	low level = iota
	mid
	high
)

func (l level) String() string { return "level" + strconv.Itoa(int(l)) }
func classify(xs ...any) (out []string) {
	for _, x := range xs {
		switch {
		case x == nil:
			out = append(out, "nil")
			continue
		}
		switch y := x; y {
		case 1, 2:
			out = append(out, "small")
		case "a", 'a':
			out = append(out, "letter")
		case mid:
			out = append(out, "mid")
		default:
			out = append(out, fmt.Sprintf("?%v", y))
		}
	}
	return
}

func main() {
	fmt.Println(classify(1, "a", nil, high, mid, 2.0, 'a'))
	switch l := high; {
	case l > mid:
		fmt.Println("above", l)
		fallthrough
	case l > 100:
		fmt.Println("fell")
	default:
		fmt.Println("no")
	}
	switch f := func() int { return 3 }; f() {
	default:
		fmt.Println("default first")
	case 3:
		fmt.Println("three")
	}
	x := 5
	switch x++; x {
	case 6:
		x = 60
	}
	switch {
	}
	switch x {
	}
	fmt.Println(x)
	switch true {
	case x > 50 && x < 70:
		fmt.Println("in range")
	case false:
	}
	var i any = low
	switch v := i.(type) {
	case fmt.Stringer:
		fmt.Println("stringer", v)
	case level:
		fmt.Println("unreached", v)
	}
}
