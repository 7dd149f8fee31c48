package main

import (
	"fmt"
	"slices"
)

func queens(n int) (count int, first []int) {
	cols, d1, d2 := map[int]bool{}, map[int]bool{}, map[int]bool{}
	var place func(r int, pos []int)
	place = func(r int, pos []int) {
		if r == n {
			if count++; first == nil {
				first = slices.Clone(pos)
			}
			return
		}
		for c := range n {
			if cols[c] || d1[r+c] || d2[r-c] {
				continue
			}
			cols[c], d1[r+c], d2[r-c] = true, true, true
			place(r+1, append(pos, c))
			delete(cols, c)
			delete(d1, r+c)
			delete(d2, r-c)
		}
	}
	place(0, nil)
	return
}

type board [4][4]int

func (b *board) ok(r, c, v int) bool {
	for i := range 4 {
		if b[r][i] == v || b[i][c] == v || b[r/2*2+i/2][c/2*2+i%2] == v {
			return false
		}
	}
	return true
}
func (b *board) solve() bool {
	for r := range b {
		for c, v := range b[r] {
			if v != 0 {
				continue
			}
			for v := 1; v <= 4; v++ {
				if b.ok(r, c, v) {
					b[r][c] = v
					if b.solve() {
						return true
					}
					b[r][c] = 0
				}
			}
			return false
		}
	}
	return true
}

func main() {
	fmt.Println(queens(6))
	b := board{{1, 0, 0, 0}, {0, 0, 3, 0}, {0, 4, 0, 0}, {0, 0, 0, 2}}
	ok := b.solve()
	fmt.Println(ok)
	for _, r := range b {
		fmt.Println(r)
	}
}
