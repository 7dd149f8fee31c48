package main

import (
	"fmt"
)

type stringish interface {
	~string | ~[]byte
	size() int
}
type name string

func (n name) size() int { return len(n) }

type blob []byte

func (b blob) size() int           { return -len(b) }
func show[T stringish](x T) string { return fmt.Sprintf("%s:%d:%T", string(x), x.size(), x) }

type cloner[T any] interface{ clone() T }
type doc struct {
	body string
	n    int
}

func (d doc) clone() doc       { d.n++; return d }
func twice[T cloner[T]](x T) T { return x.clone().clone() }

func main() {
	fmt.Println(show(name("ann")), show(blob("xyz")))
	fmt.Println(twice(doc{"b", 1}), twice(doc{}).n)
}
