package vectorizer

import "math"

// NewRun makes a Run of repeated times in seconds: mean, population standard
// deviation and the fastest.
func NewRun(label string, workers int, tier string, all []float64) Run {
	t := NewTiming(1, all, 0, 3)
	run := Run{Label: label, Workers: workers, Tier: tier, AllS: all, MinS: t.Best}
	if len(all) > 0 {
		run.MeanS, run.StdS = t.Average(), t.Stdev()
	}
	return run
}

// Compare makes a report of kind "compare" of runs over the same items; the
// first, as a rule the sequential one, is what the others are measured by.
// Speedup and Efficiency are those of the fastest run. The serial fraction is
// that of the Amdahl fit where three numbers of workers allow one (no workers
// counts as one; without more workers than cores), else Karp and Flatt's.
// The caller sets Equal and Difference (see EqualValues); waits says that the
// items wait (see Report.Waits), so that runs with more workers than cores count
// too.
func Compare(items int, runs []Run, waits bool) *Report {
	r := &Report{Kind: "compare", Items: items, Chunk: "auto", Cores: Cores(), Runs: runs, Done: items, BusyS: []float64{}, EndS: []float64{}}
	if len(runs) == 0 {
		r.Verdict = Verdict(r)
		return r
	}
	best := runs[0]
	for _, run := range runs {
		if run.MeanS < best.MeanS {
			best = run
		}
	}
	r.Workers, r.Tier, r.WallS = best.Workers, best.Tier, best.MeanS
	r.Speedup = Speedup(runs[0].MeanS, best.MeanS)
	r.Efficiency = Efficiency(r.Speedup, best.Workers)
	r.SerialFraction, r.Fit = serialFraction(runs, r.Cores, waits)
	r.Verdict = Verdict(r)
	return r
}

// serialFraction fits Amdahl's law; with too few numbers of workers it falls
// back to Karp and Flatt's fraction of the run with most of them.
func serialFraction(runs []Run, cores int, waits bool) (*float64, *Fit) {
	var points []Point
	most := Run{}
	for _, run := range runs {
		if run.Workers > cores && !waits || run.Tier != runs[0].Tier {
			continue
		}
		points = append(points, Point{Workers: max(run.Workers, 1), Seconds: run.AllS})
		if run.Workers > most.Workers {
			most = run
		}
	}
	if fit, ok := FitAmdahl(points); ok {
		return &fit.SerialFraction, &fit
	}
	e := KarpFlatt(Speedup(runs[0].MeanS, most.MeanS), most.Workers)
	if math.IsNaN(e) {
		return nil, nil
	}
	e = min(max(e, 0), 1)
	return &e, nil
}
