package vectorizer

import (
	"slices"
	"time"
)

// maxSpans bounds the spans one worker keeps.
const maxSpans = 256

// A timeline is what one worker did when, in bounded memory: when it is full,
// neighbours are merged two by two, and from then on so many chunks make one
// span. Merging costs O(1) a chunk on average.
type timeline struct {
	spans []span
	per   int // chunks a span may hold
}

type span struct {
	start, end    time.Duration
	lo, hi        int // lowest and highest item
	items, chunks int
	busy          time.Duration
}

func (t *timeline) add(start, end time.Duration, lo, hi int) {
	s := span{start, end, lo, hi, hi - lo, 1, end - start}
	if last := len(t.spans) - 1; last >= 0 && t.spans[last].chunks < t.per {
		t.spans[last] = merge(t.spans[last], s)
		return
	}
	if len(t.spans) == maxSpans {
		t.halve()
	}
	t.spans = append(t.spans, s)
}

func (t *timeline) halve() {
	for i := range maxSpans / 2 {
		t.spans[i] = merge(t.spans[2*i], t.spans[2*i+1])
	}
	t.spans = t.spans[:maxSpans/2]
	t.per = max(2, 2*t.per)
}

func merge(a, b span) span {
	return span{
		a.start, b.end, min(a.lo, b.lo), max(a.hi, b.hi),
		a.items + b.items, a.chunks + b.chunks, a.busy + b.busy,
	}
}

// maxLongest is how many of the longest items a worker, and a report, keeps.
const maxLongest = 5

// longest keeps the chunks that held the longest items. An item's own time is
// known when its chunk was one item, which the scheduler makes of all items
// over about 100 µs; a larger chunk counts when it took eight times as long as
// the chunks before it promised, so that it held an item out of the ordinary.
type longest struct{ top []longChunk }

type longChunk struct {
	index, of   int
	start, took time.Duration
}

func (l *longest) add(index, items int, auto bool, start, took time.Duration) {
	if surprise := auto && took > 8*target; items > 1 && !surprise {
		return
	}
	if len(l.top) == maxLongest && took <= l.top[maxLongest-1].took {
		return
	}
	at := len(l.top)
	for at > 0 && l.top[at-1].took < took {
		at--
	}
	l.top = slices.Insert(l.top, at, longChunk{index, items, start, took})
	l.top = l.top[:min(len(l.top), maxLongest)]
}
