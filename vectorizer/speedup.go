package vectorizer

import (
	"math"
	"slices"
)

// Speedup is how many times faster a run of par seconds is than the
// sequential one of seq seconds: seq/par (Amdahl 1967). 0 where par is not
// positive.
func Speedup(seq, par float64) float64 {
	if !(par > 0) {
		return 0
	}
	return seq / par
}

// Efficiency is the speedup a worker: speedup/workers. 1 is ideal.
func Efficiency(speedup float64, workers int) float64 {
	return speedup / float64(max(workers, 1))
}

// KarpFlatt is the experimentally determined serial fraction
// e = (1/ψ − 1/p) / (1 − 1/p) of a speedup ψ on p > 1 workers (Karp and Flatt,
// "Measuring parallel processor performance", CACM 33(5), 1990). It is not
// clamped: below 0 the speedup was more than linear. NaN for p < 2 or ψ ≤ 0.
func KarpFlatt(speedup float64, workers int) float64 {
	if workers < 2 || !(speedup > 0) {
		return math.NaN()
	}
	p := float64(workers)
	return (1/speedup - 1/p) / (1 - 1/p)
}

// Amdahl is the speedup on p workers of work with serial fraction s:
// 1 / (s + (1−s)/p) (Amdahl, "Validity of the single processor approach", 1967).
func Amdahl(s float64, workers int) float64 {
	return 1 / (s + (1-s)/float64(max(workers, 1)))
}

// A Point is the times, in seconds, of the runs with one number of workers.
type Point struct {
	Workers int
	Seconds []float64
}

// A Fit is Amdahl's law fitted to measured times: T(p) = T1·(s + (1−s)/p).
type Fit struct {
	SerialFraction float64 `json:"serial_fraction"` // s, within 0…1
	StdErr         float64 `json:"std_err"`         // of s
	T1S            float64 `json:"t1_s"`            // the fitted time on one worker
	Points         int     `json:"points"`          // numbers of workers used
}

// Predict is the fitted speedup on so many workers.
func (f Fit) Predict(workers int) float64 { return Amdahl(f.SerialFraction, workers) }

// Spread is the fitted speedup with s one standard error higher and lower.
func (f Fit) Spread(workers int) (low, high float64) {
	return Amdahl(min(f.SerialFraction+f.StdErr, 1), workers), Amdahl(max(f.SerialFraction-f.StdErr, 0), workers)
}

// FitAmdahl fits T(p) = a + b/p to all runs by least squares on the relative
// error (each run weighs 1/T̄², so that long runs don't rule) and gives
// s = a/(a+b), with its standard error by the delta method. It needs three
// different numbers of workers; ok is false with fewer, or where the times are
// not positive. Leave points with more workers than cores out for work that
// computes: Amdahl's law knows no shared cores.
func FitAmdahl(points []Point) (fit Fit, ok bool) {
	var n, sw, sx, sxx, sy, sxy float64
	var seen []int
	for _, p := range points {
		mean := fsum(p.Seconds) / float64(len(p.Seconds))
		if p.Workers < 1 || !(mean > 0) {
			continue
		}
		if !slices.Contains(seen, p.Workers) {
			seen = append(seen, p.Workers)
		}
		x, w := 1/float64(p.Workers), 1/(mean*mean)
		for _, t := range p.Seconds {
			n, sw, sx, sxx = n+1, sw+w, sx+w*x, sxx+w*x*x
			sy, sxy = sy+w*t, sxy+w*x*t
		}
	}
	det := sw*sxx - sx*sx
	if len(seen) < 3 || !(det > 0) {
		return Fit{}, false
	}
	a, b := (sxx*sy-sx*sxy)/det, (sw*sxy-sx*sy)/det
	t1 := a + b
	if !(t1 > 0) {
		return Fit{}, false
	}
	variance := residual(points, a, b) / max(n-2, 1)
	varA, varB, cov := variance*sxx/det, variance*sw/det, -variance*sx/det
	da, db := b/(t1*t1), -a/(t1*t1)
	se := math.Sqrt(max(da*da*varA+db*db*varB+2*da*db*cov, 0))
	return Fit{SerialFraction: min(max(a/t1, 0), 1), StdErr: se, T1S: t1, Points: len(seen)}, true
}

// residual is the sum of the squared relative errors of a + b/p.
func residual(points []Point, a, b float64) (sum float64) {
	for _, p := range points {
		mean := fsum(p.Seconds) / float64(len(p.Seconds))
		if p.Workers < 1 || !(mean > 0) {
			continue
		}
		for _, t := range p.Seconds {
			e := (t - a - b/float64(p.Workers)) / mean
			sum += e * e
		}
	}
	return sum
}
