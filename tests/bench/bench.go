// Package bench is what the benchmark programs in its folders share: their
// start, the kernel or the session they measure, and medians.
package bench

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
)

// Main reads the flags, runs a program's measurements, and exits with 1 and the
// program's name when they fail.
func Main(name string, run func() error) {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(1)
	}
}

// Median returns the middle of the measurements, which it leaves as they are;
// there is at least one. Of an even number it is the upper of the two.
func Median[T cmp.Ordered](of []T) T {
	return slices.Sorted(slices.Values(of))[len(of)/2]
}
