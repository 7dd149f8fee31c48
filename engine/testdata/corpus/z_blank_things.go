package main

import (
	"fmt"
)

type iface interface{ m() }
type impl struct {
	_ int
	a int
	_ string
}

func (impl) m() {}

var _ iface = impl{}
var _ iface = (*impl)(nil)
var _, second = func() (int, string) { return 1, "two" }()

func _()                                     { panic("never") }
func ignore(_ int, _ string, keep bool) bool { return keep }

const _ = iota

func main() {
	_ = impl{a: 3}
	_, x := 1, 2
	for _ = range 2 {
		x++
	}
	fmt.Println(x, second, ignore(1, "", true), impl{a: 1} == impl{a: 1})
	var _ = fmt.Sprint("unused")
	func(_ ...any) {}(1, 2)
	fmt.Printf("%+v\n", impl{a: 9})
}
