// Command bench compares vectorizer.Map with the parallel-map libraries Go
// programs use, on the five loads of FACTS.md, and prints a Markdown table:
//
//	go run .            # about a minute and a half on an idle machine
//	go run . -quick -only '1e6' -rounds 31
//
// Every engine makes a []int64 of the same items with the same function and the
// same number of workers. Rounds are paired: within a round
// all engines run one after another, each round begins with another engine, and
// the ratio to a peer is the median of the rounds' ratios.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 15, "rounds of every load")
	only := flag.String("only", "", "run only the load whose name begins so")
	quick := flag.Bool("quick", false, "leave the engines out that submit item by item")
	flag.Parse()
	if *quick {
		engines = engines[:4]
	}
	fmt.Printf("%s, %d cores, GOMAXPROCS %d, %d rounds\n\n",
		runtime.Version(), runtime.NumCPU(), runtime.GOMAXPROCS(0), *rounds)
	loads := slices.DeleteFunc(makeLoads(), func(l load) bool { return !strings.HasPrefix(l.name, *only) })
	results := make([]map[string]result, len(loads))
	for i, l := range loads {
		results[i] = measure(l, *rounds)
	}
	if err := check(loads); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	printTable(os.Stdout, loads, results)
}

// A load is n items and how they are worked on.
type load struct {
	name    string
	workers int
	items   []int64 // the argument of work
	work    func(int64) int64
}

// A result is an engine's medians on one load.
type result struct {
	seconds float64   // a run
	ratio   float64   // our time over its time, paired
	allocs  uint64    // a run
	all     []float64 // by round; NaN-free, slow engines have fewer
}

// slow is the time past which an engine's first run earns it three rounds only.
const slow = 300 * time.Millisecond

func measure(l load, rounds int) map[string]result {
	times := map[string][]float64{}
	allocs := map[string][]uint64{}
	for round := -1; round < rounds; round++ { // -1 warms up
		for k := range engines {
			e := engines[(k+max(round, 0))%len(engines)]
			if round >= 3 && e.name != ours && times[e.name][0] > slow.Seconds() {
				continue
			}
			runtime.GC()
			seconds, mallocs := once(e, l)
			if round == 0 && e.name == ours && seconds < 0.02 {
				rounds *= 4 // short runs are noisy, and cheap to repeat
			}
			if round >= 0 {
				times[e.name] = append(times[e.name], seconds)
				allocs[e.name] = append(allocs[e.name], mallocs)
			}
		}
	}
	results := map[string]result{}
	for _, e := range engines {
		r := result{all: times[e.name], seconds: median(times[e.name]), allocs: median(allocs[e.name])}
		var ratios []float64
		for i, t := range r.all {
			ratios = append(ratios, times[ours][i]/t)
		}
		r.ratio = median(ratios)
		results[e.name] = r
	}
	return results
}

func once(e engine, l load) (seconds float64, mallocs uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	out := e.run(l)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(out)
	return took.Seconds(), after.Mallocs - before.Mallocs
}

// check makes sure that all engines did the work.
func check(loads []load) error {
	for _, l := range loads {
		if l.workers == 4 {
			continue // sleeping shows nothing
		}
		want := engines[0].run(l)
		for _, e := range engines[1:] {
			if !slices.Equal(e.run(l), want) {
				return fmt.Errorf("%s: wrong results on %s", e.name, l.name)
			}
		}
	}
	return nil
}

func median[T cmp.Ordered](xs []T) T {
	s := slices.Sorted(slices.Values(xs))
	return s[len(s)/2]
}
