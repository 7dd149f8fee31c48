package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type queue struct {
	sync.Mutex
	cond   *sync.Cond
	items  []int
	closed bool
}

func newQueue() *queue     { q := &queue{}; q.cond = sync.NewCond(q); return q }
func (q *queue) put(v int) { q.Lock(); q.items = append(q.items, v); q.Unlock(); q.cond.Signal() }
func (q *queue) close()    { q.Lock(); defer q.Unlock(); q.closed = true; q.cond.Broadcast() }
func (q *queue) get() (int, bool) {
	q.Lock()
	defer q.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v, true
}

func main() {
	q := newQueue()
	var total atomic.Int32
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				v, ok := q.get()
				if !ok {
					return
				}
				total.Add(int32(v))
			}
		})
	}
	for i := range 50 {
		q.put(i)
	}
	q.close()
	wg.Wait()
	fmt.Println(total.Load(), len(q.items))
}
