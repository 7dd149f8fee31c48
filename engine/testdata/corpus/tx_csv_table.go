package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

type row struct {
	name  string
	qty   int
	price float64
}
type table []row

func parse(s string) (t table, err error) {
	for i, l := range strings.Split(strings.TrimSpace(s), "\n") {
		f := strings.Split(l, ",")
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: want 3 fields, got %d", i+1, len(f))
		}
		q, err := strconv.Atoi(strings.TrimSpace(f[1]))
		if err != nil {
			return t, fmt.Errorf("line %d: %w", i+1, err)
		}
		p, _ := strconv.ParseFloat(f[2], 64)
		t = append(t, row{f[0], q, p})
	}
	return
}
func (t table) total() (s float64) {
	for _, r := range t {
		s += float64(r.qty) * r.price
	}
	return
}
func (t table) sortBy(less func(a, b row) bool) table {
	c := slices.Clone(t)
	sort.SliceStable(c, func(i, j int) bool { return less(c[i], c[j]) })
	return c
}

func main() {
	t, err := parse("pen, 3,1.5\nbook,1,12\ncup,2,4.25\n")
	fmt.Println(t, err, t.total())
	for _, r := range t.sortBy(func(a, b row) bool { return a.price > b.price }) {
		fmt.Printf("%-6s|%4d|%8.2f\n", r.name, r.qty, r.price)
	}
	_, err = parse("a,b")
	fmt.Println(err)
	_, err = parse("a,1,1\nb,x,2")
	fmt.Println(err, errors.Is(err, strconv.ErrSyntax))
}
