package charts

import (
	"fmt"
	"math"

	"github.com/goblaze/goblaze/vectorizer"
)

// sampleRun is a run of 100 items of 10 ms on 4 workers with one long item.
func sampleRun() *vectorizer.Report {
	r := &vectorizer.Report{Kind: "run", Items: 100, Workers: 4, Chunk: "auto", Tier: "compiled", Cores: 2, Done: 100,
		Verdict: []string{"Items wait rather than compute: more workers than cores pay off here."}}
	end := make([]float64, 4)
	busy := make([]float64, 4)
	for i := range 100 {
		w := i % 4
		d := 0.0101 + 0.0002*float64(i*7%5)
		if i == 97 {
			d = 0.031
			r.Longest = []vectorizer.LongestItem{{Index: 97, Of: 1, Worker: w, Seconds: d, StartS: end[w], ItemText: `"a <b> c"`}}
		}
		r.Timeline = append(r.Timeline, vectorizer.Span{Worker: w, StartS: end[w], EndS: end[w] + d, Lo: i, Hi: i + 1, Items: 1, Chunks: 1, BusyS: d})
		end[w] += d + 0.0001
		busy[w] += d
		r.WallS = max(r.WallS, end[w])
	}
	r.BusyS, r.EndS = busy, end
	return r
}

// sampleCompare is a comparison whose speedup follows Amdahl's law roughly.
func sampleCompare(serial float64, workers ...int) *vectorizer.Report {
	equal := true
	r := &vectorizer.Report{Kind: "compare", Items: 100, Tier: "compiled", Cores: 4, Done: 100, Equal: &equal, Verdict: []string{"About a tenth of the work is serial."}}
	run := func(label string, w int, mean float64) {
		r.Runs = append(r.Runs, vectorizer.Run{Label: label, Workers: w, Tier: "compiled", MeanS: mean, StdS: 0.04 * mean, MinS: 0.97 * mean, AllS: []float64{mean}})
	}
	run("sequential", 0, 1.04)
	for i, w := range workers {
		run(workersText(w), w, 1.04*(serial+(1-serial)/float64(w))*(1+0.03*math.Sin(float64(3*i))))
	}
	r.Fit = &vectorizer.Fit{SerialFraction: serial, StdErr: 0.01, T1S: 1.04, Points: len(workers)}
	return r
}

func sampleTimeit() *vectorizer.Report {
	r := &vectorizer.Report{Kind: "timeit", Tier: "compiled", Cores: 2}
	for _, x := range []struct {
		label string
		mean  float64
	}{{"sequential(texts)", 1.04}, {"parallel(texts)", 0.262}, {`strings.Map(func(r rune) rune { return r }, "a <very> long text")`, 0.61}} {
		r.Runs = append(r.Runs, vectorizer.Run{Label: x.label, Tier: "compiled", MeanS: x.mean, StdS: 0.05 * x.mean, MinS: 0.95 * x.mean})
	}
	return r
}

func sampleThroughput() *vectorizer.Report {
	r := &vectorizer.Report{Kind: "timeit", Tier: "compiled", Cores: 2}
	for w, mean := range map[int]float64{1: 1.01e-6, 2: 1.05e-6, 4: 2.1e-6, 8: 4.3e-6} {
		r.Runs = append(r.Runs, vectorizer.Run{Label: fmt.Sprintf("%d workers", w), Workers: w, Tier: "compiled", MeanS: mean, StdS: 0.03 * mean, MinS: 0.98 * mean})
	}
	return r
}

// samples are one report of each kind and shape.
func samples() map[string]*vectorizer.Report {
	long := sampleRun()
	long.Timeline = nil
	for i := range 4000 {
		s := float64(i/16) * 0.001
		long.Timeline = append(long.Timeline, vectorizer.Span{Worker: i % 16, StartS: s, EndS: s + 0.0009, Lo: i, Hi: i + 1})
	}
	long.Workers, long.WallS, long.Longest = 16, 0.25, nil
	return map[string]*vectorizer.Report{
		"run": sampleRun(), "run-long": long,
		"compare": sampleCompare(0.1, 1, 2, 4, 8), "compare-ideal": sampleCompare(0, 1, 2, 3, 4),
		"compare-two": sampleCompare(0.05, 1, 2), "compare-many": sampleCompare(0.2, 1, 2, 4, 8, 16, 32, 64),
		"timeit": sampleTimeit(), "throughput": sampleThroughput(),
	}
}
