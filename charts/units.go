package charts

import (
	"math"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/vectorizer"
)

// A unit scales seconds for one axis or one number.
type unit struct {
	name   string
	factor float64 // seconds × factor is the number in this unit
}

// unitOf is the unit in which s seconds are written with 1 to 999 before the
// point; minutes and hours stay seconds.
func unitOf(s float64) unit {
	switch {
	case s >= 1 || s <= 0 || math.IsNaN(s):
		return unit{"s", 1}
	case s >= 1e-3:
		return unit{"ms", 1e3}
	case s >= 1e-6:
		return unit{"µs", 1e6}
	}
	return unit{"ns", 1e9}
}

// seconds writes a duration with three significant digits: 253 ms, 1.04 s.
func seconds(s float64) string { return duration(s, 3) }

func duration(s float64, n int) string {
	u := unitOf(s)
	if digits(s*u.factor, n) == "1,000" {
		u = unitOf(1.001 * s) // 999.9 ms is 1 s
	}
	return digits(s*u.factor, n) + " " + u.name
}

// meanText is a measurement in words; its deviation is not known to more than
// two digits.
func meanText(r vectorizer.Run) string {
	return seconds(r.MeanS) + " ± " + duration(r.StdS, 2)
}

// digits writes x with n significant digits, at least all before the point,
// without an exponent and with commas: 1.04, 25.3, 12,345. 0 for no number.
func digits(x float64, n int) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return "0"
	}
	magnitude := int(math.Floor(math.Log10(math.Abs(significant(x, n))))) + 1
	s := strconv.FormatFloat(x, 'f', max(n-magnitude, 0), 64)
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

// significant rounds x to n significant digits.
func significant(x float64, n int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', n, 64), 64)
	if err != nil {
		return x
	}
	return r
}

// rate writes n things in s seconds as things a second: 395 items/s.
func rate(n, s float64, what string) string {
	if !(s > 0) {
		return ""
	}
	return digits(significant(n/s, 3), 3) + " " + what + "/s"
}

// number writes a count with commas and its noun in the right number.
func number(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return digits(float64(n), 1) + " " + noun
}

// percent writes a share as 97 %.
func percent(share float64) string { return digits(math.Round(100*share), 1) + " %" }

// times writes a speedup: 3.72×.
func times(x float64) string { return digits(x, 3) + "×" }

// finite is x, or 0 where JSON and axes can't hold it.
func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}
