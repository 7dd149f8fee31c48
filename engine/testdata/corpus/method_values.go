package main

import (
	"fmt"
	"strings"
	"sync"
)

type acc struct {
	total int
	log   []string
}

func (a *acc) add(n int) *acc          { a.total += n; return a }
func (a acc) value() int               { return a.total }
func (a *acc) logf(f string, x ...any) { a.log = append(a.log, fmt.Sprintf(f, x...)) }

type op func(int, int) int

func (o op) apply(a, b int) int { return o(a, b) }

type adder interface{ add(int) *acc }

func main() {
	a := &acc{}
	add := a.add
	add(1).add(2)
	val := a.value
	add(10)
	fmt.Println(a.total, val(), a.value())
	f := (*acc).add
	f(a, 5)
	g := acc.value
	fmt.Println(g(*a))
	var i adder = a
	h := i.add
	h(1)
	k := adder.add
	k(a, 1)
	fmt.Println(a.total)
	lg := a.logf
	lg("%d-%s", 1, "x")
	lg("plain")
	fmt.Println(a.log, len(a.log))
	fmt.Println(op(func(a, b int) int { return a * b }).apply(3, 4))
	up := strings.ToUpper
	r := strings.NewReplacer("a", "b").Replace
	fmt.Println(up("abc"), r("banana"))
	var mu sync.Mutex
	var wg sync.WaitGroup
	lock, unlock := mu.Lock, mu.Unlock
	n := 0
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lock()
			defer unlock()
			n++
		}()
	}
	wg.Wait()
	fmt.Println(n)
	fs := map[string]func(int) *acc{"add": a.add}
	fs["add"](100)
	fmt.Println(a.total)
}
