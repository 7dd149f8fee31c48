package main

import (
	"errors"
	"fmt"
)

type conn struct {
	addr string
	open bool
}

func dial(a string) (*conn, error) {
	if a == "" {
		return nil, errors.New("empty addr")
	}
	return &conn{a, true}, nil
}
func (c *conn) stats() (sent, recv int, ok bool) { return len(c.addr), 2, c.open }
func (c *conn) close() error                     { c.open = false; return nil }

func main() {
	c, err := dial("host")
	fmt.Println(c.addr, err)
	s, r, ok := c.stats()
	fmt.Println(s, r, ok)
	_, _, ok = c.stats()
	d, err := dial("")
	fmt.Println(d == nil, err)
	err = c.close()
	_, r, ok = c.stats()
	fmt.Println(r, ok, err)
	if c2, err := dial("x"); err != nil {
		fmt.Println("no")
	} else if s, _, ok := c2.stats(); ok {
		fmt.Println("yes", s)
	}
	fmt.Println(s)
}
