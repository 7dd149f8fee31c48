package main

import (
	"fmt"
	"strconv"
)

func tr(s string) string { fmt.Println("enter", s); return s }
func un(s string)        { fmt.Println("leave", s) }
func nested() {
	defer un(tr("a"))
	func() { defer un(tr("b")); fmt.Println("in b") }()
	fmt.Println("in a")
}
func order(n int) (s string) {
	for i := range n {
		defer func() { s += strconv.Itoa(i) }()
	}
	return "r"
}
func repanic() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("outer %v", r)
		}
	}()
	defer func() { r := recover(); panic(fmt.Sprint("again ", r)) }()
	panic("first")
}

func main() {
	nested()
	fmt.Println(order(3), repanic())
	x := 1
	func() { defer fmt.Println("arg", x); x = 2; defer func() { fmt.Println("closure", x) }(); x = 3 }()
}
