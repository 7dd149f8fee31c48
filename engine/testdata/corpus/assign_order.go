package main

import "fmt"

var trace []string

func t(s string, n int) int { trace = append(trace, s); return n }

func idx(s string) *[4]int { trace = append(trace, s); return &arr }

var arr [4]int

type swapper struct{ a, b int }

func (s *swapper) swap() { s.a, s.b = s.b, s.a }

func multi() (int, string, error) { return 1, "two", nil }

func main() {
	i := 0
	i, arr[i] = 1, 9
	fmt.Println(i, arr)
	arr[0], arr[1], arr[2] = arr[2], arr[0], arr[1]
	fmt.Println(arr)
	idx("l")[t("i", 1)] = t("r", 5)
	fmt.Println(trace, arr)
	xs := []int{1, 2, 3}
	j := 0
	j, xs[j] = 2, 99
	fmt.Println(j, xs)
	x, y := 1, 2
	x, y = y, x+y
	fmt.Println(x, y)
	s := swapper{1, 2}
	s.swap()
	fmt.Println(s)
	a, b, err := multi()
	a, c := 10, b+"!"
	fmt.Println(a, b, c, err)
	var p, q = 1.5, "q"
	p, q = p*2, q+q
	fmt.Println(p, q)
	m := map[string]int{}
	m["a"]++
	m["a"] += 5
	m["b"], m["c"] = m["a"], len(m)
	fmt.Println(m)
	v, ok := m["zz"]
	w, ok := m["a"]
	fmt.Println(v, w, ok)
	var f func() = nil
	fmt.Println(f == nil)
	x <<= 3
	x |= 1
	x &^= 16
	x %= 7
	fmt.Println(x)
	n := new(int)
	*n = 4
	*n *= *n
	fmt.Println(*n)
	e := new(42)
	*e++
	fmt.Println(*e, *new("lit"))
}
