package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

func with(v item, f func(item) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return cur.text() }
	poke := func(n int) func() { return func() { cur.touch(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v item) string { return "later " + v.text() })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v item) { v.touch(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.touch(1)
}
