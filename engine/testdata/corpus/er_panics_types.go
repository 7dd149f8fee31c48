package main

import (
	"fmt"
)

type bomb struct{ n int }

func (b bomb) Error() string { return fmt.Sprint("bomb ", b.n) }
func catch(f func()) (r any) { defer func() { r = recover() }(); f(); return "no panic" }

func main() {
	fmt.Println(catch(func() { panic(bomb{3}) }), catch(func() {}))
	r := catch(func() { var e error; _ = e.Error() })
	_, isErr := r.(error)
	fmt.Println(r, isErr)
	fmt.Println(catch(func() { x := []int{1}; i := 5; _ = x[i] }), catch(func() { x := "abc"; i := 2; j := 1; _ = x[i:j] }))
	fmt.Println(catch(func() { var a any = 3; _ = a.(string) }), catch(func() { var a any; _ = a.(int) }))
	fmt.Println(catch(func() { var a any = bomb{}; _ = a.(interface{ Foo() }) }))
	fmt.Println(catch(func() { m := map[any]int{}; m[[]int{}] = 1 }), catch(func() { var f func(); f() }))
	fmt.Println(catch(func() { x := [3]int{}; s := x[:]; _ = [4]int(s) }), catch(func() { n := -1; _ = make([]int, n) }))
	fmt.Printf("%T %T\n", catch(func() { panic(1.5) }), catch(func() { var p *bomb; _ = p.n }))
}
