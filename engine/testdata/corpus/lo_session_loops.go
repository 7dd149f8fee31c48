package main

import (
	"fmt"
	"strconv"
)

func main() {
	total := 0
	limit := 10
	for i := 0; i < limit; i++ {
		if i == 5 {
			limit = 8
		}
		total += i
	}
	fmt.Println(total, limit)
	xs := []int{1, 2, 3}
	for len(xs) < 6 {
		xs = append(xs, xs[len(xs)-1]*2)
		if xs[len(xs)-1] > 20 {
			break
		}
	}
	fmt.Println(xs)
	i, s := 0, ""
	for i = 0; i < 3; i++ {
		s += strconv.Itoa(i)
	}
	fmt.Println(i, s)
	p := &total
	for j := range 4 {
		*p += j
		total++
	}
	fmt.Println(total, *p)
	q, r := 17, 5
	for r != 0 {
		q, r = r, q%r
	}
	fmt.Println(q, r)
	best, at := -1, -1
	for k, v := range []int{3, 9, 2} {
		if v > best {
			best, at = v, k
		}
	}
	fmt.Println(best, at)
}
