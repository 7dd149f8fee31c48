package main

//corpus: kept: a config made by pool is one of the type that pool was declared with

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type config struct{ level int }

type svc struct {
	n    atomic.Int64
	cfg  atomic.Pointer[config]
	flag atomic.Bool
	v    atomic.Value
}

var (
	global  int64
	get     = sync.OnceValue(func() int { fmt.Println("computing"); return 42 })
	getErr  = sync.OnceValues(func() (string, error) { return "v", nil })
	pool    = sync.Pool{New: func() any { return new(config) }}
	shared  sync.Map
	inits   atomic.Int32
	setupFn sync.Once
)

func setup() { setupFn.Do(func() { inits.Add(1) }) }

func main() {
	var s svc
	s.cfg.Store(&config{1})
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			setup()
			s.n.Add(int64(i))
			atomic.AddInt64(&global, 2)
			shared.Store(i%5, i)
			for {
				old := s.cfg.Load()
				if s.cfg.CompareAndSwap(old, &config{old.level + 1}) {
					break
				}
			}
		})
	}
	wg.Wait()
	fmt.Println(s.n.Load(), global, s.cfg.Load().level, inits.Load())
	fmt.Println(get(), get())
	a, err := getErr()
	fmt.Println(a, err, s.flag.Swap(true), s.flag.Load())
	n := 0
	shared.Range(func(k, v any) bool { n += k.(int); return true })
	fmt.Println(n)
	c := pool.Get().(*config)
	c.level = 3
	pool.Put(c)
	s.v.Store([]int{1})
	fmt.Println(s.v.Load().([]int)[0])
	old, loaded := shared.LoadOrStore(0, "x")
	_, isInt := old.(int)
	fmt.Println(isInt, loaded)
	var u atomic.Uint32
	u.Store(7)
	fmt.Println(u.CompareAndSwap(7, 9), u.Load(), u.And(1))
}
