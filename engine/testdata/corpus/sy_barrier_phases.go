package main

import (
	"fmt"
	"sync"
)

type barrier struct {
	mu         sync.Mutex
	n, waiting int
	gate       chan struct{}
}

func (b *barrier) wait() {
	b.mu.Lock()
	gate := b.gate
	if b.waiting++; b.waiting == b.n {
		b.waiting = 0
		b.gate = make(chan struct{})
		b.mu.Unlock()
		close(gate)
		return
	}
	b.mu.Unlock()
	<-gate
}

func main() {
	b := &barrier{n: 4, gate: make(chan struct{})}
	sums := make([]int, 4)
	parts := make([]int, 4)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for phase := range 3 {
				parts[i] = i + phase
				b.wait()
				if i == phase {
					for _, p := range parts {
						sums[i] += p
					}
				}
				b.wait()
			}
		})
	}
	wg.Wait()
	fmt.Println(sums, parts, b.waiting)
}
