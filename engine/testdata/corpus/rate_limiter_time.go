package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

type clock interface{ now() time.Time }

type fakeClock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *fakeClock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.t }
func (c *fakeClock) advance(d time.Duration) {
	c.mu.Lock()
	c.t = c.t.Add(d)
	c.mu.Unlock()
}

type bucket struct {
	clock
	cap, tokens float64
	rate        float64
	last        time.Time
}

func newBucket(c clock, cap, rate float64) *bucket {
	return &bucket{clock: c, cap: cap, tokens: cap, rate: rate, last: c.now()}
}

func (b *bucket) allow() bool {
	now := b.now()
	b.tokens = min(b.cap, b.tokens+now.Sub(b.last).Seconds()*b.rate)
	b.last = now
	if b.tokens >= 1 {
		b.tokens--
		return true
	}
	return false
}

var errTimeout = errors.New("timed out")

func withTimeout[T any](d time.Duration, f func() T) (v T, err error) {
	ch := make(chan T, 1)
	go func() { ch <- f() }()
	select {
	case v = <-ch:
		return v, nil
	case <-time.After(d):
		return v, errTimeout
	}
}

func retry(n int, f func(int) error) (err error) {
	for i := 1; i <= n; i++ {
		if err = f(i); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Microsecond)
	}
	return fmt.Errorf("after %d tries: %w", n, err)
}

func main() {
	fc := &fakeClock{t: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	b := newBucket(fc, 2, 1)
	fmt.Println(b.allow(), b.allow(), b.allow())
	fc.advance(1500 * time.Millisecond)
	fmt.Println(b.allow(), b.allow(), b.tokens)
	fmt.Println(withTimeout(time.Second*10, func() int { return 5 }))
	block := make(chan int)
	_, err := withTimeout(time.Millisecond, func() int { return <-block })
	fmt.Println(err == errTimeout)
	close(block)
	fmt.Println(retry(3, func(i int) error {
		if i < 3 {
			return fmt.Errorf("try %d", i)
		}
		return nil
	}))
	fmt.Println(retry(2, func(i int) error { return errTimeout }))
	fmt.Println(fc.now().Format(time.Kitchen), fc.t.Sub(time.Date(2023, 12, 31, 23, 0, 0, 0, time.UTC)))
	start := time.Now()
	time.Sleep(2 * time.Millisecond)
	fmt.Println(time.Since(start) >= 2*time.Millisecond, time.Duration(90)*time.Second)
}
