package main

import "fmt"

func mk(n int) struct {
	id   int
	pair struct{ a, b string }
} {
	return struct {
		id   int
		pair struct{ a, b string }
	}{n, struct{ a, b string }{"a", fmt.Sprint(n)}}
}

func text(v struct {
	id   int
	pair struct{ a, b string }
}) string {
	return fmt.Sprint(v.id, v.pair.a, v.pair.b)
}

func touch(v *struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	v.id += n
	v.pair.a += "!"
}

func main() {
	vs := []struct {
		id   int
		pair struct{ a, b string }
	}{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		touch(&vs[i], i+1)
		fmt.Println(i, text(vs[i]))
	}
	cp := append([]struct {
		id   int
		pair struct{ a, b string }
	}(nil), vs[1:]...)
	touch(&cp[0], 4)
	fmt.Println(text(vs[1]), text(cp[0]), len(cp), cap(vs) >= 3)
}
