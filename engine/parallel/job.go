package parallel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

// Settings are the options of the magic, given by the engine for one job.
// The zero value means: every core, automatic chunks, stop at the first error.
type Settings struct {
	Context  context.Context // its end stops the run; nil means none
	Workers  []int           // one number, or several with Compare; nil: every core
	Chunk    int             // items at a time; 0: automatic
	Collect  bool            // go on after an item failed
	Timeout  time.Duration   // 0: none
	Progress func(done, total int)
	Compare  bool // run sequentially and with each number of workers
	Trial    bool // with Compare: put everything back afterwards
	Repeat   int  // runs each with Compare; 0 means 3
	// Mute is called with true before runs whose prints must not be seen and
	// with false after them. nil: prints stay.
	Mute func(bool)
	// Report receives what was measured, also when the run failed.
	Report func(*vectorizer.Report)
}

var provider atomic.Pointer[func(key string) *Settings]

// Provide sets where jobs get their settings from: f is called once a job, in
// the goroutine that begins it, with the key that loops.Input.Key gave it. It
// may return nil for the defaults.
func Provide(f func(key string) *Settings) { provider.Store(&f) }

// A Job is one execution of a rewritten loop. Only Lock, Part and Unlock may
// be called from several goroutines.
type Job struct {
	Reset      func()                                 // before every run; may be nil
	Body       func(w *vectorizer.Worker, lo, hi int) // runs the items lo … hi-1
	Fold       func()                                 // puts the results of a run together; may be nil
	Commit     func()                                 // once, after the last run: sends; may be nil
	Sequential func()                                 // the loop as it was written; needed to compare
	Text       func(i int) string                     // describes an item
	Each       func(i int)                            // after every item; may be nil
	Init       func(rank int) (any, error)            // once a worker; may be nil
	Index      int                                    // the item Sequential is at

	key string
	set Settings
	sync.Mutex
	parts   []int // the first item of every part, in the order the parts came
	own     indices
	blocks  []int // sizes
	lines   []line
	fixed   []int
	sizes   []int // of parts
	skip    *int  // the index whose item does nothing
	unfit   error // what was taken for granted, and does not hold
	regions []region
	saves   []*memory
	fills   []*variable
	report  *vectorizer.Report
	held    []vectorizer.ItemRange
	interp  *interpreted // nil: compiled
}

// Begin starts a job with the settings the engine has for key.
func Begin(key string) *Job {
	j := &Job{key: key, own: indices{step: 1}}
	if f := provider.Load(); f != nil {
		if s := (*f)(key); s != nil {
			j.set = *s
		}
	}
	if j.set.Context == nil {
		j.set.Context = context.Background()
	}
	return j
}

// Part records that the chunk that starts at item lo adds its results to the
// lists of the job now. The job must be locked.
func (j *Job) Part(lo int) { j.parts = append(j.parts, lo) }

// Parts gives the numbers of the parts in the order of their items.
func (j *Job) Parts() []int {
	out := make([]int, len(j.parts))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(j.parts[a], j.parts[b]) })
	return out
}

// Done is closed when the job should stop gathering its items.
func (j *Job) Done() <-chan struct{} { return j.set.Context.Done() }

// Stop ends a job whose context has ended while items were gathered.
func (j *Job) Stop() { panic(&Failure{Err: context.Cause(j.set.Context)}) }

// Check stops the job if its context has ended.
func (j *Job) Check() {
	if j.set.Context.Err() != nil {
		j.Stop()
	}
}

// A Failure is what Run panics with: the loop's error, not a fault of the
// program. The engine shows Err as the cell's error.
type Failure struct {
	Err    error
	job    *Job
	stack  []byte             // of the loop
	report *vectorizer.Report // of the run that failed, may be nil
}

func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap gives Err.
func (f *Failure) Unwrap() error { return f.Err }

// Run runs the job over n items. It panics with a *Failure when an item
// fails, when the run is stopped, or when memory that is written turns out to
// be shared between items; what the loop fills is then as it was before.
func (j *Job) Run(n int) {
	if err := j.Try(n); err != nil {
		panic(&Failure{Err: err, job: j, report: j.report, stack: debug.Stack()})
	}
}

// Try is Run that returns the error of items and of the timeout; shared memory
// and the end of the context still panic.
func (j *Job) Try(n int) (err error) {
	n = max(n, 0)
	if in := j.interp; in != nil {
		defer func(at int) { *in.line = at }(*in.line)
	}
	if err := j.overlaps(n); err != nil {
		panic(&Failure{Err: err, stack: debug.Stack()})
	}
	if j.set.Compare && j.Sequential != nil {
		err = j.compare(n)
	} else {
		err = j.once(n)
	}
	if err != nil && j.set.Context.Err() != nil {
		panic(&Failure{Err: err, report: j.report})
	}
	if stop := new(vectorizer.StopError); errors.As(err, &stop) {
		j.held = stop.Running
	}
	return err
}

// Abandoned tells whether workers that did not return were given up: their
// items (see Held) must not be touched.
func (j *Job) Abandoned() bool { return len(j.held) > 0 }

// Held tells whether item i may still be worked on.
func (j *Job) Held(i int) bool {
	for _, r := range j.held {
		if r.Lo <= i && i < r.Hi {
			return true
		}
	}
	return false
}

// Fail ends the sequential run with the error of the item it is at.
func (j *Job) Fail(err error) { panic(itemFailure{err}) }

// An itemFailure is an item's error on its way out of Sequential.
type itemFailure struct{ err error }

// Close closes a worker's state, if it can be closed.
func Close(state any) {
	switch c := state.(type) {
	case interface{ Close() }:
		c.Close()
	case interface{ Close() error }:
		if err := c.Close(); err != nil {
			panic(err)
		}
	}
}

// once is the run without a comparison.
func (j *Job) once(n int) (err error) {
	j.save(n)
	kept := false
	defer func() {
		if !kept {
			j.restore()
		}
		j.deliver()
	}()
	if j.report, err = j.parallel(n, j.workers(), true); err != nil {
		return err
	}
	j.fold()
	kept = true
	if j.Commit != nil {
		j.Commit()
	}
	return nil
}

func (j *Job) workers() int {
	if len(j.set.Workers) == 0 {
		return -1
	}
	return j.set.Workers[len(j.set.Workers)-1]
}

func (j *Job) fold() {
	if j.Fold != nil {
		j.Fold()
	}
}

func (j *Job) deliver() {
	if j.set.Report != nil && j.report != nil {
		j.set.Report(j.report)
	}
}

// parallel is one run on the given number of workers, without the fold.
func (j *Job) parallel(n, workers int, main bool) (*vectorizer.Report, error) {
	j.parts = j.parts[:0]
	if j.Reset != nil {
		j.Reset()
	}
	opts := []vectorizer.Option{vectorizer.Workers(workers), vectorizer.Chunk(j.set.Chunk), vectorizer.Timeout(j.set.Timeout)}
	if j.set.Collect {
		opts = append(opts, vectorizer.CollectErrors())
	}
	if j.set.Progress != nil && main {
		opts = append(opts, vectorizer.OnProgress(j.set.Progress))
	}
	if j.Text != nil {
		opts = append(opts, vectorizer.ItemText(j.Text))
	}
	if j.Each != nil && main {
		opts = append(opts, vectorizer.Each(j.Each))
	}
	if j.Init != nil {
		opts = append(opts, vectorizer.WorkerInit(j.Init))
	}
	opts = append(opts, vectorizer.Tier(j.tier()))
	defer j.interp.forget()
	return vectorizer.Range(j.set.Context, n, j.guard(j.Body), opts...)
}

// sequential runs the loop as it was written.
func (j *Job) sequential() (err error) {
	defer func() {
		if v := recover(); v != nil {
			j.interp.failedAlone(j.Index)
			e := &vectorizer.ItemError{Index: j.Index}
			if f, ok := v.(itemFailure); ok {
				e.Err = f.err
			} else {
				e.Err, e.Stack = &vectorizer.PanicError{Value: v}, debug.Stack()
			}
			if j.Text != nil {
				e.Item = j.Text(j.Index)
			}
			err = e
		}
	}()
	j.Sequential()
	return nil
}

// Text describes an item: strings quoted, the rest as %v, cut at 60 letters.
func Text(v any) string {
	s, ok := v.(string)
	if ok {
		s = fmt.Sprintf("%q", cut(s))
	} else {
		s = cut(fmt.Sprintf("%v", v))
	}
	return s
}

func cut(s string) string {
	n := 0
	for i := range s {
		if n == 60 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
