package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

func count(from, to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := from; i < to; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func filter[T any](s iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if ok(v) && !yield(v) {
				return
			}
		}
	}
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

type ring struct {
	vals []string
}

func (r *ring) all() iter.Seq2[int, string] { return slices.All(r.vals) }

func (r *ring) back(yield func(string) bool) {
	for i := len(r.vals) - 1; i >= 0; i-- {
		if !yield(r.vals[i]) {
			return
		}
	}
}

func firstOver(s iter.Seq[int], n int) int {
	for v := range s {
		if v > n {
			return v
		}
	}
	return -1
}

func main() {
	for v := range filter(count(0, 10), func(i int) bool { return i%3 == 0 }) {
		fmt.Print(v, " ")
	}
	fmt.Println(firstOver(count(0, 100), 41))
	r := &ring{[]string{"x", "y", "z"}}
	for i, s := range r.all() {
		if i == 1 {
			continue
		}
		fmt.Print(i, s, " ")
	}
	for s := range r.back {
		fmt.Print(s)
	}
	fmt.Println()
	for a, b := range zip(count(5, 50), slices.Values(r.vals)) {
		fmt.Print(a, b, ",")
	}
	fmt.Println()
outer:
	for i := range count(0, 5) {
		for j := range count(0, 5) {
			if j == 3 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	m := map[string]int{"a": 1, "b": 2}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Collect(count(1, 4)))
	for part := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(part, ";")
	}
	for w := range strings.FieldsSeq(" p  q ") {
		fmt.Print(w, ";")
	}
	for range count(0, 2) {
		defer fmt.Println("deferred in range func")
	}
	fmt.Println(slices.Collect(maps.Values(map[int]int{1: 2})))
}
