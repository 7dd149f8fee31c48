package vectorizer

import (
	"context"
	"errors"
	"sync"
	"time"
)

// A Worker is one of the workers of a run. Its exported fields and methods
// are for the body it is passed to, in that goroutine only.
type Worker struct {
	Rank  int // 0 … workers-1
	Index int // the item in progress; the body sets it before each item
	State any // what WorkerInit returned

	r         *run
	failed    int           // failures in the chunk in progress
	completed int           // its items run to their end (failed ones included)
	eachErr   bool          // the item just run failed
	phase     phase         // what the goroutine is doing, for the deferred functions
	successor bool          // a Goexit was caught: another goroutine goes on
	ready     bool          // State is there
	inline    bool          // Workers(0)
	told      time.Duration // when an inline run last reported progress
	chunk     int           // items to take next
	pos       int           // the next item of the chunk in progress
	taken     int           // items of that chunk
	_         [128]byte

	mu         sync.Mutex
	lo, hi     int           // items owned, not yet taken
	curLo      int           // the chunk in progress
	curHi      int           // written by the worker only
	began      time.Duration // of that chunk, since the run's start
	done       int           // items finished without failure
	chunks     int           // chunks taken
	busy, init time.Duration // in items, in WorkerInit
	end        time.Duration // of the last chunk, since the run's start
	timeline   timeline
	longest    longest
	_          [128]byte
}

type phase uint8

const (
	idle phase = iota
	inInit
	inBody
	inClose
)

// Context is cancelled when the run stops. Runs a worker's body starts with it
// share the cores with the outer run; see Cores.
func (w *Worker) Context() context.Context { return w.r.ctx }

// Stopped tells whether the run was cancelled: the body should return without
// starting the item it would do next (that is, before it sets Index). It costs
// an atomic load.
func (w *Worker) Stopped() bool { return w.r.stopped.Load() }

// Fail records err as the failure of item w.Index. If it returns true the body
// must return at once. A nil error is ignored.
func (w *Worker) Fail(err error) (stop bool) {
	if err == nil {
		return w.Stopped()
	}
	return w.fail(err, false)
}

func (w *Worker) fail(err error, isPanic bool) (stop bool) {
	r := w.r
	w.eachErr = true
	if !isPanic && w.echoesCancel(err) {
		r.stop(context.Cause(r.ctx))
		w.completed--
		return true
	}
	w.failed++
	if r.stopped.Load() && r.abandoned() {
		return true
	}
	if r.fails.wants(w.Index) {
		e := &ItemError{Index: w.Index, Item: r.describe(w.Index), Err: err, Worker: w.Rank}
		if isPanic {
			e.Stack = panicStack()
		}
		r.fails.add(e)
	}
	if !r.collect {
		r.stop(nil)
	}
	return r.stopped.Load()
}

// echoesCancel recognises the error of an item that only failed because the
// run's context ended.
func (w *Worker) echoesCancel(err error) bool {
	ended := w.r.ctx.Err()
	return ended != nil && (errors.Is(err, ended) || errors.Is(err, context.Cause(w.r.ctx)))
}

// main is a worker's life. After a Goexit in a collecting run it is entered
// again by the goroutine that takes over.
func (w *Worker) main() {
	defer w.leave()
	defer w.closeState()
	if !w.ready && !w.initState() {
		return
	}
	for w.pos < w.curHi || w.next() {
		if w.r.each != nil {
			w.runEach()
		} else {
			w.call(w.pos, w.curHi)
		}
	}
}

func (w *Worker) leave() {
	if w.successor {
		w.successor = false
		w.r.start(w.main)
		return
	}
	if w.r.live.Add(-1) == 0 {
		close(w.r.ended)
	}
}

// next settles the chunk that ended and takes another one: from the front of
// the worker's own items, else from the back of somebody else's.
func (w *Worker) next() bool {
	if w.inline {
		w.r.poll()
	}
	for {
		now := time.Since(w.r.began)
		w.mu.Lock()
		w.settle(now)
		ok := !w.r.stopped.Load() && w.take(now)
		w.mu.Unlock()
		if w.inline && w.r.progress != nil && now-w.told >= 100*time.Millisecond {
			w.told = now
			w.r.tell()
		}
		if ok || w.r.stopped.Load() || !w.rob() {
			return ok
		}
	}
}

// take moves a chunk from the worker's own range into progress; w.mu is held.
func (w *Worker) take(now time.Duration) bool {
	left := w.hi - w.lo
	if left == 0 {
		return false
	}
	n := min(w.chunk, left)
	if w.r.options.chunk == 0 || w.inline {
		n = min(n, (left+1)/2) // leave something to steal
	}
	w.curLo, w.curHi, w.pos = w.lo, w.lo+n, w.lo
	w.lo += n
	w.taken, w.began = n, now
	w.failed, w.completed = 0, 0
	return true
}

// settle books the chunk that ended at now, and lets its duration decide the
// size of the next; w.mu is held.
func (w *Worker) settle(now time.Duration) {
	if w.taken == 0 {
		return
	}
	took := now - w.began
	w.busy += took
	w.chunks++
	w.end = now
	w.done += w.completed - w.failed
	if w.r.measure {
		w.timeline.add(w.began, now, w.curLo, w.curHi)
		w.longest.add(w.curLo, w.taken, w.r.options.chunk == 0, w.began, took)
	}
	if w.r.options.chunk == 0 || w.inline {
		w.adapt(took)
	}
	w.taken, w.curLo, w.curHi, w.pos = 0, 0, 0, 0
}

// adapt aims at chunks that take target: it doubles below half of it and
// shrinks in proportion above twice.
func (w *Worker) adapt(took time.Duration) {
	switch {
	case took < target/2 && w.taken >= w.chunk:
		w.chunk = min(2*w.chunk, 1<<30)
	case took > 2*target:
		w.chunk = max(1, int(float64(w.taken)*float64(target)/float64(took)))
	}
}

// rob takes half of the longest rest of another worker, from its back. One
// thief at a time: nobody may look for work while items are on their way.
func (w *Worker) rob() bool {
	r := w.r
	r.steal.Lock()
	defer r.steal.Unlock()
	for {
		var victim *Worker
		most := 0
		for _, v := range r.workers {
			v.mu.Lock()
			left := v.hi - v.lo
			v.mu.Unlock()
			if left > most {
				victim, most = v, left
			}
		}
		if victim == nil {
			return false
		}
		if lo, hi, ok := victim.giveHalf(max(r.options.chunk, 1)); ok {
			w.mu.Lock()
			w.lo, w.hi = lo, hi
			w.mu.Unlock()
			return true
		}
	}
}

// giveHalf cuts the back half of the worker's rest off, in whole chunks.
func (w *Worker) giveHalf(chunk int) (lo, hi int, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	left := w.hi - w.lo
	if left == 0 {
		return 0, 0, false
	}
	lo, hi = w.lo+left/2/chunk*chunk, w.hi
	w.hi = lo
	return lo, hi, true
}

// runEach runs the chunk in progress an item at a time, with each after it.
func (w *Worker) runEach() {
	for i, hi := w.pos, w.curHi; i < hi && !w.Stopped(); i++ {
		w.eachErr = false
		w.call(i, i+1)
		if !w.eachErr && !w.Stopped() {
			w.callEach(i)
		}
	}
	w.pos = w.curHi
}

// call runs body over items of the chunk in progress. Whatever happens, pos is
// afterwards the next item to run.
func (w *Worker) call(lo, hi int) {
	w.Index, w.phase = lo-1, inBody
	defer w.caught(lo, hi)
	w.r.body(w, lo, hi)
	w.phase = idle
	if w.r.stopped.Load() && w.Index < hi-1 {
		w.completed += w.Index + 1 - lo // it returned early
	} else {
		w.completed += hi - lo
	}
	w.pos = hi
}

func (w *Worker) callEach(i int) {
	w.Index, w.phase = i, inBody
	defer w.caught(i+1, i+1)
	w.r.each1.Lock()
	defer w.r.each1.Unlock()
	w.r.each(i)
	w.phase = idle
}

// caught is deferred around user code that runs items lo … hi-1: it turns a
// panic or a Goexit into the failure of the item in progress.
func (w *Worker) caught(lo, hi int) {
	if w.phase == idle {
		return
	}
	v := recover()
	w.phase = idle
	if lo < hi {
		w.Index = min(max(w.Index, lo), hi-1)
		w.completed += w.Index + 1 - lo
	}
	w.pos = w.Index + 1
	if v != nil {
		w.fail(&PanicError{v}, true)
		return
	}
	w.exited()
}

// exited handles a Goexit: nothing can keep this goroutine alive.
func (w *Worker) exited() {
	select {
	case <-w.r.stopC:
		w.r.stop(ErrInterrupted)
	default:
	}
	if w.r.stopped.Load() {
		w.completed-- // halted, or gone together with the run: no failure
	} else {
		w.fail(ErrGoexit, false)
	}
	w.successor = !w.r.stopped.Load() && !w.inline
	if !w.successor {
		w.r.stop(ErrInterrupted)
	}
}

// initState calls the worker's init; false: the run is over.
func (w *Worker) initState() (ok bool) {
	w.ready = true
	if w.r.options.init == nil {
		return true
	}
	var err error
	w.phase = inInit
	defer func() {
		e := &InitError{Rank: w.Rank, Err: err}
		if w.phase == inInit {
			if v := recover(); v != nil {
				e.Err, e.Stack = &PanicError{v}, panicStack()
			} else {
				e.Err = ErrGoexit
			}
		}
		w.phase = idle
		if ok = e.Err == nil; !ok {
			w.State = nil
			w.r.stop(e)
		}
	}()
	start := time.Now()
	w.State, err = w.r.options.init(w.Rank)
	w.phase = idle
	w.mu.Lock()
	w.init = time.Since(start)
	w.mu.Unlock()
	return true
}

// closeState books the last chunk and closes the worker's state; an error, a
// panic or a Goexit in Close is a CloseError.
func (w *Worker) closeState() {
	if w.successor {
		return
	}
	w.mu.Lock()
	w.settle(time.Since(w.r.began))
	w.mu.Unlock()
	if !w.inline && w.r.hooks.Spare != nil {
		w.r.hooks.Spare()
	}
	var err error
	w.phase = inClose
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v}
		} else if w.phase == inClose {
			err = ErrGoexit
		}
		if err != nil {
			w.r.mu.Lock()
			w.r.others = append(w.r.others, &CloseError{Rank: w.Rank, Err: err})
			w.r.mu.Unlock()
		}
	}()
	switch c := w.State.(type) {
	case interface{ Close() error }:
		err = c.Close()
	case interface{ Close() }:
		c.Close()
	}
	w.phase = idle
}
