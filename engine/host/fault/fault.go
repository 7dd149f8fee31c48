// Package fault panics as the runtime does where code that is interpreted finds
// what compiled code would have panicked at: with the runtime's own values, so
// that recover, errors.As and the words are Go's.
package fault

// Index panics for x[i] of something with length n.
func Index(i, n int) { _ = make([]struct{}, n)[i] }

// Nil panics for what a nil pointer leads to.
func Nil() { _ = *(*int)(nil) }

// Make panics for a length or capacity that make refuses.
func Make(n, c int) { _ = make([]int, n, c) }

// Shift panics for a shift by n, which is negative.
func Shift(n int) { _ = 1 << n }

// Bounds checks s[lo:hi] of something with capacity c.
func Bounds(lo, hi, c int) { _ = make([]struct{}, c)[lo:hi] }

// BoundsArray checks a[lo:hi] of an array of n elements, of which Go says the
// length, as it does of strings.
func BoundsArray(lo, hi, n int) {
	if lo < 0 || hi < lo || n < hi {
		_ = string(make([]byte, n))[lo:hi]
	}
}

// BoundsFrom checks s[lo:] of something with length n.
func BoundsFrom(lo, n int) { _ = make([]struct{}, n)[lo:] }

// Bounds3 checks s[lo:hi:top] of something with capacity c.
func Bounds3(lo, hi, top, c int) { _ = make([]struct{}, c)[lo:hi:top] }
