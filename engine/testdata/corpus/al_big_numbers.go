package main

import (
	"fmt"
	"math/big"
	"math/bits"
)

func fact(n int64) *big.Int {
	if n < 2 {
		return big.NewInt(1)
	}
	return new(big.Int).Mul(big.NewInt(n), fact(n-1))
}
func pi(digits int) string {
	one := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits+10)), nil)
	atan := func(x int64) *big.Int {
		t := new(big.Int).Div(one, big.NewInt(x))
		s := new(big.Int).Set(t)
		x2 := big.NewInt(x * x)
		for i, sign := int64(3), -1; t.Sign() > 0; i, sign = i+2, -sign {
			t.Div(t, x2)
			u := new(big.Int).Div(t, big.NewInt(i))
			if sign < 0 {
				s.Sub(s, u)
			} else {
				s.Add(s, u)
			}
		}
		return s
	}
	p := new(big.Int).Mul(big.NewInt(4), new(big.Int).Sub(new(big.Int).Mul(big.NewInt(4), atan(5)), atan(239)))
	return p.String()[:digits]
}

func main() {
	fmt.Println(fact(30), len(fact(100).String()), pi(30))
	a, ok := new(big.Int).SetString("123456789012345678901234567890", 10)
	fmt.Println(ok, a.Mod(a, big.NewInt(97)), new(big.Int).GCD(nil, nil, big.NewInt(48), big.NewInt(36)), big.NewInt(97).ProbablyPrime(10))
	r := new(big.Rat).Add(big.NewRat(1, 3), big.NewRat(1, 6))
	fmt.Println(r, r.FloatString(3), bits.LeadingZeros32(1), bits.RotateLeft8(0x81, 1), bits.TrailingZeros(8))
	f := new(big.Float).SetPrec(100).SetInt64(2)
	fmt.Println(f.Sqrt(f).Text('f', 20))
}
