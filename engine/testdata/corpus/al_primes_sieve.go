package main

import (
	"fmt"
)

func sieve(n int) (ps []int) {
	comp := make([]bool, n+1)
	for i := 2; i <= n; i++ {
		if comp[i] {
			continue
		}
		ps = append(ps, i)
		for j := i * i; j <= n; j += i {
			comp[j] = true
		}
	}
	return
}
func factor(n int) map[int]int {
	m := map[int]int{}
	for p := 2; p*p <= n; p++ {
		for n%p == 0 {
			m[p]++
			n /= p
		}
	}
	if n > 1 {
		m[n]++
	}
	return m
}
func chanSieve(n int) (ps []int) {
	src := make(chan int)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for i := 2; ; i++ {
			select {
			case src <- i:
			case <-stop:
				return
			}
		}
	}()
	var in <-chan int = src
	for len(ps) < n {
		p := <-in
		ps = append(ps, p)
		out := make(chan int)
		go func(in <-chan int) {
			for {
				select {
				case v := <-in:
					if v%p != 0 {
						select {
						case out <- v:
						case <-stop:
							return
						}
					}
				case <-stop:
					return
				}
			}
		}(in)
		in = out
	}
	return
}

func main() {
	fmt.Println(sieve(50), factor(360), factor(97), chanSieve(8))
	perfect := []int{}
	for n := 2; n < 500; n++ {
		s := 1
		for d := 2; d*d <= n; d++ {
			if n%d == 0 {
				s += d
				if d != n/d {
					s += n / d
				}
			}
		}
		if s == n {
			perfect = append(perfect, n)
		}
	}
	fmt.Println(perfect)
}
