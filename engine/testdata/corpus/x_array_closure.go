package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

func with(v path, f func(path) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return cur.text() }
	poke := func(n int) func() { return func() { cur.touch(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v path) string { return "later " + v.text() })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v path) { v.touch(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.touch(1)
}
