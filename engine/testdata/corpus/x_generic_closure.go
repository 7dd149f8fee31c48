package main

import "fmt"

type box[T any] struct {
	val  T
	hist []T
}

func (b box[T]) text() string { return fmt.Sprint(b.val, b.hist) }
func (b *box[T]) touch(v T)   { b.hist, b.val = append(b.hist, b.val), v }

func mk(n int) box[int] { return box[int]{val: n} }

func with(v box[int], f func(box[int]) string) func() string { return func() string { return f(v) } }

func main() {
	cur := mk(3)
	show := func() string { return cur.text() }
	poke := func(n int) func() { return func() { cur.touch(n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v box[int]) string { return "later " + v.text() })
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v box[int]) { v.touch(100) }(cur)
	defer func() { fmt.Println("deferred", show()) }()
	cur.touch(1)
}
