package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

type rec struct {
	name string
	age  int
}

func filter(xs []int, ok func(int) bool) (out []int) {
	for _, x := range xs {
		if ok(x) {
			out = append(out, x)
		}
	}
	return
}

func variadic(sep string, parts ...any) string {
	ss := make([]string, len(parts))
	for i, p := range parts {
		ss[i] = fmt.Sprint(p)
	}
	return strings.Join(ss, sep)
}

func modify(xs ...int) { xs[0] = -1 }

func perms(xs []int) [][]int {
	if len(xs) <= 1 {
		return [][]int{slices.Clone(xs)}
	}
	var out [][]int
	for i := range xs {
		rest := slices.Concat(xs[:i], xs[i+1:])
		for _, p := range perms(rest) {
			out = append(out, append([]int{xs[i]}, p...))
		}
	}
	return out
}

func main() {
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3]
	c := a[1:3:3]
	b = append(b, 99)
	c = append(c, 77)
	c[0] = 0
	fmt.Println(a, b, c, len(b), cap(b), len(c))
	a = append(a[:1], a[2:]...)
	fmt.Println(a, filter(a, func(i int) bool { return i > 4 }))
	a = slices.Insert(a, 1, 10, 11)
	fmt.Println(a, slices.Index(a, 11), slices.Contains(a, 12))
	fmt.Println(variadic("-", 1, "x", nil, 2.5), variadic("+"), variadic(",", []any{1, 2}...))
	modify(a...)
	fmt.Println(a[0])
	recs := []rec{{"bob", 3}, {"al", 3}, {"cy", 1}}
	sort.SliceStable(recs, func(i, j int) bool { return recs[i].age < recs[j].age })
	fmt.Println(recs)
	slices.SortFunc(recs, func(x, y rec) int { return strings.Compare(x.name, y.name) })
	i, ok := slices.BinarySearchFunc(recs, "bob", func(r rec, s string) int { return strings.Compare(r.name, s) })
	fmt.Println(recs, i, ok, recs[i].age)
	fmt.Println(perms([]int{1, 2, 3}))
	m := [][]string{{"a"}, {}}
	m[1] = append(m[1], "b", "c")
	fmt.Println(m, len(m[1]))
	arr := [5]int{1, 2, 3}
	s := arr[:]
	s[4] = 5
	p := (*[2]int)(s)
	p[0] = 100
	fmt.Println(arr, [3]int(s), *p)
	n := copy(s[1:], s)
	fmt.Println(n, s)
	x := make([]rec, 2, 10)
	x[1].age = 4
	x = x[:3]
	fmt.Printf("%v %d %+v\n", x, cap(x), x[1])
	fmt.Println(slices.Max(a), slices.Equal(a, a[:]), slices.Compact([]int{1, 1, 2, 2, 1}))
	var nilS []int
	fmt.Println(nilS == nil, len(nilS), append(nilS, 1))
	for ch := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(ch)
	}
	fmt.Println(slices.Repeat([]string{"z"}, 3))
	str := "héllo"
	fmt.Println(str[1:3], []byte(str)[1], string([]rune(str)[1]), strings.ToTitle(str))
	bs := append([]byte("x"), "yz"...)
	fmt.Println(string(bs))
}
