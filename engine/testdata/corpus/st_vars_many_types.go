package main

import (
	"fmt"
)

type pt struct{ x, y int }
type op func(pt) pt

func main() {
	i8, u16, f32, c128 := int8(-5), uint16(6), float32(1.5), complex(1, -1)
	b, r, s, by := true, 'z', "str", []byte("by")
	arr, sl, m := [3]pt{{1, 2}}, []pt{{3, 4}}, map[pt]*pt{{1, 1}: {5, 5}}
	fn, o := func(a int, bs ...string) (int, error) { return a + len(bs), nil }, op(func(p pt) pt { return pt{p.y, p.x} })
	ch, e, any1 := make(chan pt, 1), error(nil), any(pt{7, 7})
	pp := &sl[0]
	i8--
	u16 <<= 2
	f32 /= 4
	c128 *= c128
	b = !b
	r++
	s += string(r)
	by = append(by, s...)
	arr[1].y = 8
	sl = append(sl, arr[1])
	m[pt{1, 1}].x++
	pp.x = 30
	ch <- o(*pp)
	fmt.Println(i8, u16, f32, c128, b, r, s, string(by), arr, sl, m[pt{1, 1}], e, any1)
	fmt.Println(fn(1, "a", "b"))
	fmt.Println(<-ch, any1.(pt).x, len(ch))
	fmt.Printf("%T %T %T %T %T\n", arr, m, fn, o, ch)
}
