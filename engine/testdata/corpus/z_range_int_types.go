package main

import (
	"fmt"
)

type idx uint8

const n = 3

func main() {
	for i := range n {
		fmt.Printf("%T%d ", i, i)
	}
	for i := range idx(2) {
		fmt.Printf("%T%d ", i, i)
	}
	for i := range int64(2) {
		fmt.Printf("%T%d ", i, i)
	}
	k := 4
	for i := range k {
		k = 1
		i *= 2
		fmt.Print(i, " ")
	}
	for range k + 1 {
		fmt.Print("x")
	}
	for i := range -3 {
		fmt.Print("never", i)
	}
	var z uint
	for range z {
		fmt.Print("never")
	}
	fmt.Println(k)
}
