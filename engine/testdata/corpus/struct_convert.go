package main

import "fmt"

type celsius struct {
	deg  float64
	unit string
}

type kelvin struct {
	deg  float64
	unit string
}

type tagged struct {
	deg  float64 `json:"d"`
	unit string  `json:"u"`
}

func (k kelvin) show() string { return fmt.Sprint(k.deg, k.unit) }

func toK(c celsius) kelvin {
	k := kelvin(c)
	k.deg += 273
	k.unit = "K"
	return k
}

type ids []int
type names map[string]int
type fn func(int) int

func (f fn) twice(n int) int { return f(f(n)) }

func main() {
	c := celsius{20, "C"}
	k := toK(c)
	fmt.Println(k.show(), kelvin(c).show(), celsius(k).deg)
	t := tagged(k)
	fmt.Printf("%+v %T\n", t, t)
	pk := (*kelvin)(&c)
	pk.deg = 1
	fmt.Println(c.deg, pk.show())
	var anon struct {
		deg  float64
		unit string
	} = c
	anon.deg = 7
	c = anon
	fmt.Println(c, anon)
	i := ids{1, 2}
	var raw []int = i
	raw[0] = 9
	fmt.Println(i, ids(raw), names(map[string]int{"a": 1})["a"])
	fmt.Println(fn(func(n int) int { return n + 3 }).twice(1))
	cs := []kelvin{kelvin(c), kelvin(celsius{1, "x"})}
	fmt.Println(cs)
}
