package vectorizer

import (
	"slices"
	"time"
)

// fill writes what the run measured into rep.
func (r *run) fill(rep *Report, wall, cpu, starved time.Duration) {
	*rep = Report{
		Kind: "run", Items: r.n, Workers: r.options.workers, Chunk: r.chunkName(),
		Tier: r.tier, Cores: Cores(), WallS: wall.Seconds(), CPUS: cpu.Seconds(), StarvedS: starved.Seconds(),
		ItemErrors: int(r.fails.total.Load()),
	}
	rows := max(1, r.options.workers)
	rep.BusyS, rep.EndS = make([]float64, rows), make([]float64, rows)
	if r.options.init != nil {
		rep.InitS = make([]float64, rows)
	}
	for _, w := range r.workers {
		w.mu.Lock()
		w.fill(rep)
		w.mu.Unlock()
	}
	slices.SortFunc(rep.Longest, func(a, b LongestItem) int {
		if a.Seconds != b.Seconds {
			return compareDown(a.Seconds, b.Seconds)
		}
		return a.Index - b.Index
	})
	rep.Longest = slices.Clip(rep.Longest[:min(len(rep.Longest), maxLongest)])
	for i := range rep.Longest {
		rep.Longest[i].ItemText = r.describe(rep.Longest[i].Index)
	}
	r.mu.Lock()
	if r.cause != nil {
		rep.Stopped = r.cause.Error()
	}
	r.mu.Unlock()
	rep.Verdict = Verdict(rep)
}

func compareDown(a, b float64) int {
	if a > b {
		return -1
	}
	return 1
}

// fill adds the worker's part to rep; w.mu is held.
func (w *Worker) fill(rep *Report) {
	rep.Done += w.done
	rep.Chunks += w.chunks
	rep.BusyS[w.Rank] = w.busy.Seconds()
	rep.EndS[w.Rank] = w.end.Seconds()
	if rep.InitS != nil {
		rep.InitS[w.Rank] = w.init.Seconds()
	}
	rep.Timeline = slices.Grow(rep.Timeline, len(w.timeline.spans))
	for _, s := range w.timeline.spans {
		rep.Timeline = append(rep.Timeline, Span{
			Worker: w.Rank, StartS: s.start.Seconds(), EndS: s.end.Seconds(),
			Lo: s.lo, Hi: s.hi, Items: s.items, Chunks: s.chunks, BusyS: s.busy.Seconds(),
		})
	}
	for _, l := range w.longest.top {
		rep.Longest = append(rep.Longest, LongestItem{
			Index: l.index, Of: l.of, Worker: w.Rank, Seconds: l.took.Seconds(), StartS: l.start.Seconds(),
		})
	}
}
