package main

import (
	"errors"
	"fmt"
	"time"
)

type msg struct {
	id   int
	body string
	err  error
}

func main() {
	a, b := make(chan msg, 1), make(chan int)
	quit := make(chan struct{})
	go func() {
		for i := range 3 {
			b <- i
		}
		close(quit)
	}()
	a <- msg{1, "hello", nil}
	got, sum := 0, 0
	var m msg
	var ok bool
loop:
	for {
		select {
		case m, ok = <-a:
			fmt.Println("msg", m.id, m.body, m.err, ok)
			a = nil
			got++
		case n := <-b:
			sum += n
		case <-quit:
			break loop
		}
	}
	fmt.Println(got, sum)
	out := make(chan error, 1)
	select {
	case out <- errors.New("sent"):
		fmt.Println("could send")
	default:
		fmt.Println("full")
	}
	select {
	case out <- nil:
	default:
		fmt.Println("full", (<-out).Error())
	}
	arr := map[string]int{}
	var present bool
	ic := make(chan int, 1)
	ic <- 7
	select {
	case arr["k"], present = <-ic:
	case <-time.After(time.Second):
	}
	fmt.Println(arr, present)
	t := time.NewTimer(time.Millisecond)
	select {
	case <-t.C:
		fmt.Println("timer")
	case <-time.After(5 * time.Second):
		fmt.Println("late")
	}
	select {
	case x, open := <-closed():
		fmt.Println(x, open)
	}
}

func closed() chan msg { c := make(chan msg); close(c); return c }
