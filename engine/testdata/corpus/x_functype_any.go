package main

import "fmt"

type state struct{ sum int }

type op func(*state, int) *state

func (o op) text() string { return fmt.Sprint(o(&state{1}, 5).sum) }
func (o *op) touch(n int) { p := *o; *o = func(s *state, k int) *state { s.sum += n; return p(s, k) } }

func mk(n int) op { return func(s *state, k int) *state { s.sum += n * k; return s } }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case op:
		return "it " + v.text()
	case []op:
		return fmt.Sprint("slice ", len(v))
	case map[string]op:
		return fmt.Sprint("map ", len(v))
	case func() op:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]op{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]op{"k": v}), kind(func() op { return mk(6) }))
	var a any = v
	w, ok := a.(op)
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]op)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(op); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
