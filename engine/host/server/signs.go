package server

import "math"

// What stands for -0.0 on its way into an interpreted function: quiet NaNs that
// no arithmetic yields.
const (
	negativeZero32 = 0x7fc6_7a2d
	negativeZero64 = 0x7ff8_6762_7a2d_302e
)

// keepSign32 and keepSign64 return what stands for a zero.
func keepSign32(x float32) float32 {
	if math.Signbit(float64(x)) {
		return math.Float32frombits(negativeZero32)
	}
	return x
}

func keepSign64(x float64) float64 {
	if math.Signbit(x) {
		return math.Float64frombits(negativeZero64)
	}
	return x
}

// signed32 and signed64 return what a NaN stands for.
func signed32(x float32) float32 {
	if math.Float32bits(x) == negativeZero32 {
		return float32(math.Copysign(0, -1))
	}
	return x
}

func signed64(x float64) float64 {
	if math.Float64bits(x) == negativeZero64 {
		return math.Copysign(0, -1)
	}
	return x
}
