package main

import (
	"fmt"
	"strconv"
	"strings"
)

func curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}
func memo[K comparable, V any](f func(K) V) func(K) V {
	m := map[K]V{}
	return func(k K) V {
		if v, ok := m[k]; ok {
			return v
		}
		m[k] = f(k)
		return m[k]
	}
}
func pipe[T any](fs ...func(T) T) func(T) T {
	return func(x T) T {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
func ptr[T any](v T) *T { return &v }

func main() {
	add := curry(func(a int, b string) string { return fmt.Sprint(a, b) })
	fmt.Println(add(1)("x"))
	calls := 0
	sq := memo(func(i int) int { calls++; return i * i })
	fmt.Println(sq(4), sq(4), sq(5), calls)
	fmt.Println(pipe(strings.ToUpper, strings.TrimSpace, func(s string) string { return s + "!" })(" a "))
	fmt.Println(must(strconv.Atoi("7")), *ptr(3.5), ptr("s") != nil)
}
