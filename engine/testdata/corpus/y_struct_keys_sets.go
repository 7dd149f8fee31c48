package main

import (
	"fmt"
	"strings"
)

type pos struct{ r, c int }
type dir struct{ dr, dc int }

func (p pos) move(d dir) pos { return pos{p.r + d.dr, p.c + d.dc} }

var dirs = [4]dir{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}

type maze []string

func (m maze) find(ch byte) (p pos, ok bool) {
	for r, row := range m {
		if c := strings.IndexByte(row, ch); c >= 0 {
			return pos{r, c}, true
		}
	}
	return
}
func (m maze) solve() (int, map[pos]pos) {
	start, _ := m.find('S')
	type state struct {
		pos
		steps int
	}
	from := map[pos]pos{start: start}
	for q := []state{{start, 0}}; len(q) > 0; q = q[1:] {
		cur := q[0]
		if m[cur.r][cur.c] == 'E' {
			return cur.steps, from
		}
		for _, d := range dirs {
			n := cur.move(d)
			if n.r < 0 || n.c < 0 || n.r >= len(m) || n.c >= len(m[0]) || m[n.r][n.c] == '#' {
				continue
			}
			if _, seen := from[n]; !seen {
				from[n] = cur.pos
				q = append(q, state{n, cur.steps + 1})
			}
		}
	}
	return -1, nil
}

func main() {
	m := maze{"S.#.", "..#E", "#...", "...#"}
	n, from := m.solve()
	e, ok := m.find('E')
	fmt.Println(n, ok, e, len(from))
	steps := []pos{}
	for p := e; p != from[p]; p = from[p] {
		steps = append(steps, p)
	}
	fmt.Println(steps)
}
