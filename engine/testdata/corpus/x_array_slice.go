package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

func main() {
	vs := []path{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].touch(i + 1)
		fmt.Println(i, vs[i].text())
	}
	cp := append([]path(nil), vs[1:]...)
	cp[0].touch(4)
	fmt.Println(vs[1].text(), cp[0].text(), len(cp), cap(vs) >= 3)
}
