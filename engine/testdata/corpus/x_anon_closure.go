package main

import "fmt"

func mk(n int) struct {
	id   int
	pair struct{ a, b string }
} {
	return struct {
		id   int
		pair struct{ a, b string }
	}{n, struct{ a, b string }{"a", fmt.Sprint(n)}}
}

func text(v struct {
	id   int
	pair struct{ a, b string }
}) string {
	return fmt.Sprint(v.id, v.pair.a, v.pair.b)
}

func touch(v *struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	v.id += n
	v.pair.a += "!"
}

func with(v struct {
	id   int
	pair struct{ a, b string }
}, f func(struct {
	id   int
	pair struct{ a, b string }
}) string) func() string {
	return func() string { return f(v) }
}

func main() {
	cur := mk(3)
	show := func() string { return text(cur) }
	poke := func(n int) func() { return func() { touch(&cur, n) } }
	p := poke(2)
	p()
	fmt.Println(show())
	later := with(cur, func(v struct {
		id   int
		pair struct{ a, b string }
	}) string {
		return "later " + text(v)
	})
	p()
	fmt.Println(later(), show())
	cur = mk(8)
	p()
	fmt.Println(show())
	func(v struct {
		id   int
		pair struct{ a, b string }
	}) {
		touch(&v, 100)
	}(cur)
	defer func() { fmt.Println("deferred", show()) }()
	touch(&cur, 1)
}
