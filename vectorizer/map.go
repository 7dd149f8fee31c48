package vectorizer

import "context"

// Map calls f for every item on several workers and returns the results in the
// order of the items: out[i] is f(items[i]).
//
// On an error (see Range) the results of items that were not finished are
// zero; out always has the length of items. Map may be called from many
// goroutines at once and from inside f. It costs one allocation more than
// Range does, and a few nanoseconds an item.
func Map[T, R any](ctx context.Context, items []T, f func(T) R, opts ...Option) (out []R, err error) {
	return mapWith(ctx, items, newOptions(opts), plain(f))
}

// MapErr is Map for functions that can fail. The context f is given ends when
// the run does: on the first error (unless CollectErrors), on a timeout, with
// ctx. For f without a context see NoContext.
func MapErr[T, R any](ctx context.Context, items []T, f func(context.Context, T) (R, error), opts ...Option) (out []R, err error) {
	o := newOptions(opts)
	o.wantCtx = true
	return mapWith(ctx, items, o, fallible(f))
}

// MapInit is MapErr with state of each worker's own: init is called once per
// worker, with its rank 0, 1, …, and what it returns is the last argument of
// every call f has in that worker. If S has a method Close, the state is closed
// when the worker ends.
func MapInit[T, R, S any](ctx context.Context, items []T, init func(rank int) (S, error), f func(context.Context, T, S) (R, error), opts ...Option) (out []R, err error) {
	o := newOptions(opts)
	o.wantCtx = true
	o.init = func(rank int) (any, error) { return init(rank) }
	return mapWith(ctx, items, o, func(items []T, out []R) func(w *Worker, lo, hi int) {
		return func(w *Worker, lo, hi int) {
			ctx := w.Context()
			s, _ := w.State.(S) // not ok: S is an interface type, and nil
			for i := lo; i < hi && !w.Stopped(); i++ {
				w.Index = i
				if r, err := f(ctx, items[i], s); err == nil {
					out[i] = r
				} else if w.Fail(err) {
					return
				}
			}
		}
	})
}

// ForEach calls f for every item on several workers; see MapErr.
func ForEach[T any](ctx context.Context, items []T, f func(context.Context, T) error, opts ...Option) error {
	o := newOptions(opts)
	o.wantCtx = true
	describeItems(&o, items)
	_, err := execute(ctx, len(items), func(w *Worker, lo, hi int) {
		ctx := w.Context()
		for i := lo; i < hi && !w.Stopped(); i++ {
			w.Index = i
			if err := f(ctx, items[i]); err != nil && w.Fail(err) {
				return
			}
		}
	}, o)
	return err
}

// NoContext makes a function that does not care about a context fit MapErr,
// ForEach and NewErr's argument: MapErr(ctx, words, NoContext(strconv.Atoi)).
func NoContext[T, R any](f func(T) (R, error)) func(context.Context, T) (R, error) {
	return func(_ context.Context, item T) (R, error) { return f(item) }
}

// A mapper makes the body that maps items into out.
type mapper[T, R any] func(items []T, out []R) func(w *Worker, lo, hi int)

func plain[T, R any](f func(T) R) mapper[T, R] {
	return func(items []T, out []R) func(w *Worker, lo, hi int) {
		return func(w *Worker, lo, hi int) {
			stopped, in := &w.r.stopped, items[lo:hi]
			out := out[lo:hi][:len(in)]
			for i := range in {
				if stopped.Load() {
					return
				}
				w.Index = lo + i
				out[i] = f(in[i])
			}
		}
	}
}

func fallible[T, R any](f func(context.Context, T) (R, error)) mapper[T, R] {
	return func(items []T, out []R) func(w *Worker, lo, hi int) {
		return func(w *Worker, lo, hi int) {
			ctx := w.Context()
			for i := lo; i < hi && !w.Stopped(); i++ {
				w.Index = i
				if r, err := f(ctx, items[i]); err == nil {
					out[i] = r
				} else if w.Fail(err) {
					return
				}
			}
		}
	}
}

// mapWith runs a mapper. Where workers had to be given up, the results are a
// copy without the chunks those still write to.
func mapWith[T, R any](ctx context.Context, items []T, o options, m mapper[T, R]) ([]R, error) {
	describeItems(&o, items)
	out := make([]R, len(items))
	abandoned, err := execute(ctx, len(items), m(items, out), o)
	if len(abandoned) == 0 {
		return out, err
	}
	held := make([]bool, len(items))
	for _, r := range abandoned {
		for i := r.Lo; i < r.Hi; i++ {
			held[i] = true
		}
	}
	own := make([]R, len(items))
	for i := range own {
		if !held[i] {
			own[i] = out[i]
		}
	}
	return own, err
}

func describeItems[T any](o *options, items []T) {
	if o.itemText == nil {
		o.itemText = func(i int) string { return textOf(items[i]) }
	}
}
