package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

func bubble[T cmp.Ordered](xs []T) (swaps int) {
	for i := range xs {
		for j := range len(xs) - 1 - i {
			if xs[j] > xs[j+1] {
				xs[j], xs[j+1] = xs[j+1], xs[j]
				swaps++
			}
		}
	}
	return
}
func quick[T any](xs []T, less func(a, b T) bool) []T {
	if len(xs) < 2 {
		return xs
	}
	p := xs[0]
	var l, r []T
	for _, x := range xs[1:] {
		if less(x, p) {
			l = append(l, x)
		} else {
			r = append(r, x)
		}
	}
	return append(append(quick(l, less), p), quick(r, less)...)
}
func mergeSort(xs []int) []int {
	if len(xs) < 2 {
		return xs
	}
	a, b := mergeSort(xs[:len(xs)/2]), mergeSort(xs[len(xs)/2:])
	out := make([]int, 0, len(xs))
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

type person struct {
	name string
	age  int
}
type byAge []person

func (b byAge) Len() int           { return len(b) }
func (b byAge) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b byAge) Less(i, j int) bool { return b[i].age < b[j].age }

func main() {
	xs := []int{5, 2, 8, 1}
	fmt.Println(quick(slices.Clone(xs), func(a, b int) bool { return a > b }), mergeSort(xs), bubble(xs), xs)
	ss := []string{"b", "a"}
	fmt.Println(bubble(ss), ss)
	ps := []person{{"x", 3}, {"y", 1}, {"z", 2}}
	sort.Sort(sort.Reverse(byAge(ps)))
	fmt.Println(ps, quick(ps, func(a, b person) bool { return a.name > b.name })[0].name)
	i := sort.Search(100, func(i int) bool { return i*i >= 50 })
	fmt.Println(i, sort.SearchInts([]int{1, 3, 5}, 4))
}
