package main

import (
	"fmt"
	"math/bits"
)

type set uint64

func (s set) has(i int) bool { return s&(1<<i) != 0 }
func (s *set) add(is ...int) *set {
	for _, i := range is {
		*s |= 1 << i
	}
	return s
}
func (s set) each(f func(int)) {
	for t := uint64(s); t != 0; t &= t - 1 {
		f(bits.TrailingZeros64(t))
	}
}

func main() {
	var s set
	s.add(1, 5).add(63)
	fmt.Println(s.has(5), s.has(6), bits.OnesCount64(uint64(s)))
	s.each(func(i int) { fmt.Print(i, " ") })
	s &^= 1 << 5
	fmt.Printf("%b %x\n", s, uint64(s)>>60)
	x, y := 0b1100, 0b1010
	fmt.Println(x&y, x|y, x^y, x&^y, ^x, x<<2>>1, -x>>1, uint8(x)<<5)
	hi, lo := bits.Mul64(1<<63, 4)
	fmt.Println(hi, lo, bits.Reverse16(1), bits.Len8(200))
}
