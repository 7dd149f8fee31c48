package main

import (
	"fmt"
	"sync"
)

type res struct {
	*sync.Mutex
	*sync.WaitGroup
	vals map[int]int
}
type locker struct {
	sync.Locker
	n int
}
type once struct {
	sync.Once
	v int
}

func (o *once) get() int { o.Do(func() { o.v++ }); return o.v }
func newRes() res        { return res{new(sync.Mutex), new(sync.WaitGroup), map[int]int{}} }

func main() {
	r := newRes()
	for i := range 8 {
		r.Add(1)
		go func() { defer r.Done(); r.Lock(); defer r.Unlock(); r.vals[i%3] += i }()
	}
	r.Wait()
	fmt.Println(r.vals)
	l := locker{Locker: &sync.RWMutex{}}
	l.Lock()
	l.n++
	l.Unlock()
	rl := l.Locker.(*sync.RWMutex).RLocker()
	rl.Lock()
	rl.Unlock()
	var o once
	fmt.Println(l.n, o.get(), o.get())
	lock, unlock := r.Lock, r.Unlock
	lock()
	r.vals[9] = 9
	unlock()
	wait := r.WaitGroup.Wait
	r.WaitGroup.Go(func() { r.Lock(); delete(r.vals, 9); r.Unlock() })
	wait()
	fmt.Println(len(r.vals))
}
