package main

import (
	"fmt"
	"math"
)

type size int

const (
	small size = 1 << iota
	medium
	large
)
const rows, cols = 2, 3

type board [rows][cols]size

const msg = "n=" + "m"

var lens = [...]int{len(msg), len([rows]int{}), cap([cols]bool{})}

const maxU = ^uint8(0)
const pi4 float32 = math.Pi * 4
const isBig = large > 3 && rows < cols

func main() {
	var b board
	for r := range rows {
		for c := range cols {
			b[r][c] = small << (r + c)
		}
	}
	fmt.Println(b, lens, maxU, pi4, isBig, large)
	const inner = rows * cols
	var flat [inner]size
	copy(flat[:], b[1][:])
	fmt.Println(flat, len(flat), inner/4, inner/4.0, -inner%4)
	fmt.Printf("%T %T %T %v\n", inner, large, pi4, uint64(1)<<63)
}
