package main

import (
	"errors"
	"fmt"
	"math"
)

type stats struct {
	mean, std float64
	n         int
}

func (s stats) parts() (float64, float64, int) { return s.mean, s.std, s.n }
func compute(xs ...float64) (s stats, err error) {
	if s.n = len(xs); s.n == 0 {
		err = errors.New("no data")
		return
	}
	for _, x := range xs {
		s.mean += x / float64(s.n)
	}
	for _, x := range xs {
		s.std += (x - s.mean) * (x - s.mean)
	}
	s.std = math.Sqrt(s.std / float64(s.n))
	return
}
func divmod(a, b int) (q, r int, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%v", x)
		}
	}()
	q, r = a/b, a%b
	return
}

func main() {
	s, err := compute(2, 4, 4, 4, 5, 5, 7, 9)
	m, d, n := s.parts()
	fmt.Println(m, d, n, err)
	_, err = compute()
	fmt.Println(err)
	q, r, err := divmod(17, 5)
	fmt.Println(q, r, err)
	q, r, err = divmod(1, 0)
	fmt.Println(q, r, err)
}
