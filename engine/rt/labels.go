package rt

import (
	"context"
	"runtime/pprof"
)

// PprofDo is pprof.Do, but that the goroutine keeps its own label, by which it
// is known to belong to its cell: a CPU profile shows the cell, f's context the
// labels.
func PprofDo(ctx context.Context, labels pprof.LabelSet, f func(context.Context)) {
	f(pprof.WithLabels(ctx, labels))
}

// PprofSetGoroutineLabels is pprof.SetGoroutineLabels; it has no effect, see
// [PprofDo].
func PprofSetGoroutineLabels(context.Context) {}
