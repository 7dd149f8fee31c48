package vectorizer

import (
	"container/heap"
	"slices"
	"sync"
	"sync/atomic"
)

// maxKept is how many item errors a run keeps.
const maxKept = 1000

// failures keeps the item errors with the lowest indexes and counts all.
type failures struct {
	mu    sync.Mutex
	kept  byIndex      // a heap, highest index first
	below atomic.Int64 // once full: only errors below this index are kept
	total atomic.Int64
}

// wants counts a failure and tells whether its error would be kept, so that
// texts and stacks are only made for those.
func (f *failures) wants(index int) bool {
	f.total.Add(1)
	below := f.below.Load()
	return below == 0 || int64(index) < below-1
}

func (f *failures) add(e *ItemError) {
	f.mu.Lock()
	defer f.mu.Unlock()
	heap.Push(&f.kept, e)
	if len(f.kept) > maxKept {
		heap.Pop(&f.kept)
	}
	if len(f.kept) == maxKept {
		f.below.Store(int64(f.kept[0].Index) + 1)
	}
}

// sorted returns the kept errors in item order.
func (f *failures) sorted() []*ItemError {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := slices.Clone(f.kept)
	slices.SortFunc(s, func(a, b *ItemError) int { return a.Index - b.Index })
	return s
}

type byIndex []*ItemError

func (h byIndex) Len() int           { return len(h) }
func (h byIndex) Less(i, j int) bool { return h[i].Index > h[j].Index }
func (h byIndex) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *byIndex) Push(x any)        { *h = append(*h, x.(*ItemError)) }
func (h *byIndex) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return last
}
