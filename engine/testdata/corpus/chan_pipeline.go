package main

import (
	"fmt"
	"sync"
)

func gen(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i
		}
	}()
	return out
}

func sq(in <-chan int) <-chan int {
	out := make(chan int, 2)
	go func() {
		for v := range in {
			out <- v * v
		}
		close(out)
	}()
	return out
}

func merge(cs ...<-chan int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int)
	wg.Add(len(cs))
	for _, c := range cs {
		go func(c <-chan int) {
			defer wg.Done()
			for v := range c {
				out <- v
			}
		}(c)
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func main() {
	total := 0
	for v := range merge(sq(gen(10)), sq(gen(5))) {
		total += v
	}
	fmt.Println(total)
	ch := make(chan string, 3)
	ch <- "a"
	ch <- "b"
	close(ch)
	v, ok := <-ch
	fmt.Println(v, ok, len(ch), cap(ch))
	fmt.Println(<-ch)
	v, ok = <-ch
	fmt.Printf("%q %v\n", v, ok)
	done := make(chan struct{})
	var res []int
	go func() {
		for v := range gen(4) {
			res = append(res, v)
		}
		done <- struct{}{}
	}()
	<-done
	fmt.Println(res)
	sem := make(chan bool, 1)
	if sem <- true; len(sem) == 1 {
		fmt.Println("full", <-sem)
	}
}
