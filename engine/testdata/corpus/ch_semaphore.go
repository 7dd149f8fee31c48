package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type pool struct {
	sem       chan struct{}
	mu        sync.Mutex
	cur, peak int
}

func (p *pool) run(f func()) {
	p.sem <- struct{}{}
	p.mu.Lock()
	p.cur++
	p.peak = max(p.peak, p.cur)
	p.mu.Unlock()
	f()
	p.mu.Lock()
	p.cur--
	p.mu.Unlock()
	<-p.sem
}

func main() {
	p := &pool{sem: make(chan struct{}, 3)}
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := range 20 {
		wg.Add(1)
		go func() { defer wg.Done(); p.run(func() { time.Sleep(100 * time.Microsecond); n.Add(int64(i)) }) }()
	}
	wg.Wait()
	fmt.Println(n.Load(), p.peak <= 3, p.cur, len(p.sem))
}
