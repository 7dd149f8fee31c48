package main

import (
	"fmt"
	"strings"
)

type expr[R any] interface{ accept(visitor[R]) R }
type visitor[R any] interface {
	num(float64) R
	add(a, b expr[R]) R
	mul(a, b expr[R]) R
}
type num[R any] float64
type bin[R any] struct {
	op   byte
	a, b expr[R]
}

func (n num[R]) accept(v visitor[R]) R { return v.num(float64(n)) }
func (b bin[R]) accept(v visitor[R]) R {
	if b.op == '+' {
		return v.add(b.a, b.b)
	}
	return v.mul(b.a, b.b)
}

type eval struct{}

func (eval) num(f float64) float64            { return f }
func (e eval) add(a, b expr[float64]) float64 { return a.accept(e) + b.accept(e) }
func (e eval) mul(a, b expr[float64]) float64 { return a.accept(e) * b.accept(e) }

type show struct{ depth int }

func (show) num(f float64) string { return fmt.Sprint(f) }
func (s show) add(a, b expr[string]) string {
	return "(" + a.accept(show{s.depth + 1}) + " + " + b.accept(s) + ")"
}
func (s show) mul(a, b expr[string]) string {
	return a.accept(s) + strings.Repeat("*", s.depth+1) + b.accept(s)
}
func tree[R any]() expr[R] { return bin[R]{'+', num[R](1.5), bin[R]{'*', num[R](2), num[R](4)}} }

func main() {
	fmt.Println(tree[float64]().accept(eval{}), tree[string]().accept(show{}))
	fmt.Printf("%T\n", tree[string]())
}
