package main

import (
	"fmt"
	"sync"
)

var cache = struct {
	sync.Mutex
	m map[string]int
}{m: map[string]int{}}

type registry struct {
	sync.RWMutex
	byName map[string]func() int
}

func (r *registry) set(n string, f func() int) {
	r.Lock()
	defer r.Unlock()
	if r.byName == nil {
		r.byName = make(map[string]func() int)
	}
	r.byName[n] = f
}

func (r *registry) call(n string) int {
	r.RLock()
	f := r.byName[n]
	r.RUnlock()
	return f()
}

func hit(k string) {
	cache.Lock()
	defer cache.Unlock()
	cache.m[k]++
}

var reg registry

func main() {
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			hit([]string{"even", "odd"}[i%2])
		}()
	}
	wg.Wait()
	cache.Lock()
	fmt.Println(cache.m)
	cache.Unlock()
	n := 0
	reg.set("n", func() int { n++; return n })
	reg.call("n")
	fmt.Println(reg.call("n"), n)
	var local struct {
		sync.Mutex
		v int
	}
	for range 3 {
		wg.Add(1)
		go func() { local.Lock(); defer local.Unlock(); local.v++; wg.Done() }()
	}
	wg.Wait()
	fmt.Println(local.v)
}
