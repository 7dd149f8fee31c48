package main

import (
	"math"
	"runtime"
	"time"
)

// spin computes for about n calibrated steps; its result depends on all.
func spin(n int64) int64 {
	x := uint64(n)*2654435761 + 1
	for range n {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return int64(x >> 1)
}

// stepsPer calibrates spin: the steps that take d, by the fastest of many short
// probes, which other processes are unlikely to disturb all.
func stepsPer(d time.Duration) int64 {
	const probe = 20_000
	best := time.Hour
	for range 500 {
		start := time.Now()
		runtime.KeepAlive(spin(probe))
		best = min(best, time.Since(start))
	}
	return max(1, int64(math.Round(float64(probe)*float64(d)/float64(best))))
}

// tinySteps is the least steps for which an item of a loop takes 5 ns: short
// items overlap in the processor, so they must be measured in a loop.
func tinySteps() int64 {
	items := make([]int64, 20_000)
	for steps := int64(1); ; steps++ {
		best := time.Hour
		work := spin
		for range 200 {
			start := time.Now()
			for i := range items {
				items[i] = work(steps)
			}
			best = min(best, time.Since(start))
		}
		if best >= time.Duration(len(items))*5*time.Nanosecond {
			return steps
		}
	}
}

func sleep(n int64) int64 {
	time.Sleep(time.Duration(n))
	return n
}

func makeLoads() []load {
	micro := stepsPer(time.Microsecond)
	skewed := repeat(1000, 20*micro)
	for i := 950; i < 1000; i++ {
		skewed[i] *= 50
	}
	return []load{
		{"1e6 × 5 ns", 2, repeat(1_000_000, tinySteps()), spin},
		{"1e5 × 1 µs", 2, repeat(100_000, micro), spin},
		{"1e3 × 100 µs", 2, repeat(1000, 100*micro), spin},
		{"1e3 skewed", 2, skewed, spin},
		{"100 × sleep 10 ms, w=4", 4, repeat(100, int64(10*time.Millisecond)), sleep},
	}
}

func repeat(n int, v int64) []int64 {
	items := make([]int64, n)
	for i := range items {
		items[i] = v
	}
	return items
}
