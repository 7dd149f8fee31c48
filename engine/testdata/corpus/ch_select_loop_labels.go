package main

import (
	"fmt"
)

func main() {
	nums, words, stop := make(chan int), make(chan string), make(chan struct{})
	go func() {
		for i := range 3 {
			nums <- i
			words <- fmt.Sprint("w", i)
		}
		close(stop)
	}()
	sum, cat := 0, ""
recv:
	for {
		select {
		case n := <-nums:
			if n == 1 {
				continue recv
			}
			sum += n
		case w, ok := <-words:
			if !ok {
				break recv
			}
			cat += w
		case <-stop:
			break recv
		}
	}
	fmt.Println(sum, cat)
	var p struct{ a, b int }
	c := make(chan int, 2)
	c <- 3
	c <- 4
	select {
	case p.a = <-c:
	}
	select {
	case p.b = <-c:
	default:
	}
	fmt.Println(p)
}
