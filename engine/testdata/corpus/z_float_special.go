package main

import (
	"fmt"
	"math"
)

func main() {
	inf, nan := math.Inf(1), math.NaN()
	fmt.Println(inf, -inf, nan, nan == nan, inf > 1e308, math.IsNaN(inf-inf), -0.0, 1/math.Copysign(0, -1))
	m := map[float64]int{nan: 1}
	m[nan] = 2
	fmt.Println(len(m), m[nan], max(1, nan), min(inf, 3))
	z := 0.0
	fmt.Println(1/z, z/z, int64(2.9+z), int(-2.9-z), math.Round(-2.5), math.Trunc(2.7), math.Mod(7, -3), math.Hypot(3, 4))
	fmt.Println(float32(0.1), float64(float32(0.1)), 0.1+0.2, 1e100, 1e-7, 123456789.0, 100000000000000000000000.0)
	fmt.Printf("%.2f %8.3e %g %v\n", 2.345, 12345.678, 1e6, float32(16777216.0))
}
