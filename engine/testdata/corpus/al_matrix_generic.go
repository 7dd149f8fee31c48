package main

import (
	"fmt"
	"math"
)

type num interface{ ~int | ~float64 | ~complex128 }
type mat[T num] [][]T

func newMat[T num](r, c int) mat[T] {
	m := make(mat[T], r)
	for i := range m {
		m[i] = make([]T, c)
	}
	return m
}
func ident[T num](n int) mat[T] {
	m := newMat[T](n, n)
	for i := range n {
		m[i][i] = 1
	}
	return m
}
func (a mat[T]) mul(b mat[T]) mat[T] {
	c := newMat[T](len(a), len(b[0]))
	for i := range a {
		for j := range b[0] {
			for k := range b {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return c
}
func (a mat[T]) pow(n int) mat[T] {
	r := ident[T](len(a))
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r = r.mul(a)
		}
		a = a.mul(a)
	}
	return r
}
func det(m mat[float64]) float64 {
	n := len(m)
	d := 1.0
	for i := range n {
		p := i
		for r := i; r < n; r++ {
			if math.Abs(m[r][i]) > math.Abs(m[p][i]) {
				p = r
			}
		}
		if m[p][i] == 0 {
			return 0
		}
		if p != i {
			m[p], m[i] = m[i], m[p]
			d = -d
		}
		d *= m[i][i]
		for r := i + 1; r < n; r++ {
			f := m[r][i] / m[i][i]
			for c := i; c < n; c++ {
				m[r][c] -= f * m[i][c]
			}
		}
	}
	return d
}

func main() {
	fib := mat[int]{{1, 1}, {1, 0}}
	fmt.Println(fib.pow(10)[0][1], fib.pow(50)[0][1], ident[float64](2))
	fmt.Printf("%.1f %v\n", det(mat[float64]{{2, 1}, {1, 3}}), mat[complex128]{{1i}}.pow(3))
}
