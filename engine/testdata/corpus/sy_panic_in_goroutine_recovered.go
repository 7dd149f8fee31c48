package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

func safeGo(wg *sync.WaitGroup, out chan<- string, f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() {
			if r := recover(); r != nil {
				out <- fmt.Sprint("recovered: ", r)
			} else {
				out <- "fine"
			}
		}()
		f()
	}()
}

func main() {
	var wg sync.WaitGroup
	out := make(chan string, 3)
	safeGo(&wg, out, func() { panic("A") })
	safeGo(&wg, out, func() { var s []int; _ = s[3] })
	safeGo(&wg, out, func() {})
	wg.Wait()
	close(out)
	var all []string
	for s := range out {
		all = append(all, s)
	}
	sort.Strings(all)
	fmt.Println(strings.Join(all, "\n"))
}
