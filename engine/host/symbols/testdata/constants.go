package main

import (
	"fmt"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"time"
	"unicode"
)

func main() {
	fmt.Println(math.Pi, math.E, math.Phi, math.Sqrt2, math.Ln2)
	fmt.Println(math.Pi*math.MaxInt64-math.MaxInt64*math.Pi, float32(math.Pi))
	const tau = 2 * math.Pi
	fmt.Println(tau, math.Pi*math.Pi/6)
	fmt.Println(math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32, math.SmallestNonzeroFloat32)
	fmt.Println(math.MaxInt64, math.MinInt64, uint64(math.MaxUint64), math.MaxInt8, math.MaxUint32)
	const half = math.MaxUint64 / 2
	fmt.Println(half, math.MaxUint64>>60)
	var f float64 = math.MaxInt8
	var d time.Duration = math.MaxInt64
	fmt.Println(f, d, bits.UintSize)
	fmt.Println(string(os.PathSeparator), os.DevNull, filepath.Separator == os.PathSeparator)
	fmt.Println(unicode.MaxRune, unicode.ReplacementChar == '\uFFFD', os.O_CREATE|os.O_RDWR, time.Monday)
}
