package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

func send(c chan<- item, n int) {
	for i := range n {
		c <- mk(i)
	}
	close(c)
}

func main() {
	c := make(chan item)
	go send(c, 4)
	first := <-c
	second, ok := <-c
	fmt.Println(first.text(), second.text(), ok)
	for v := range c {
		v.touch(2)
		fmt.Println(v.text())
	}
	one := make(chan item, 1)
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
