package main

import (
	"fmt"
)

var log []string

func add(s string) { log = append(log, s) }
func outer(n int) (t int) {
	for i := range n {
		for j := 0; j < i; j++ {
			t += j
			add(fmt.Sprint(i, j))
		}
	}
	return
}

func main() {
	fmt.Println(outer(4), log)
	grid := make([][]int, 3)
	for i := range grid {
		grid[i] = make([]int, 3)
		for j := range grid[i] {
			grid[i][j] = i*3 + j
		}
	}
	diag, anti := 0, 0
	for i := range grid {
		diag += grid[i][i]
		anti += grid[i][len(grid)-1-i]
	}
	fmt.Println(diag, anti, grid)
	a, b := 0, 1
	next := func() int { a, b = b, a+b; return a }
	for a < 50 {
		next()
	}
	fmt.Println(a, b)
	x := 0
	inc := func() { x++ }
	for x < 5 {
		inc()
		if x == 3 {
			x += 10
		}
	}
	fmt.Println(x)
	c := make(chan int, 10)
	sent := 0
	for sent < 4 {
		c <- sent
		sent++
	}
	got := 0
	for got < 4 {
		v := <-c
		got++
		x -= v
	}
	fmt.Println(x, got, sent)
}
