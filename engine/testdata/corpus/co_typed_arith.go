package main

import (
	"fmt"
	"math"
	"time"
)

const (
	big   = 1 << 70
	small = big >> 68
	f     = 1.0 / 3
	mask  = ^uint32(0)
)
const huge float64 = 1e300 * 1e8
const (
	ms   = time.Millisecond
	tick = 250 * ms
	per  = time.Second / tick
)
const r = 'a' + 2
const ok = small == 4 && len("abc") == 3

var arr [small + len("xy")]bool

func main() {
	fmt.Println(small, f, mask, huge > 1e307, tick, int(per), string(rune(r)), ok, len(arr))
	fmt.Println(big/(1<<60), 7/2, -7/2, 7%-3, 7.0/2, 1/2*3.0, 3.0*(1/2), 'b'-'a')
	var i8 int8 = -128
	fmt.Println(-i8, i8-1, uint8(i8), int8(uint8(200)-100), ^i8)
	var u uint16 = 1<<16 - 1
	u++
	fmt.Println(u, 5&^3, 6|1, 6^3, -8>>1, uint16(255)<<1, math.MaxUint8)
	x := 0.1
	fmt.Println(x+0.2 == 0.3, 0.1+0.2 == 0.3, float32(x), math.Sqrt2*math.Sqrt2 == 2)
	fmt.Println(complex(1, 2)*1i, real(2i*2i), 0x1p4, 1e3, 0b11, 'x' == 120)
}
