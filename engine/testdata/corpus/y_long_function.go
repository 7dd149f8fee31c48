package main

import (
	"fmt"
)

func collatzMax(limit int) (best, at int) {
	cache := map[int]int{1: 1}
	for i := 1; i < limit; i++ {
		n, steps := i, 0
		for n != 1 {
			if c, ok := cache[n]; ok && n < i {
				steps += c - 1
				break
			}
			if n%2 == 0 {
				n /= 2
			} else {
				n = 3*n + 1
			}
			steps++
		}
		steps++
		cache[i] = steps
		if steps > best {
			best, at = steps, i
		}
	}
	return
}

type digits []int

func toDigits(n int) (d digits) {
	for ; n > 0; n /= 10 {
		d = append(d, n%10)
	}
	return
}
func (d digits) sum(p int) (s int) {
	for _, x := range d {
		y := 1
		for range p {
			y *= x
		}
		s += y
	}
	return
}

func main() {
	fmt.Println(collatzMax(1000))
	arm, happy, pyth := []int{}, []int{}, [][3]int{}
	for n := 100; n < 1000; n++ {
		if toDigits(n).sum(3) == n {
			arm = append(arm, n)
		}
	}
	for n := 1; len(happy) < 6; n++ {
		seen := map[int]bool{}
		m := n
		for m != 1 && !seen[m] {
			seen[m] = true
			m = toDigits(m).sum(2)
		}
		if m == 1 {
			happy = append(happy, n)
		}
	}
	for a := 1; a < 20; a++ {
		for b := a; b < 20; b++ {
			for c := b; c < 25; c++ {
				if a*a+b*b == c*c && (len(pyth) == 0 || pyth[len(pyth)-1][0] != a) {
					pyth = append(pyth, [3]int{a, b, c})
				}
			}
		}
	}
	fmt.Println(arm, happy, pyth)
}
