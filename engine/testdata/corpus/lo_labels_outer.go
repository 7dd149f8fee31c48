package main

import (
	"fmt"
	"strings"
)

func main() {
	hits, skipped := 0, 0
	var found [2]int
search:
	for r := 0; r < 5; r++ {
		for c := 0; c < 5; c++ {
			if (r+c)%4 == 3 {
				skipped++
				continue search
			}
			if r*c == 6 {
				found = [2]int{r, c}
				break search
			}
			hits++
		}
	}
	fmt.Println(hits, skipped, found)
	n := 10
loop:
	for {
		switch {
		case n > 5:
			n -= 2
		case n == 4:
			break loop
		default:
			n--
		}
	}
	fmt.Println(n)
	str := ""
	for i := 3; ; i-- {
		if i == 0 {
			break
		}
		str += strings.Repeat("x", i) + ","
	}
	fmt.Println(str)
}
