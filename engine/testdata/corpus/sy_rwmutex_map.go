package main

import (
	"fmt"
	"sync"
)

type safe[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

func (s *safe[K, V]) load(k K) (V, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok := s.m[k]
	return v, ok
}
func (s *safe[K, V]) update(k K, f func(V) V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = make(map[K]V)
	}
	s.m[k] = f(s.m[k])
}

func main() {
	var s safe[string, int]
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Add(1)
		go func() { defer wg.Done(); s.update([]string{"a", "b"}[i%2], func(v int) int { return v + i }) }()
	}
	wg.Wait()
	a, ok := s.load("a")
	_, no := s.load("z")
	fmt.Println(a, ok, no, len(s.m), s.mu.TryLock())
}
