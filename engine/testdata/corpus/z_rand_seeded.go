package main

import (
	"fmt"
	"math/rand"
)

type die struct {
	r     *rand.Rand
	sides int
}

func (d *die) roll() int { return d.r.Intn(d.sides) + 1 }
func hist(d *die, n int) map[int]int {
	m := map[int]int{}
	for range n {
		m[d.roll()]++
	}
	return m
}

func main() {
	d := &die{rand.New(rand.NewSource(42)), 6}
	h := hist(d, 600)
	t := 0
	for _, v := range h {
		t += v
	}
	fmt.Println(len(h), t, d.r.Perm(5), d.r.Float64())
	xs := []string{"a", "b", "c", "d"}
	d.r.Shuffle(len(xs), func(i, j int) { xs[i], xs[j] = xs[j], xs[i] })
	fmt.Println(xs)
}
