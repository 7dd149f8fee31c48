package main

import (
	"fmt"
)

type conn struct {
	in, out chan msg
	quit    chan struct{}
}
type msg struct {
	id   int
	body struct{ text string }
}

func newConn() *conn { return &conn{make(chan msg), make(chan msg, 4), make(chan struct{})} }
func (c *conn) loop() (n int) {
	defer close(c.out)
	for {
		select {
		case m, ok := <-c.in:
			if !ok {
				return
			}
			m.body.text += "!"
			n++
			c.out <- m
		case <-c.quit:
			return -n
		}
	}
}

func main() {
	c := newConn()
	res := make(chan int)
	go func() { res <- c.loop() }()
	for i := range 3 {
		var m msg
		m.id = i
		m.body.text = fmt.Sprint("t", i)
		c.in <- m
	}
	close(c.quit)
	fmt.Println(<-res)
	for m := range c.out {
		fmt.Print(m.id, m.body.text, " ")
	}
	fmt.Println()
	d := newConn()
	go func() { res <- d.loop() }()
	d.in <- msg{id: 9}
	close(d.in)
	fmt.Println(<-res, <-d.out)
}
