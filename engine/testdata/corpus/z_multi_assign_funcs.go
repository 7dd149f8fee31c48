package main

import (
	"fmt"
)

func two() (int, string)                            { return 2, "b" }
func takes(n int, s string, more ...float64) string { return fmt.Sprint(n, s, more) }
func variad(xs ...any) int                          { return len(xs) }
func pass(f func() (int, string)) (a int, b string) { a, b = f(); return }

func main() {
	fmt.Println(takes(two()))
	fmt.Println(variad(two()))
	fmt.Println(pass(two))
	a, b := two()
	b, a = b+"x", a*2
	fmt.Println(a, b, takes(a, b, 1, 2), variad(), variad(nil), variad([]any{1, 2}...))
	var c, d any = two()
	fmt.Println(c, d)
	arr := [3]string{}
	_, arr[1] = two()
	mp := map[string]int{}
	mp["n"], arr[2] = two()
	fmt.Println(arr, mp)
}
