package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

var reg = map[string]item{}

func keep(k string, v item) item {
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
