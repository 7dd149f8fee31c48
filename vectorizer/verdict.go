package vectorizer

import (
	"fmt"
	"strconv"
)

// A Rule turns figures of a report into one sentence that teaches something.
type Rule struct {
	Name  string             // e.g. "long-tail"
	When  string             // the condition in words, for documentation
	Holds func(*Report) bool // on the report's figures only
	Text  func(*Report) string
}

// maxVerdicts is how many sentences a report carries.
const maxVerdicts = 2

// Verdict is the sentences of the first rules that hold, at most two; it is
// empty, never nil, where there is nothing to teach.
func Verdict(r *Report) []string {
	said := []string{}
	for _, rule := range Rules {
		if len(said) < maxVerdicts && rule.Holds(r) {
			said = append(said, rule.Text(r))
		}
	}
	return said
}

// Thresholds of the rules.
const (
	tinyRun     = 1e-3 // s: about as long as starting and ending workers may take
	tinyItem    = 2e-6 // s
	poorSpeedup = 1.2
	tailShare   = 0.10 // of the workers' time spent idle at the end
	longItem    = 2    // times the mean one
	cpuIdle     = 0.30 // of what could be computed
	cpuFull     = 0.80
	serialShare = 0.05
	initShare   = 0.20
	shortest    = 5e-3 // s: below it CPU time is too coarse to judge by
	starvation  = 0.25 // of what could be computed
)

// Rules are the verdict rules, most telling first. They read as a table; a
// front end may show When, or add rules of its own before it makes reports.
var Rules = []Rule{
	{
		Name:  "no-parallelism",
		When:  "fewer items than workers, and more than one worker",
		Holds: func(r *Report) bool { return r.Kind == "run" && r.Items > 0 && r.Items < r.Workers },
		Text: func(r *Report) string {
			return fmt.Sprintf("%d %s cannot keep %d workers busy: an item is never divided.",
				r.Items, plural(r.Items, "item"), r.Workers)
		},
	},
	{
		Name:  "little-work",
		When:  "the run took under 1 ms; or, compared, the best speedup is below 1.2 with items under 2 µs, or a sequential run under 1 ms",
		Holds: littleWork,
		Text: func(r *Report) string {
			return fmt.Sprintf("Too little work in an item (%s): starting and feeding workers costs as much as it saves. Give each item more to do, or use a plain loop.",
				formatSeconds(meanItem(r)))
		},
	},
	{
		Name:  "long-tail",
		When:  "one item, twice as long as the mean one or longer, of a run of 1 ms or more ran on while the others idled at the end for 10 % of their time",
		Holds: func(r *Report) bool { _, ok := tailItem(r); return ok },
		Text: func(r *Report) string {
			l, _ := tailItem(r)
			return fmt.Sprintf("%s took %s and was still running when the other workers had nothing left: start long items first, or divide them.",
				l.name(), formatSeconds(l.Seconds))
		},
	},
	{
		Name: "coarse-chunks",
		When: "a fixed chunk above 1, and workers idled at the end for 10 % of their time",
		Holds: func(r *Report) bool {
			n, err := strconv.Atoi(r.Chunk)
			return err == nil && n > 1 && r.Workers > 1 && r.Stopped == "" && tailIdle(r) > tailShare
		},
		Text: func(r *Report) string {
			return fmt.Sprintf("Chunks of %s items left workers idle for %s of the time: smaller ones, or auto, divide the work more evenly.",
				r.Chunk, percent(tailIdle(r)))
		},
	},
	{
		Name: "oversubscribed",
		When: "more workers than cores, and the cores were at least 80 % busy",
		Holds: func(r *Report) bool {
			return r.Kind == "run" && r.Workers > r.Cores && r.WallS > shortest && cpuShare(r) >= cpuFull
		},
		Text: func(r *Report) string {
			return fmt.Sprintf("%d workers share %d %s: for work that computes, more workers than cores bring nothing.",
				r.Workers, r.Cores, plural(r.Cores, "core"))
		},
	},
	{
		Name:  "busy-machine",
		When:  "its threads were ready to run and had no core for 25 % of the time it could have computed; compared, those of one of the runs",
		Holds: starved,
		Text: func(r *Report) string {
			what := "this run"
			if r.Kind == "compare" {
				what = "these runs"
			}
			return fmt.Sprintf("Other programs held the cores for %s of the time that %s could have computed: measure again when the machine is quiet.",
				percent(starvedShare(r)), what)
		},
	},
	{
		Name:  "waiting",
		When:  "workers were busy, but used less than 30 % of the CPU time they could have",
		Holds: waiting,
		Text: func(r *Report) string {
			return fmt.Sprintf("The items wait rather than compute (CPU %s busy): more workers, also more than the %d %s, will go faster still.",
				percent(cpuShare(r)), r.Cores, plural(r.Cores, "core"))
		},
	},
	{
		Name:  "slow-init",
		When:  "the workers' init took over 20 % of the run",
		Holds: func(r *Report) bool { return r.Kind == "run" && maxOf(r.InitS) > initShare*r.WallS },
		Text: func(r *Report) string {
			return fmt.Sprintf("Starting the workers (init) took %s of %s: it pays off with more items.",
				formatSeconds(maxOf(r.InitS)), formatSeconds(r.WallS))
		},
	},
	{
		Name: "serial-part",
		When: "compared, on a machine that was not busy otherwise, with work enough in an item, the serial fraction is at least 5 %",
		Holds: func(r *Report) bool {
			return r.SerialFraction != nil && *r.SerialFraction >= serialShare && !starved(r) && !littleWork(r)
		},
		Text: func(r *Report) string {
			return fmt.Sprintf("About %s of the work is not shared out; by Amdahl's law no number of workers makes it more than %.1f times faster.",
				percent(*r.SerialFraction), 1 / *r.SerialFraction)
		},
	},
}

func littleWork(r *Report) bool {
	if r.Items == 0 || r.Stopped != "" || r.ItemErrors > 0 {
		return false
	}
	if r.Kind == "compare" {
		mean := meanItem(r)
		return r.Speedup > 0 && r.Speedup < poorSpeedup && (mean < tinyItem || mean*float64(r.Items) < tinyRun)
	}
	return r.Kind == "run" && r.Workers > 1 && r.WallS < tinyRun
}

// meanItem is the mean time of an item in seconds, sequentially where that
// was measured.
func meanItem(r *Report) float64 {
	busy := fsum(r.BusyS)
	if len(r.Runs) > 0 {
		busy = r.Runs[0].MeanS
	}
	return busy / float64(max(r.Items, 1))
}

// tailIdle is the share of the workers' time between the end of their last
// item and the end of the run.
func tailIdle(r *Report) float64 {
	last, idle := maxOf(r.EndS), 0.0
	for _, end := range r.EndS {
		idle += last - end
	}
	return idle / (max(last, 1e-9) * float64(max(len(r.EndS), 1)))
}

// tailItem is the long item that the others waited for.
func tailItem(r *Report) (LongestItem, bool) {
	if r.Kind != "run" || r.Stopped != "" || r.WallS < tinyRun || r.Workers < 2 || r.Items < r.Workers || tailIdle(r) <= tailShare {
		return LongestItem{}, false
	}
	last := maxOf(r.EndS)
	for _, l := range r.Longest {
		long := l.Of > 1 || l.Seconds >= longItem*meanItem(r) // items that are alike just don't divide by the workers
		if long && l.StartS+l.Seconds >= 0.99*last && l.Seconds >= tailShare*last {
			return l, true
		}
	}
	return LongestItem{}, false
}

func (l LongestItem) name() string {
	name := fmt.Sprintf("Item %d", l.Index)
	if l.Of > 1 {
		name = fmt.Sprintf("One of the items %d…%d", l.Index, l.Index+l.Of-1)
	}
	if l.ItemText != "" && l.Of <= 1 {
		name += " (" + l.ItemText + ")"
	}
	return name
}

// cpuShare is the CPU time used, of what the busy workers could have used.
func cpuShare(r *Report) float64 {
	could := min(fsum(r.BusyS), r.WallS*float64(max(r.Cores, 1)))
	return min(r.CPUS/max(could, 1e-9), 1)
}

// starvedShare is the time without a core, of what the cores and workers there
// are could have computed: the largest share of the runs that are compared.
func starvedShare(r *Report) float64 {
	share := func(starved, wall float64, workers int) float64 {
		return min(starved/max(wall*float64(max(1, min(r.Cores, workers))), 1e-9), 1)
	}
	worst := share(r.StarvedS, r.WallS, r.Workers)
	for _, run := range r.Runs {
		if run.MeanS > shortest {
			worst = max(worst, share(run.StarvedS, run.MeanS, run.Workers))
		}
	}
	return worst
}

// starved tells whether other programs spoiled the measurement.
func starved(r *Report) bool {
	return (r.Kind == "compare" || r.Kind == "run" && r.WallS > shortest) && starvedShare(r) >= starvation
}

// Waits tells whether the items of a run waited rather than computed: its
// workers were in items more than half of the time and used less than 30 % of
// the CPU time they could have, though cores were free. Runs under 5 ms are too
// short to tell.
func (r *Report) Waits() bool {
	return r.Kind == "run" && r.CPUS > 0 && r.WallS > shortest &&
		fsum(r.BusyS) > 0.5*r.WallS && cpuShare(r) < cpuIdle && starvedShare(r) < starvation
}

func waiting(r *Report) bool {
	_, tail := tailItem(r) // more workers would wait for that item, too
	return r.Waits() && r.Workers > 0 && r.Items > r.Workers && !tail
}

func maxOf(xs []float64) float64 {
	m := 0.0
	for _, x := range xs {
		m = max(m, x)
	}
	return m
}
