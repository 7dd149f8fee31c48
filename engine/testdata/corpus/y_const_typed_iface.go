package main

import (
	"fmt"
)

type unit interface {
	~float64
	name() string
}
type km float64
type mi float64

func (km) name() string { return "km" }
func (mi) name() string { return "mi" }

const perMile km = 1.609344

func to[A, B unit](a A, rate float64) B { return B(float64(a) * rate) }
func fmtU[T unit](t T) string           { return fmt.Sprintf("%.2f%s", float64(t), t.name()) }

func main() {
	d := km(10)
	m := to[km, mi](d, 1/float64(perMile))
	fmt.Println(fmtU(d), fmtU(m), fmtU(to[mi, km](m, float64(perMile))))
	d += 2 * perMile
	fmt.Println(fmtU(d), d > perMile, km(int(d)), perMile/2)
}
