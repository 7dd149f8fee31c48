package main

import (
	"fmt"
	"strconv"
)

func main() {
	n, sum := 0, 0
	func() {
		defer func() { fmt.Println("r", recover() != nil, n, sum) }()
		for {
			n++
			sum += 10 / (3 - n)
		}
	}()
	count, last := 0, ""
	for _, w := range []string{"a", "b", "c"} {
		count++
		last = w
		if w == "b" {
			continue
		}
		last += "!"
	}
	fmt.Println(count, last)
	var m map[string]int
	for k := range 3 {
		if m == nil {
			m = map[string]int{}
		}
		m[strconv.Itoa(k)] = k
		count += len(m)
	}
	fmt.Println(m, count)
	f := func() int { return count }
	for range 2 {
		count++
		fmt.Print(f(), " ")
	}
	fmt.Println()
}
