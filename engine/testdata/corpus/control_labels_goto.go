package main

import "fmt"

func find(grid [][]int, want int) (r, c int, ok bool) {
outer:
	for i, row := range grid {
		for j, v := range row {
			switch {
			case v == want:
				r, c, ok = i, j, true
				break outer
			case v < 0:
				continue outer
			}
		}
	}
	return
}

func collatz(n int) (steps int) {
again:
	if n == 1 {
		return
	}
	steps++
	if n%2 == 0 {
		n /= 2
	} else {
		n = 3*n + 1
	}
	goto again
}

func grade(n int) string {
	switch {
	case n >= 90:
		return "A"
	case n >= 80:
		fallthrough
	case n >= 70:
		return "B/C"
	default:
		return "F"
	}
}

func main() {
	fmt.Println(find([][]int{{1, -1, 5}, {2, 5, 3}}, 5))
	fmt.Println(collatz(27))
	for _, g := range []int{95, 85, 71, 10} {
		fmt.Print(grade(g), " ")
	}
	fmt.Println()
	n := 0
loop:
	if n < 3 {
		fmt.Print(n, " ")
		n++
		goto loop
	}
	fmt.Println("done")
rows:
	for i := range 4 {
		for j := range 4 {
			if j == 2 {
				continue rows
			}
			if i == 2 {
				break rows
			}
			fmt.Print(i, j, ";")
		}
	}
	fmt.Println()
	switch x := n * 2; x {
	case 1, 2, 3:
		fmt.Println("small")
	case 6:
		fmt.Println("six")
		break
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, "-", j, " ")
	}
	fmt.Println()
}
