package main

import "fmt"

type box[T any] struct {
	val  T
	hist []T
}

func (b box[T]) text() string { return fmt.Sprint(b.val, b.hist) }
func (b *box[T]) touch(v T)   { b.hist, b.val = append(b.hist, b.val), v }

func mk(n int) box[int] { return box[int]{val: n} }

func send(c chan<- box[int], n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan box[int])
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(first.text(), second.text(), ok)
	for v := range c {
		v.touch(2)
		fmt.Println(v.text())
	}
	one := make(chan box[int], 1)
	select {
	case one <- second:
		second.touch(9)
	}
	select {
	case first, ok = <-one:
		fmt.Println(first.text(), ok)
	}
	fmt.Println(second.text())
}
