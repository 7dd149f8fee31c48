package main

//corpus: kept: order and total are what other declarations and init made of them

import (
	"fmt"
)

var order []string
var a = reg("a", b)
var b = reg("b", 0)
var c, d = reg("c", a), reg("d", 1)

func reg(s string, _ int) int { order = append(order, s); return len(order) }
func init()                   { order = append(order, "init1") }
func init()                   { order = append(order, "init2"); total = a + b + c + d }

var total int

func main() {
	fmt.Println(order, a, b, c, d, total)
}
