package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

var reg = map[string]path{}

func keep(k string, v path) path {
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
