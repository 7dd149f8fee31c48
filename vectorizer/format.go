package vectorizer

import (
	"fmt"
	"strconv"
)

// group writes n with commas: 1,234,567.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// formatSeconds writes a duration with three significant digits, as IPython's
// timeit does: 1.01 s, 86.3 µs, 2min 5s, 1h 3min.
func formatSeconds(s float64) string { return ipythonTime(s, 3) }

// percent writes a share as 97 %.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
