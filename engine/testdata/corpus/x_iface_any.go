package main

import "fmt"

type shape interface {
	area() int
	grow(n int)
}

type square struct{ side int }
type rect struct{ w, h int }

func (s *square) area() int  { return s.side * s.side }
func (s *square) grow(n int) { s.side += n }
func (r *rect) area() int    { return r.w * r.h }
func (r *rect) grow(n int)   { r.w += n }

func mk(n int) shape {
	if n%2 == 0 {
		return &square{n}
	}
	return &rect{n, n + 1}
}

func text(s shape) string { return fmt.Sprintf("%T=%d", s, s.area()) }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case shape:
		return "it " + text(v)
	case []shape:
		return fmt.Sprint("slice ", len(v))
	case map[string]shape:
		return fmt.Sprint("map ", len(v))
	case func() shape:
		return "func " + text(v())
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]shape{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]shape{"k": v}), kind(func() shape { return mk(6) }))
	var a any = v
	w, ok := a.(shape)
	fmt.Println(text(w), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]shape)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(shape); ok {
			it.grow(3)
			fmt.Println(text(it))
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
