package main

import (
	"fmt"
	"slices"
)

func lcs(a, b string) string {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			if a[i-1] == b[j-1] {
				t[i][j] = t[i-1][j-1] + 1
			} else {
				t[i][j] = max(t[i-1][j], t[i][j-1])
			}
		}
	}
	var out []byte
	for i, j := len(a), len(b); i > 0 && j > 0; {
		switch {
		case a[i-1] == b[j-1]:
			out = append(out, a[i-1])
			i--
			j--
		case t[i-1][j] >= t[i][j-1]:
			i--
		default:
			j--
		}
	}
	slices.Reverse(out)
	return string(out)
}

type thing struct{ w, v int }

func knap(ts []thing, cap int) int {
	best := make([]int, cap+1)
	for _, t := range ts {
		for c := cap; c >= t.w; c-- {
			best[c] = max(best[c], best[c-t.w]+t.v)
		}
	}
	return best[cap]
}
func lev(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		prev := row[0]
		row[0] = i + 1
		for j, s := range y {
			c := prev
			if r != s {
				c = 1 + min(prev, row[j], row[j+1])
			}
			prev, row[j+1] = row[j+1], c
		}
	}
	return row[len(y)]
}

func main() {
	fmt.Println(lcs("AGCAT", "GAC"), lcs("kitten", "sitting"), knap([]thing{{1, 1}, {3, 4}, {4, 5}, {5, 7}}, 7), lev("kitten", "sitting"), lev("日本", "日"))
	coins, ways := []int{1, 2, 5}, make([]int, 11)
	ways[0] = 1
	for _, c := range coins {
		for i := c; i < len(ways); i++ {
			ways[i] += ways[i-c]
		}
	}
	fmt.Println(ways)
}
