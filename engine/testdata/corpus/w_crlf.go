package main

import "fmt"

type rec struct {
	a int // one
	b string
}

var raw = `x
y`

func (r rec) show() string {
	return fmt.Sprint(r.a, r.b)
}

func main() {
	r := rec{1, "z"}
	fmt.Println(r.show(), len(raw))
	for i := range 2 {
		r.a += i
	}
	fmt.Println(r)
}
