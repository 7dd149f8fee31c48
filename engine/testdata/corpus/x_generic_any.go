package main

import "fmt"

type box[T any] struct {
	val  T
	hist []T
}

func (b box[T]) text() string { return fmt.Sprint(b.val, b.hist) }
func (b *box[T]) touch(v T)   { b.hist, b.val = append(b.hist, b.val), v }

func mk(n int) box[int] { return box[int]{val: n} }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case box[int]:
		return "it " + v.text()
	case []box[int]:
		return fmt.Sprint("slice ", len(v))
	case map[string]box[int]:
		return fmt.Sprint("map ", len(v))
	case func() box[int]:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]box[int]{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]box[int]{"k": v}), kind(func() box[int] { return mk(6) }))
	var a any = v
	w, ok := a.(box[int])
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]box[int])
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(box[int]); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
