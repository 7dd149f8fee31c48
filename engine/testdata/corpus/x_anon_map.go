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

var reg = map[string]struct {
	id   int
	pair struct{ a, b string }
}{}

func keep(k string, v struct {
	id   int
	pair struct{ a, b string }
}) struct {
	id   int
	pair struct{ a, b string }
} {
	reg[k] = v
	return v
}

func main() {
	first := keep("a", mk(1))
	second := keep("b", mk(2))
	touch(&first, 3)
	fmt.Println(text(first), text(reg["a"]), len(reg))
	reg["c"] = second
	tmp := reg["c"]
	touch(&tmp, 5)
	reg["c"] = tmp
	for _, k := range []string{"a", "b", "c"} {
		v, ok := reg[k]
		fmt.Println(k, text(v), ok)
	}
	delete(reg, "b")
	_, ok := reg["b"]
	fmt.Println(ok, len(reg))
}
