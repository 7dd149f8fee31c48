package main

import (
	"fmt"
	"time"
)

type req struct {
	n    int
	resp chan<- int
}

var reqs = make(chan req)

func serve(stop <-chan struct{}) {
	for {
		select {
		case r := <-reqs:
			r.resp <- r.n * 2
		case <-stop:
			return
		}
	}
}

func ask(n int) int {
	c := make(chan int, 1)
	reqs <- req{n, c}
	return <-c
}

func main() {
	stop := make(chan struct{})
	go serve(stop)
	fmt.Println(ask(4), ask(21))
	close(stop)
	a, b := make(chan int, 1), make(chan string, 1)
	x, y, ok := 0, "", false
	a <- 5
	select {
	case x = <-a:
	case y, ok = <-b:
	}
	fmt.Println(x, y, ok)
	b <- "hi"
	select {
	case x = <-a:
	case y, ok = <-b:
	}
	fmt.Println(x, y, ok)
	arr := []int{0, 0}
	a <- 8
	select {
	case arr[1] = <-a:
		arr[0]++
	case <-time.After(time.Minute):
	}
	fmt.Println(arr)
	p := &req{}
	a <- 3
	select {
	case p.n = <-a:
	}
	fmt.Println(p.n)
	var nilch chan int
	select {
	case v := <-nilch:
		fmt.Println(v)
	case nilch <- 1:
	default:
		fmt.Println("default")
	}
	n := 0
	for n < 3 {
		select {
		case a <- n:
			n++
		case v := <-a:
			fmt.Print("got ", v, " ")
		}
	}
	fmt.Println(n)
	if v := <-a; v == 2 {
		fmt.Println("cond", v)
	}
	tick := time.NewTicker(time.Millisecond)
	cnt := 0
	for range tick.C {
		if cnt++; cnt == 3 {
			tick.Stop()
			break
		}
	}
	fmt.Println(cnt, len(b))
	switch v, ok := <-closedChan(); {
	case !ok:
		fmt.Println("closed", v)
	}
	var iface any = b
	iface.(chan string) <- "via any"
	fmt.Println(<-b+"!", (<-chan int)(a) != nil)
}

func closedChan() <-chan []int { c := make(chan []int); close(c); return c }
