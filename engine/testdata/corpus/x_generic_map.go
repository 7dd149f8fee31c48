package main

import "fmt"

type box[T any] struct {
	val  T
	hist []T
}

func (b box[T]) text() string { return fmt.Sprint(b.val, b.hist) }
func (b *box[T]) touch(v T)   { b.hist, b.val = append(b.hist, b.val), v }

func mk(n int) box[int] { return box[int]{val: n} }

var reg = map[string]box[int]{}

func keep(k string, v box[int]) box[int] {
	reg[k] = v
	return v
}

func main() {
	first := keep("a", mk(1))
	second := keep("b", mk(2))
	first.touch(3)
	fmt.Println(first.text(), reg["a"].text(), len(reg))
	reg["c"] = second
	tmp := reg["c"]
	tmp.touch(5)
	reg["c"] = tmp
	for _, k := range []string{"a", "b", "c"} {
		v, ok := reg[k]
		fmt.Println(k, v.text(), ok)
	}
	delete(reg, "b")
	_, ok := reg["b"]
	fmt.Println(ok, len(reg))
}
