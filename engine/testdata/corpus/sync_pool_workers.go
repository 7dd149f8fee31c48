package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
)

type job struct {
	id, n int
}

type result struct {
	job
	sum int
}

type bank struct {
	mu   sync.Mutex
	acct map[string]int
	sync.RWMutex
}

func (b *bank) move(from, to string, n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.acct[from] < n {
		return false
	}
	b.acct[from] -= n
	b.acct[to] += n
	return true
}

func worker(id int, jobs <-chan job, out chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		s := 0
		for i := 1; i <= j.n; i++ {
			s += i
		}
		out <- result{j, s}
	}
}

func main() {
	jobs, out := make(chan job), make(chan result, 10)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go worker(i, jobs, out, &wg)
	}
	go func() {
		for i := range 10 {
			jobs <- job{i, i * 10}
		}
		close(jobs)
		wg.Wait()
		close(out)
	}()
	var all []result
	for r := range out {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].id < all[j].id })
	for _, r := range all {
		fmt.Print(r.id, ":", r.sum, " ")
	}
	fmt.Println()
	bk := &bank{acct: map[string]int{"a": 100, "b": 0}}
	var ok atomic.Int32
	var g sync.WaitGroup
	for range 30 {
		g.Go(func() {
			if bk.move("a", "b", 5) {
				ok.Add(1)
			}
		})
	}
	g.Wait()
	bk.RLock()
	fmt.Println(ok.Load(), bk.acct["a"], bk.acct["b"])
	bk.RUnlock()
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	cond := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { cond.L.Lock(); ready = true; cond.L.Unlock(); cond.Broadcast() }()
	cond.L.Lock()
	for !ready {
		cond.Wait()
	}
	cond.L.Unlock()
	fmt.Println("ready")
}
