package main

import (
	"errors"
	"fmt"
	"runtime"
)

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("code ", e.code) }

func safe(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			err = fmt.Errorf("runtime: %w", r)
		case error:
			err = r
		default:
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	f()
	return nil
}

func order() {
	for i := range 3 {
		defer fmt.Println("deferred", i)
	}
	fmt.Println("body")
}

func named() (n int) {
	defer func() { n *= 2 }()
	n = 1
	return n + 20
}

func main() {
	order()
	fmt.Println(named())
	var xs []int
	var m map[string]int
	var p *myErr
	fmt.Println(safe(func() { _ = xs[5] }))
	fmt.Println(safe(func() { m["a"] = 1 }))
	fmt.Println(safe(func() { _ = p.code }))
	fmt.Println(safe(func() { panic("boom") }))
	fmt.Println(safe(func() { panic(&myErr{3}) }))
	z := 0
	fmt.Println(safe(func() { fmt.Println(1 / z) }))
	var i any = "str"
	fmt.Println(safe(func() { _ = i.(int) }))
	fmt.Println(safe(func() { _ = i.(fmt.Stringer) }))
	err := safe(func() { panic(fmt.Errorf("wrapped: %w", &myErr{9})) })
	var me *myErr
	fmt.Println(errors.As(err, &me), me.code)
	fmt.Println(safe(func() { close((chan int)(nil)) }))
	fmt.Println(safe(func() { _ = make([]int, z-1) }))
	fmt.Println(safe(func() { _ = [3]int(xs) }))
	fmt.Println(safe(func() { _ = xs[1:z] }))
}
