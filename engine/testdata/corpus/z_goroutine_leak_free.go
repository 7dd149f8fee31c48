package main

import (
	"fmt"
	"strings"
	"sync"
)

type task struct {
	id   int
	deps []int
}

func schedule(ts []task) (order []int) {
	done := map[int]chan struct{}{}
	for _, t := range ts {
		done[t.id] = make(chan struct{})
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, t := range ts {
		wg.Go(func() {
			for _, d := range t.deps {
				<-done[d]
			}
			mu.Lock()
			order = append(order, t.id)
			mu.Unlock()
			close(done[t.id])
		})
	}
	wg.Wait()
	return
}

func main() {
	o := schedule([]task{{3, []int{1, 2}}, {1, nil}, {2, []int{1}}, {4, []int{3}}})
	fmt.Println(o)
	results := make([]string, 3)
	var wg sync.WaitGroup
	for i, n := range []string{"x", "y", "z"} {
		wg.Add(1)
		go func(dst *string, n string) { defer wg.Done(); *dst = strings.Repeat(n, i+1) }(&results[i], n)
	}
	wg.Wait()
	fmt.Println(results)
}
