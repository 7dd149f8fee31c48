package main

import (
	"fmt"
	"strconv"
	"sync"
)

var hooks []func() string

func on(f func() string) { hooks = append(hooks, f) }

func main() {
	for i, s := range []string{"a", "b"} {
		on(func() string { i++; return s + strconv.Itoa(i) })
	}
	for i := 0; i < 2; i++ {
		on(func() string { return fmt.Sprint("loop", i) })
		i += 0
	}
	for _, h := range hooks {
		fmt.Print(h(), h(), " ")
	}
	fmt.Println()
	var ptrs []*int
	for i := range 3 {
		ptrs = append(ptrs, &i)
	}
	for _, p := range ptrs {
		*p *= 2
		fmt.Print(*p, " ")
	}
	var wg sync.WaitGroup
	res := make([]int, 4)
	for i := range res {
		wg.Add(1)
		go func() { defer wg.Done(); res[i] = i * i }()
	}
	wg.Wait()
	fmt.Println(res)
}
