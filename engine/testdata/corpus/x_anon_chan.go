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

func send(c chan<- struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan struct {
		id   int
		pair struct{ a, b string }
	})
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(text(first), text(second), ok)
	for v := range c {
		touch(&v, 2)
		fmt.Println(text(v))
	}
	one := make(chan struct {
		id   int
		pair struct{ a, b string }
	}, 1)
	select {
	case one <- second:
		touch(&second, 9)
	}
	select {
	case first, ok = <-one:
		fmt.Println(text(first), ok)
	}
	fmt.Println(text(second))
}
