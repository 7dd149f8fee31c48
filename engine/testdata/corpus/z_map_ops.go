package main

import (
	"fmt"
	"maps"
)

type key struct {
	a int
	b string
}
type nested map[string]map[int][]string

func (n nested) add(s string, i int, v string) {
	if n[s] == nil {
		n[s] = map[int][]string{}
	}
	n[s][i] = append(n[s][i], v)
}

func main() {
	n := nested{}
	n.add("x", 1, "p")
	n.add("x", 1, "q")
	n.add("y", 2, "r")
	fmt.Println(n, len(n["x"][1]), n["zz"][5] == nil)
	m := map[key]*int{{1, "a"}: new(3)}
	*m[key{1, "a"}] += 4
	fmt.Println(*m[key{1, "a"}], m[key{}] == nil)
	c := maps.Clone(map[string]int{"a": 1})
	c["b"]++
	c["a"] -= 5
	v, ok := c["zz"]
	delete(c, "zz")
	fmt.Println(c, v, ok, maps.Equal(c, map[string]int{"a": -4, "b": 1}))
	var nilm map[string]int
	_, ok = nilm["q"]
	fmt.Println(nilm["x"], len(nilm), ok, nilm == nil)
	fm := map[string]func(...int) int{"len": func(x ...int) int { return len(x) }}
	fmt.Println(fm["len"](1, 2, 3))
	maps.DeleteFunc(c, func(k string, v int) bool { return v < 0 })
	fmt.Println(c)
}
