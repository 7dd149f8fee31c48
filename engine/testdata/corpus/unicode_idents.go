package main

import "fmt"

type größe struct {
	höhe, breite float64
	日本           string
	_x           int
}

func (g größe) fläche() float64 { return g.höhe * g.breite }

type Ärger struct{ Übel string }

var π = 3.14159

const ħ, µ = 1.05, "mu"

func größer(a, b größe) bool { return a.fläche() > b.fläche() }

func сумма(числа ...int) (итог int) {
	for _, ч := range числа {
		итог += ч
	}
	return
}

type 型[τ any] struct{ 値 τ }

func (型 型[τ]) 取() τ { return 型.値 }

func main() {
	g := größe{höhe: 2, breite: 3, 日本: "nihon"}
	h := größe{1, 1, "", 0}
	h.breite++
	fmt.Println(g.fläche(), größer(g, h), g.日本, h)
	fmt.Println(π*2, ħ, µ, сумма(1, 2, 3))
	é := 型[string]{"v"}
	é.値 += "!"
	fmt.Println(é.取(), Ärger{"x"}.Übel)
	fmt.Printf("%+v %T %#v\n", g, é, Ärger{})
	ᾶ, x1, _y := 1, 2, 3
	fmt.Println(ᾶ + x1 + _y)
}
