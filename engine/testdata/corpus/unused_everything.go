package main

import "fmt"

func pair() (int, error) { return 1, nil }

func work(v any, xs []int, m map[string]int, ch chan int) string {
	s := "ok"
	switch x := v.(type) {
	case int, string:
		s += fmt.Sprintf("%T", x)
	}
	if n, err := pair(); err == nil {
		s += fmt.Sprint(n)
	}
	for i, x := range xs {
		_ = i
		s += fmt.Sprint(x)
	}
	for k := range m {
		s += k
	}
	select {
	case v, ok := <-ch:
		s += fmt.Sprint(v, ok)
	default:
		s += "none"
	}
	return s
}

func main() {
	ch := make(chan int, 1)
	fmt.Println(work(1, []int{1, 2}, map[string]int{"k": 1}, ch))
	ch <- 4
	fmt.Println(work("s", nil, nil, ch))
	var _ = pair
	_, _ = pair()
	var _ int
	_ = func() {}
	var _, z = 1, 2
	fmt.Println(z)
	for range 2 {
	}
	for range []int{1} {
	}
	const unusedConst = 1
	type unusedType struct{}

	{
	}
	if true {
	} else {
	}
}
