package vectorizer

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Range runs body over the items 0 … n-1 on several workers and returns when
// all of them are done. body(w, lo, hi) runs the items lo … hi-1, in order:
//
//	func(w *vectorizer.Worker, lo, hi int) {
//		for i := lo; i < hi; i++ {
//			if w.Stopped() { // where items are long
//				return
//			}
//			w.Index = i
//			if err := f(i); err != nil && w.Fail(err) {
//				return
//			}
//		}
//	}
//
// Every item is run by exactly one worker; a body that stores results at the
// item's index needs no lock. Chunks are taken by range work-stealing: each
// worker owns a contiguous part and takes chunks of about 100 µs from its
// front; who has nothing left takes half of the longest rest. A panic or a
// Goexit in body is the failure of item w.Index, and only of that one.
//
// The report is never nil. The error is an *ItemError (the failure of the
// lowest index that was seen), an *ItemErrors with CollectErrors, a *StopError
// when ctx or Timeout ended the run before the last item, an *InitError, a
// *CloseError, or several of them joined. Range may be called from many
// goroutines, and from inside a body. It costs about 4 µs and 15 allocations,
// and 0.1 µs a chunk.
func Range(ctx context.Context, n int, body func(w *Worker, lo, hi int), opts ...Option) (*Report, error) {
	o := newOptions(opts)
	o.measure, o.wantCtx = true, true
	if o.report == nil {
		o.report = new(Report)
	}
	_, err := execute(ctx, n, body, o)
	return o.report, err
}

// target is the time one chunk should take.
const target = 100 * time.Microsecond

// grace is what items in progress have to return after a timeout.
const grace = 200 * time.Millisecond

// A run is one execution of a body over [0, n).
type run struct {
	options
	n       int
	body    func(w *Worker, lo, hi int)
	ctx     context.Context
	cancel  context.CancelCauseFunc // nil when nobody can see the context end
	hooks   Hooks
	stopC   <-chan struct{} // Hooks.Stop's channel
	began   time.Time
	workers []*Worker
	live    atomic.Int32  // worker goroutines that have not ended
	ended   chan struct{} // closed by the last of them
	stopped atomic.Bool
	fails   failures

	steal sync.Mutex // one thief at a time; see Worker.rob
	each1 sync.Mutex // serialises each

	mu     sync.Mutex
	cause  error // why the run was stopped, unless an item failed
	others []error
	halts  []func()
	gaveUp bool // the workers still running were abandoned
}

// execute is behind Range and Map. It returns the chunks that were abandoned:
// a caller that shares memory with body must not touch their items again.
func execute(ctx context.Context, n int, body func(w *Worker, lo, hi int), o options) (abandoned []ItemRange, err error) {
	r := &run{options: o, n: max(n, 0), body: body, hooks: currentHooks()}
	r.stopC = r.hooks.stopChannel()
	release := r.setContext(ctx)
	defer release()
	started := r.makeWorkers(ctx)
	var cpu, starved time.Duration
	if o.measure {
		starved, cpu = processStarved(), processCPU()
	}
	r.began = time.Now()
	switch {
	case r.n == 0:
	case r.options.workers == 0:
		r.inline()
	default:
		r.parallel(started)
	}
	wall := time.Since(r.began)
	if o.measure {
		cpu, starved = processCPU()-cpu, max(processStarved()-starved, 0) // a thread that ended takes its count along
	}
	done, abandoned := r.finished()
	if r.progress != nil && r.n > 0 {
		r.tell()
	}
	if o.report != nil {
		r.fill(o.report, wall, cpu, starved)
	}
	return abandoned, r.err(done, wall, abandoned)
}

// setContext derives the run's context where anyone needs one.
func (r *run) setContext(ctx context.Context) (release func()) {
	r.ctx = ctx
	if !r.wantCtx && r.timeout <= 0 {
		return func() {}
	}
	endTimeout := context.CancelFunc(func() {})
	if r.timeout > 0 {
		ctx, endTimeout = context.WithTimeoutCause(ctx, r.timeout, errTimeout(r.timeout))
	}
	r.ctx, r.cancel = context.WithCancelCause(withRun(ctx, r))
	return func() { r.cancel(nil); endTimeout() }
}

// parallel starts the workers, watches over them, and waits for them.
func (r *run) parallel(started int) {
	if r.poll(); r.stopped.Load() {
		return
	}
	r.ended = make(chan struct{})
	r.live.Store(int32(started))
	for _, w := range r.workers[:started] {
		r.start(w.main)
	}
	r.wait()
}

// start starts a goroutine of the run. If the run has stopped in between, the
// goroutine is halted like those before it.
func (r *run) start(fn func()) {
	halt := r.hooks.launch(fn)
	if halt == nil {
		return
	}
	r.mu.Lock()
	r.halts = append(r.halts, halt)
	r.mu.Unlock()
	if r.stopped.Load() {
		halt()
	}
}

// wait returns when the last worker has ended, or when the workers that stay
// after a timeout are given up. A panic in the progress function stops the run
// before it goes on to the caller.
func (r *run) wait() {
	returned := false
	defer func() {
		if !returned {
			r.stop(ErrInterrupted)
			<-r.ended
		}
	}()
	var tick, giveUp <-chan time.Time
	if r.progress != nil {
		t := time.NewTicker(100 * time.Millisecond)
		defer t.Stop()
		tick = t.C
	}
	ctxDone, stopC := r.ctx.Done(), r.stopC
	for !returned {
		select {
		case <-r.ended:
			returned = true
		case <-giveUp:
			r.abandon()
			returned = true
		case <-ctxDone:
			ctxDone = nil
			cause := context.Cause(r.ctx)
			r.stop(cause)
			if wait, ok := r.patience(cause); ok {
				t := time.NewTimer(wait)
				defer t.Stop()
				giveUp = t.C
			}
		case <-stopC:
			stopC = nil
			r.stop(ErrInterrupted)
		case <-tick:
			r.tell()
		}
	}
}

// patience says how long the workers of a run that ended for cause are waited
// for; without a timeout, for ever.
func (r *run) patience(cause error) (wait time.Duration, limited bool) {
	if errors.Is(cause, errTimeout(0)) {
		return grace, true
	}
	return r.timeout + grace - time.Since(r.began), r.timeout > 0
}

// stop ends the run: no item starts any more, and items in progress are asked
// to end. cause is nil when an item failed. It reports whether it was first.
func (r *run) stop(cause error) bool {
	r.mu.Lock()
	first := r.stopped.CompareAndSwap(false, true)
	if first {
		r.cause = cause
	}
	halts := r.halts
	r.halts = nil
	r.mu.Unlock()
	if first && r.cancel != nil {
		r.cancel(cause)
	}
	for _, halt := range halts {
		halt()
	}
	return first
}

// abandon gives the workers up that still run: the caller will have its items
// and results back, so they must not be looked at any more.
func (r *run) abandon() {
	r.mu.Lock()
	r.gaveUp = true
	r.mu.Unlock()
}

func (r *run) abandoned() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.gaveUp
}

// poll is how a run notices its end before its start, and where it has no
// coordinating goroutine.
func (r *run) poll() {
	select {
	case <-r.stopC:
		r.stop(ErrInterrupted)
	default:
		if r.ctx.Err() != nil {
			r.stop(context.Cause(r.ctx))
		}
	}
}

// inline is Workers(0): everything in the calling goroutine.
func (r *run) inline() {
	w := r.workers[0]
	w.inline = true
	r.live.Store(1)
	r.ended = make(chan struct{})
	w.main()
}

// tell reports progress.
func (r *run) tell() {
	done, _ := r.finished()
	r.progress(done+int(r.fails.total.Load()), r.n)
}

// finished counts the items done and, once the run gave up, lists the chunks
// that workers still hold.
func (r *run) finished() (done int, held []ItemRange) {
	gaveUp := r.abandoned()
	for _, w := range r.workers {
		w.mu.Lock()
		done += w.done
		if gaveUp && w.curLo < w.curHi {
			held = append(held, ItemRange{w.curLo, w.curHi})
		}
		w.mu.Unlock()
	}
	return done, held
}

// err puts together what went wrong.
func (r *run) err(done int, wall time.Duration, abandoned []ItemRange) error {
	r.mu.Lock()
	cause, others := r.cause, r.others
	r.mu.Unlock()
	failed := int(r.fails.total.Load())
	var errs []error
	if cause != nil && done+failed < r.n && !isInit(cause) {
		errs = append(errs, &StopError{Err: cause, Done: done, Failed: failed, Items: r.n, After: wall, Running: abandoned})
	} else if isInit(cause) {
		errs = append(errs, cause)
	}
	if items := r.fails.sorted(); len(items) > 0 {
		if r.collect {
			errs = append(errs, &ItemErrors{Errors: items, Total: failed})
		} else {
			errs = append(errs, items[0])
		}
	}
	errs = append(errs, others...)
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

func isInit(err error) bool {
	_, ok := err.(*InitError)
	return ok
}

// errTimeout is the cause of a run that hit its Timeout.
type errTimeout time.Duration

func (e errTimeout) Error() string {
	return "timeout of " + time.Duration(e).String() + " exceeded"
}

func (errTimeout) Is(target error) bool {
	_, ok := target.(errTimeout)
	return ok || target == context.DeadlineExceeded
}
