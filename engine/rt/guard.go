package rt

// Generated code asks these functions before a loop whose every iteration is
// short: when they say that it is short as a whole, it runs without checks.

// integer is the type of a loop's variable.
type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Below reports whether for i := i; i < n; i++ ends within k iterations. It may
// say no where it does.
func Below[T integer](i, n T, k uint64) bool { return uint64(n)-uint64(i) <= k }

// Above is Below for i := i; i > n; i--.
func Above[T integer](i, n T, k uint64) bool { return uint64(i)-uint64(n) <= k }

// Upwards reports whether for i := i; i <= n; i += step ends within 1<<k
// iterations, which takes a positive step and an i that does not overflow:
// n+step > n, but for a negative step with n at the other end of its range,
// where the loop ends after an iteration. It may say no where it does.
func Upwards[T integer](i, n, step T, k uint) bool {
	return n+step > n && (uint64(n)-uint64(i))>>k < uint64(step)
}

// Downwards is Upwards for i := i; i >= n; i -= step.
func Downwards[T integer](i, n, step T, k uint) bool {
	return n-step < n && (uint64(i)-uint64(n))>>k < uint64(step)
}

// Short reports whether a slice has at most k elements.
func Short[S ~[]E, E any](s S, k int) bool { return len(s) <= k }

// ShortText reports whether a string has at most k bytes.
func ShortText[S ~string](s S, k int) bool { return len(s) <= k }
