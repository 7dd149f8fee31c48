package main

import (
	"fmt"
	"math/cmplx"
	"strings"
)

type grid [][]bool

func parse(s string) (g grid) {
	for _, l := range strings.Fields(s) {
		row := make([]bool, len(l))
		for i, r := range l {
			row[i] = r == '#'
		}
		g = append(g, row)
	}
	return
}
func (g grid) at(r, c int) int {
	if g[(r+len(g))%len(g)][(c+len(g[0]))%len(g[0])] {
		return 1
	}
	return 0
}
func (g grid) step() grid {
	n := make(grid, len(g))
	for r := range g {
		n[r] = make([]bool, len(g[r]))
		for c := range g[r] {
			s := 0
			for dr := -1; dr <= 1; dr++ {
				for dc := -1; dc <= 1; dc++ {
					if dr != 0 || dc != 0 {
						s += g.at(r+dr, c+dc)
					}
				}
			}
			n[r][c] = s == 3 || s == 2 && g[r][c]
		}
	}
	return n
}
func (g grid) String() string {
	var b strings.Builder
	for _, r := range g {
		for _, c := range r {
			b.WriteByte(map[bool]byte{true: '#', false: '.'}[c])
		}
		b.WriteByte('\n')
	}
	return b.String()
}
func mandel(c complex128) int {
	z := 0i
	for i := range 30 {
		if z = z*z + c; cmplx.Abs(z) > 2 {
			return i
		}
	}
	return -1
}

func main() {
	g := parse(".#... ..#.. ###.. ..... .....")
	for range 4 {
		g = g.step()
	}
	fmt.Print(g)
	for y := 1.0; y >= -1; y -= .5 {
		for x := -2.0; x <= .5; x += .25 {
			fmt.Print(string(" .:-=+*#@"[min(8, (mandel(complex(x, y))+9)%9)]))
		}
		fmt.Println()
	}
}
