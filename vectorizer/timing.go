package vectorizer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Timing is the result of %timeit -o: the fields and words of IPython 8.12's
// TimeitResult.
type Timing struct {
	Loops       int           // loops a run
	Repeat      int           // runs
	Best, Worst float64       // seconds a loop
	AllRuns     []float64     // seconds a whole run
	Timings     []float64     // seconds a loop, by run
	CompileTime time.Duration // of the statement
	Precision   int           // significant digits String writes
}

// NewTiming makes a Timing of whole-run times in seconds, each of loops loops
// (at least one). precision is IPython's -p; its default is 3.
func NewTiming(loops int, allRuns []float64, compile time.Duration, precision int) *Timing {
	loops = max(loops, 1)
	t := &Timing{Loops: loops, Repeat: len(allRuns), AllRuns: allRuns, CompileTime: compile, Precision: precision}
	for i, run := range allRuns {
		per := run / float64(loops)
		t.Timings = append(t.Timings, per)
		if i == 0 || per < t.Best {
			t.Best = per
		}
		t.Worst = max(t.Worst, per)
	}
	return t
}

// Average is the mean time of a loop in seconds; NaN without runs.
func (t *Timing) Average() float64 { return fsum(t.Timings) / float64(len(t.Timings)) }

// Stdev is the population standard deviation of the runs' times a loop, in
// seconds.
func (t *Timing) Stdev() float64 {
	mean := t.Average()
	squares := make([]float64, len(t.Timings))
	for i, x := range t.Timings {
		squares[i] = (x - mean) * (x - mean)
	}
	return math.Sqrt(fsum(squares) / float64(len(squares)))
}

// String reads: 1.01 s ± 86.3 µs per loop (mean ± std. dev. of 7 runs, 1 loop each)
func (t *Timing) String() string {
	return fmt.Sprintf("%s ± %s per loop (mean ± std. dev. of %d %s, %s %s each)",
		ipythonTime(t.Average(), t.Precision), ipythonTime(t.Stdev(), t.Precision),
		t.Repeat, plural(t.Repeat, "run"), group(t.Loops), plural(t.Loops, "loop"))
}

// Warning is IPython's remark on a slowest run over four times as long as the
// fastest one; "" where it makes none.
func (t *Timing) Warning() string {
	if t.Worst > 4*t.Best && t.Best > 0 && t.Worst > 1e-6 {
		return fmt.Sprintf("The slowest run took %0.2f times longer than the fastest. "+
			"This could mean that an intermediate result is being cached.", t.Worst/t.Best)
	}
	return ""
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// ipythonTime is IPython's _format_time: significant digits up to a minute,
// then days, hours, minutes and whole seconds.
func ipythonTime(s float64, precision int) string {
	if s >= 60 {
		return longTime(s)
	}
	units := [...]string{"s", "ms", "µs", "ns"}
	order := 3
	if s > 0 {
		order = min(-floorDiv(floorLog10(s), 3), 3)
	}
	if order < 0 || math.IsNaN(s) {
		order = 0
	}
	scaled := s * math.Pow10(3*order)
	return strconv.FormatFloat(scaled, 'g', max(precision, 1), 64) + " " + units[order]
}

func longTime(s float64) string {
	var parts []string
	left := s
	for _, unit := range []struct {
		suffix string
		length float64
	}{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}} {
		if n := math.Floor(left / unit.length); n > 0 {
			left = math.Mod(left, unit.length)
			parts = append(parts, strconv.FormatFloat(n, 'f', 0, 64)+unit.suffix)
		}
		if left < 1 {
			break
		}
	}
	return strings.Join(parts, " ")
}

// floorLog10 is ⌊log10 x⌋ of the correctly rounded logarithm, which
// math.Log10 is not: an x so little below a power of ten that its logarithm
// rounds to the whole number counts as the power.
func floorLog10(x float64) int {
	near := math.Round(math.Log10(x))
	power := math.Pow10(int(near))
	halfUlp := (math.Nextafter(math.Abs(near), math.Inf(1)) - math.Abs(near)) / 2
	if x < power && power-x < halfUlp*math.Ln10*power && near != 0 {
		return int(near)
	}
	_, exp, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	n, err := strconv.Atoi(exp)
	if err != nil {
		return 0 // infinite
	}
	return n
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// fsum adds without loss, rounding once at the end (Shewchuk 1997), as
// Python's math.fsum does.
func fsum(xs []float64) float64 {
	var partials []float64
	for _, x := range xs {
		kept := partials[:0]
		for _, y := range partials {
			if math.Abs(x) < math.Abs(y) {
				x, y = y, x
			}
			hi := x + y
			if lo := y - (hi - x); lo != 0 {
				kept = append(kept, lo)
			}
			x = hi
		}
		partials = append(kept, x)
	}
	return roundPartials(partials)
}

// roundPartials sums non-overlapping partials, smallest first, rounding half
// to even across them.
func roundPartials(p []float64) float64 {
	n := len(p) - 1
	if n < 0 {
		return 0
	}
	hi, lo := p[n], 0.0
	for n > 0 {
		x := hi
		n--
		y := p[n]
		hi = x + y
		if lo = y - (hi - x); lo != 0 {
			break
		}
	}
	if n > 0 && (lo < 0 && p[n-1] < 0 || lo > 0 && p[n-1] > 0) {
		if y := lo * 2; y == (hi+y)-hi {
			hi += y
		}
	}
	return hi
}
