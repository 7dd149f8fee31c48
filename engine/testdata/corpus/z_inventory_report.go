package main

import (
	"fmt"
	"slices"
)

type sku string
type item struct {
	sku
	qty   int
	price float64
	tags  []string
}
type store struct {
	items map[sku]*item
	log   []string
}

func (s *store) add(k sku, q int, p float64, tags ...string) {
	if it := s.items[k]; it != nil {
		it.qty += q
		return
	}
	s.items[k] = &item{k, q, p, tags}
	s.logf("new %s", k)
}
func (s *store) take(k sku, q int) error {
	it, ok := s.items[k]
	switch {
	case !ok:
		return fmt.Errorf("no %q", k)
	case it.qty < q:
		return fmt.Errorf("%s: only %d", k, it.qty)
	}
	it.qty -= q
	return nil
}
func (s *store) logf(f string, a ...any) { s.log = append(s.log, fmt.Sprintf(f, a...)) }
func (s *store) value() (v float64) {
	for _, it := range s.items {
		v += float64(it.qty) * it.price
	}
	return
}
func (s *store) byTag() map[string][]sku {
	m := map[string][]sku{}
	for k, it := range s.items {
		for _, t := range it.tags {
			m[t] = append(m[t], k)
		}
	}
	for _, ks := range m {
		slices.Sort(ks)
	}
	return m
}

func main() {
	s := &store{items: map[sku]*item{}}
	s.add("pen", 10, 1.5, "office", "small")
	s.add("desk", 1, 200, "office")
	s.add("pen", 5, 0)
	fmt.Println(s.take("pen", 3), s.take("desk", 2), s.take("cup", 1))
	fmt.Printf("%.2f %v %v\n", s.value(), s.byTag(), s.log)
	fmt.Println(s.items["pen"].sku, s.items["pen"].qty, *s.items["desk"])
}
