package vectorizer

import (
	"fmt"
	"strconv"
	"time"
)

// An Option changes how one run, or a Vectorizer, works. Without options a
// run uses every core, chooses its chunks itself and stops at the first error.
type Option func(*options)

type options struct {
	workers  int
	chunk    int
	collect  bool
	timeout  time.Duration
	progress func(done, total int)
	init     func(rank int) (any, error)
	itemText func(i int) string
	each     func(i int)
	tier     string
	report   *Report
	wantCtx  bool // the caller hands the run's context to user code
	measure  bool // keep timeline, longest items and CPU time
}

func newOptions(opts []Option) options {
	o := options{workers: -1, tier: TierCompiled}
	for _, set := range opts {
		if set != nil {
			set(&o)
		}
	}
	o.measure = o.measure || o.report != nil
	return o
}

// Workers sets the number of worker goroutines: -1 (the default) means
// Cores(), 0 the calling goroutine alone. More workers than cores is fine
// where items wait. Never more workers start than there are items.
func Workers(n int) Option { return func(o *options) { o.workers = max(n, -1) } }

// Chunk fixes how many items a worker takes at a time; 0 (the default) lets
// the time the items take decide. It has no meaning with Workers(0).
func Chunk(n int) Option { return func(o *options) { o.chunk = max(n, 0) } }

// CollectErrors makes a run go on after an item failed: the error is then an
// *ItemErrors that holds the failures in item order. Without it the first
// failure cancels the items that have not started.
func CollectErrors() Option { return func(o *options) { o.collect = true } }

// Timeout ends the run d after its start with a *StopError that wraps
// context.DeadlineExceeded. Items in progress see their context cancelled and
// have 200 ms to return; a goroutine that stays longer is given up (Go cannot
// end it) and its chunk is named in StopError.Running. With Workers(0) an
// item that never returns can't be given up. d <= 0 means no limit.
func Timeout(d time.Duration) Option { return func(o *options) { o.timeout = d } }

// OnProgress has f called with the number of items finished (failed ones
// count) and the number of items, -1 when unknown: at most ten times a second,
// and once at the end. The calls come from the goroutine that started the run.
func OnProgress(f func(done, total int)) Option {
	return func(o *options) { o.progress = f }
}

// WorkerInit has f called once in every worker before its first item, with
// the worker's rank (0, 1, …). The value becomes Worker.State; if it has a
// method Close() or Close() error, it is closed when the worker ends. An error
// or a panic ends the run with an *InitError.
func WorkerInit(f func(rank int) (any, error)) Option {
	return func(o *options) { o.init = f }
}

// ItemText sets the function that describes an item in errors and reports. It
// may be called by several workers at once. Map and its kin have a default.
func ItemText(f func(i int) string) Option { return func(o *options) { o.itemText = f } }

// Each has f called with the index of every item that succeeded, after the
// item, never at two places at once, in the order items finish. A panic in it
// is the item's failure. Items then run one a call of a Range body, which
// costs about 30 ns an item.
func Each(f func(i int)) Option { return func(o *options) { o.each = f } }

// Tiers as they stand in reports.
const (
	TierCompiled    = "compiled"
	TierInterpreted = "interpreted"
)

// Tier sets what the report says the items ran on; the default is "compiled".
func Tier(name string) Option { return func(o *options) { o.tier = name } }

// WithReport has *r filled with what the run measured, whether it fails or
// not. A Vectorizer that runs in several goroutines at once must be given it a
// call at a time; see Vectorizer.ProcessReport.
func WithReport(r *Report) Option { return func(o *options) { o.report = r } }

func (o *options) chunkName() string {
	if o.chunk == 0 {
		return "auto"
	}
	return strconv.Itoa(o.chunk)
}

// describe gives ItemError.Item and LongestItem.ItemText; a describer that
// panics must not hide the failure it describes.
func (o *options) describe(i int) (text string) {
	if o.itemText == nil {
		return ""
	}
	defer func() {
		if v := recover(); v != nil {
			text = fmt.Sprintf("no description: panic: %v", v)
		}
	}()
	return o.itemText(i)
}
