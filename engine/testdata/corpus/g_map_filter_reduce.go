package main

import (
	"fmt"
	"strconv"
	"strings"
)

func mapS[T, U any](s []T, f func(T) U) (o []U) {
	for _, x := range s {
		o = append(o, f(x))
	}
	return
}
func filterS[S ~[]E, E any](s S, ok func(E) bool) (o S) {
	for _, x := range s {
		if ok(x) {
			o = append(o, x)
		}
	}
	return
}
func fold[T, A any](s []T, a A, f func(A, T) A) A {
	for _, x := range s {
		a = f(a, x)
	}
	return a
}

type ids []int

func main() {
	xs := ids{1, 2, 3, 4, 5, 6}
	even := filterS(xs, func(i int) bool { return i%2 == 0 })
	fmt.Printf("%T %v\n", even, even)
	strs := mapS(even, strconv.Itoa)
	fmt.Println(strings.Join(strs, "|"), fold(xs, 0.5, func(a float64, i int) float64 { return a + float64(i) }))
	fmt.Println(fold(strs, map[string]int{}, func(m map[string]int, s string) map[string]int { m[s]++; return m }))
}
