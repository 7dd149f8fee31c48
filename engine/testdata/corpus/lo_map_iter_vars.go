package main

import (
	"fmt"
	"strings"
)

func main() {
	words := strings.Fields("a b a c b a")
	counts, order := map[string]int{}, []string(nil)
	for _, w := range words {
		if counts[w]++; counts[w] == 1 {
			order = append(order, w)
		}
	}
	fmt.Println(counts, order)
	maxN, maxW := 0, ""
	for _, w := range order {
		if n := counts[w]; n > maxN {
			maxN, maxW = n, w
		}
	}
	fmt.Println(maxN, maxW)
	var k string
	var v int
	for k, v = range map[string]int{"only": 7} {
	}
	fmt.Println(k, v)
	idx := 0
	for idx, _ = range words {
		if words[idx] == "c" {
			break
		}
	}
	fmt.Println(idx)
	inv := map[int][]string{}
	for w, n := range counts {
		inv[n] = append(inv[n], w)
		delete(counts, w)
	}
	fmt.Println(len(counts), inv[3], inv[1])
	total := 0.0
	for _, f := range []float64{.5, .25} {
		total += f
		total = total * 2
	}
	fmt.Println(total)
}
