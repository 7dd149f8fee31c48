package vectorizer

import (
	"context"
	"runtime"
	"sync"
)

// Cores is the number of goroutines that can compute at the same time:
// GOMAXPROCS, or the CPU limit of the process's cgroup (rounded up) where that
// is lower. The limit is read once.
func Cores() int {
	n := runtime.GOMAXPROCS(0)
	if limit := cgroupLimit(); limit > 0 {
		n = min(n, limit)
	}
	return n
}

// cgroupLimit is the CPU limit in cores, rounded up; 0: none.
var cgroupLimit = sync.OnceValue(readCgroupLimit)

type runKey struct{}

// withRun marks ctx as that of a run's items.
func withRun(ctx context.Context, r *run) context.Context {
	return context.WithValue(ctx, runKey{}, r)
}

// defaultWorkers is the number of workers Workers(-1) means under ctx: all
// cores, or an outer run's share of them for each of its workers. (Goroutines
// never use more than GOMAXPROCS threads; more of them than that only cost.)
func defaultWorkers(ctx context.Context) int {
	cores := Cores()
	if outer, ok := ctx.Value(runKey{}).(*run); ok {
		return max(1, cores/max(1, len(outer.workers)))
	}
	return cores
}

// makeWorkers resolves the number of workers under the caller's context and
// gives each its part of the
// items, in whole chunks. started is the number that have anything to do.
func (r *run) makeWorkers(ctx context.Context) (started int) {
	if r.options.workers < 0 {
		r.options.workers = defaultWorkers(ctx)
	}
	started = max(1, min(r.options.workers, r.n))
	size := max(r.options.chunk, 1)
	chunks := (r.n + size - 1) / size
	all := make([]Worker, started)
	r.workers = make([]*Worker, started)
	for k := range all {
		w := &all[k]
		w.Rank, w.r, w.chunk = k, r, size
		w.lo = min(share(chunks, k, started)*size, r.n)
		w.hi = min(share(chunks, k+1, started)*size, r.n)
		r.workers[k] = w
	}
	if r.options.workers == 0 {
		all[0].chunk = 1
	}
	return started
}

// share is k/of of n without overflow.
func share(n, k, of int) int { return n/of*k + n%of*k/of }
