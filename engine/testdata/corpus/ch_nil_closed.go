package main

import (
	"fmt"
)

func tryRecv(c chan int) string {
	select {
	case v, ok := <-c:
		return fmt.Sprint(v, ok)
	default:
		return "blocked"
	}
}
func trySend(c chan int, v int) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint(r)
		}
	}()
	select {
	case c <- v:
		return "sent"
	default:
		return "blocked"
	}
}

func main() {
	var nilc chan int
	c := make(chan int, 1)
	fmt.Println(tryRecv(nilc), trySend(nilc, 1), tryRecv(c), trySend(c, 5), trySend(c, 6), tryRecv(c))
	close(c)
	fmt.Println(tryRecv(c), trySend(c, 1))
	func() { defer func() { fmt.Println(recover()) }(); close(c) }()
	func() { defer func() { fmt.Println(recover()) }(); c <- 1 }()
	type rc = <-chan int
	var ro rc = c
	_, ok := <-ro
	fmt.Println(ok, cap(ro), len(nilc))
}
