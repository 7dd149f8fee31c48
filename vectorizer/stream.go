package vectorizer

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Stream maps a sequence of any length on several workers, in bounded memory:
// at most four items a worker are between seq and the loop that takes the
// results, which come in the order of the items.
//
//	for page, err := range vectorizer.Stream(ctx, urls, fetch) { … }
//
// An item that fails gives an *ItemError in its place; without CollectErrors it
// is the last. A *StopError, an *InitError, a *CloseError or a *SourceError
// comes last, with a zero result. seq runs in a goroutine of its own and is
// asked to stop when the loop ends; the loop's end waits until seq yields or
// returns, so a sequence that reads from a channel should be FromChan's. With
// Workers(0) everything runs in the calling goroutine. Chunk has no meaning
// here; an item costs about 1 µs. The result may be ranged over repeatedly and
// from many goroutines if seq may.
func Stream[T, R any](ctx context.Context, seq iter.Seq[T], f func(context.Context, T) (R, error), opts ...Option) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		s := newStream(ctx, f, newOptions(opts))
		defer s.release()
		if s.options.workers == 0 {
			s.inlineLoop(seq, yield)
			return
		}
		s.loop(seq, yield)
	}
}

// FromChan is the values of ch until it is closed or ctx ends. Give it to
// Stream with a context that is cancelled when the loop is left.
func FromChan[T any](ctx context.Context, ch <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case v, ok := <-ch:
				if !ok || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// A SourceError is a sequence that panicked or called runtime.Goexit.
type SourceError struct {
	Err   error
	Stack []byte // of a panic
}

func (e *SourceError) Error() string { return fmt.Sprintf("the sequence of items: %v", e.Err) }
func (e *SourceError) Unwrap() error { return e.Err }

// A slot is the way of one item from the sequence to the loop; slots are used
// again, which bounds the memory.
type slot[T, R any] struct {
	index int
	item  T
	out   R
	err   error
	done  chan struct{} // holds one token when out and err are there
}

// A streaming is a run whose items come from a sequence. Its channels have
// room for all slots, so only taking a free one ever blocks.
type streaming[T, R any] struct {
	*run
	f       func(context.Context, T) (R, error)
	outer   context.Context // the caller's
	release func()
	free    chan *slot[T, R]
	order   chan *slot[T, R] // in item order, for the loop
	jobs    chan *slot[T, R] // for the workers
	source  error            // why seq ended early; set before order is closed
	count   int              // results taken by the loop
	told    time.Time        // of the last progress report
}

func newStream[T, R any](ctx context.Context, f func(context.Context, T) (R, error), o options) *streaming[T, R] {
	o.wantCtx = true
	if o.workers < 0 {
		o.workers = defaultWorkers(ctx)
	}
	r := &run{options: o, n: -1, hooks: currentHooks(), began: time.Now()}
	r.stopC = r.hooks.stopChannel()
	s := &streaming[T, R]{run: r, f: f, outer: ctx, told: r.began}
	s.release = r.setContext(ctx)
	for rank := range max(1, o.workers) {
		r.workers = append(r.workers, &Worker{Rank: rank, r: r})
	}
	return s
}

// loop is the consumer's side of a stream.
func (s *streaming[T, R]) loop(seq iter.Seq[T], yield func(R, error) bool) {
	room := 4 * len(s.workers)
	s.free = make(chan *slot[T, R], room)
	s.order = make(chan *slot[T, R], room)
	s.jobs = make(chan *slot[T, R], room)
	for range room {
		s.free <- &slot[T, R]{done: make(chan struct{}, 1)}
	}
	s.ended = make(chan struct{})
	s.live.Store(int32(len(s.workers) + 1))
	s.start(func() { s.feed(seq) })
	for _, w := range s.workers {
		s.start(func() { s.work(w) })
	}
	asked := true // the loop still wants results
	defer func() { s.finish(asked, yield) }()
	for {
		sl, ok := s.receive()
		if !ok {
			return
		}
		s.count++
		failed := sl.err != nil
		asked = false // for a panic or a Goexit in yield
		asked = yield(sl.out, sl.err)
		if !asked || failed && !s.collect {
			asked = false
			return
		}
		s.recycle(sl)
		s.tellNow(false)
	}
}

// receive waits for the next result in order; false: the stream is over.
func (s *streaming[T, R]) receive() (*slot[T, R], bool) {
	select {
	case sl, ok := <-s.order:
		if !ok {
			return nil, false
		}
		select {
		case <-sl.done:
			return sl, true
		case <-s.ctx.Done():
		case <-s.stopC:
			s.stop(ErrInterrupted)
		}
	case <-s.ctx.Done():
	case <-s.stopC:
		s.stop(ErrInterrupted)
	}
	s.stop(context.Cause(s.ctx))
	return nil, false
}

func (s *streaming[T, R]) recycle(sl *slot[T, R]) {
	*sl = slot[T, R]{done: sl.done}
	s.free <- sl
}

// finish stops what still runs, waits for it, and yields the last error.
func (s *streaming[T, R]) finish(asked bool, yield func(R, error) bool) {
	s.mu.Lock()
	cause := s.cause
	s.mu.Unlock()
	s.stop(nil)
	var giveUp <-chan time.Time
	if wait, ok := s.patience(cause); ok {
		t := time.NewTimer(wait)
		defer t.Stop()
		giveUp = t.C
	}
	select {
	case <-s.ended:
		if cause == nil && asked {
			cause = s.source
		}
	case <-giveUp:
	}
	s.conclude(asked, cause, yield)
}

// conclude reports and yields what ended the stream, if not its last item.
func (s *streaming[T, R]) conclude(asked bool, cause error, yield func(R, error) bool) {
	s.tellNow(true)
	if s.report != nil {
		s.n = s.count
		s.fill(s.report, time.Since(s.began), 0, 0)
	}
	if !asked {
		return
	}
	var zero R
	switch cause.(type) {
	case nil:
	case *InitError, *SourceError:
		asked = yield(zero, cause)
	default:
		failed := int(s.fails.total.Load())
		asked = yield(zero, &StopError{
			Err: cause, Done: s.count - min(s.count, failed), Failed: failed, Items: -1, After: time.Since(s.began),
		})
	}
	s.mu.Lock()
	others := s.others
	s.mu.Unlock()
	for _, err := range others {
		asked = asked && yield(zero, err)
	}
}

func (s *streaming[T, R]) tellNow(last bool) {
	if s.progress == nil || !last && time.Since(s.told) < 100*time.Millisecond {
		return
	}
	s.told = time.Now()
	s.progress(s.count, -1)
}

// feed runs the sequence and hands its items out.
func (s *streaming[T, R]) feed(seq iter.Seq[T]) {
	returned := false
	defer func() {
		if v := recover(); v != nil {
			s.source = &SourceError{Err: &PanicError{v}, Stack: panicStack()}
		} else if !returned {
			s.source = &SourceError{Err: ErrGoexit}
		}
		close(s.order)
		close(s.jobs)
		s.left()
	}()
	index := 0
	for item := range seq {
		select {
		case sl := <-s.free:
			sl.index, sl.item = index, item
			s.order <- sl
			s.jobs <- sl
			index++
		case <-s.ctx.Done():
			returned = true
			return
		}
	}
	s.source = s.cutShort()
	returned = true
}

// cutShort returns why a sequence that has ended had more to give, if the
// context says so: FromChan ends with it.
func (s *streaming[T, R]) cutShort() error {
	if s.outer.Err() == nil {
		return nil
	}
	return context.Cause(s.outer)
}

// left ends one of the stream's goroutines.
func (s *streaming[T, R]) left() {
	if s.live.Add(-1) == 0 {
		close(s.ended)
	}
}

// work is a worker's life; a Goexit in an item makes another goroutine go on.
func (s *streaming[T, R]) work(w *Worker) {
	defer func() {
		if w.successor {
			w.successor = false
			s.start(func() { s.work(w) })
			return
		}
		s.left()
	}()
	defer w.closeState()
	if !w.ready && !w.initState() {
		return
	}
	for sl := range s.jobs {
		if s.stopped.Load() {
			return
		}
		s.runSlot(w, sl)
	}
}

// runSlot runs one item; its failure, whatever kind, is the slot's error.
func (s *streaming[T, R]) runSlot(w *Worker, sl *slot[T, R]) {
	start := time.Since(s.began)
	returned := false
	w.Index = sl.index
	defer func() {
		if v := recover(); v != nil {
			s.fail(w, sl, &PanicError{v}, panicStack())
		} else if !returned {
			s.fail(w, sl, ErrGoexit, nil)
			w.successor = !s.stopped.Load()
		}
		w.book(sl.index, sl.err == nil, start, time.Since(s.began))
		sl.done <- struct{}{}
	}()
	out, err := s.f(s.ctx, sl.item)
	if err != nil {
		s.fail(w, sl, err, nil)
	} else {
		sl.out = out
		if s.each != nil {
			s.eachLocked(sl.index)
		}
	}
	returned = true
}

func (s *streaming[T, R]) eachLocked(i int) {
	s.each1.Lock()
	defer s.each1.Unlock()
	s.each(i)
}

func (s *streaming[T, R]) fail(w *Worker, sl *slot[T, R], err error, stack []byte) {
	text := textOf(sl.item)
	if s.itemText != nil {
		text = s.describe(sl.index)
	}
	var zero R
	sl.out = zero
	sl.err = &ItemError{Index: sl.index, Item: text, Err: err, Stack: stack, Worker: w.Rank}
	s.fails.total.Add(1)
}

// book adds one item that ran alone to the worker's figures.
func (w *Worker) book(index int, ok bool, start, end time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy += end - start
	w.chunks++
	w.end = end
	if ok {
		w.done++
	}
	if w.r.measure {
		w.timeline.add(start, end, index, index+1)
		w.longest.add(index, 1, true, start, end-start)
	}
}

// inlineLoop is a stream with Workers(0).
func (s *streaming[T, R]) inlineLoop(seq iter.Seq[T], yield func(R, error) bool) {
	w := s.workers[0]
	asked := true
	var cause error
	defer func() { s.conclude(asked, cause, yield) }()
	defer w.closeState()
	if !w.initState() {
		cause = s.cause
		return
	}
	sl := &slot[T, R]{done: make(chan struct{}, 1)}
	for item := range seq {
		if s.poll(); s.stopped.Load() {
			cause = s.cause
			return
		}
		*sl = slot[T, R]{index: s.count, item: item, done: sl.done}
		s.runSlot(w, sl)
		<-sl.done
		s.count++
		asked = false
		asked = yield(sl.out, sl.err)
		if !asked || sl.err != nil && !s.collect {
			asked = false
			return
		}
		s.tellNow(false)
	}
	if cause = s.cutShort(); cause != nil {
		s.stop(cause)
	}
}
