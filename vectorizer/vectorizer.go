package vectorizer

import (
	"context"
	"iter"
)

// A Vectorizer is a function with the way it is to be run; see New. It has no
// state: any number of goroutines may use it at once, f itself included.
type Vectorizer[T, R any] struct {
	body mapper[T, R]
	one  func(context.Context, T) (R, error)
	opts []Option
}

// New makes a Vectorizer of f:
//
//	tokens, err := vectorizer.New(tokenize, vectorizer.Workers(4)).Process(texts)
//
// The error is never nil when an item panicked; a program that cannot go on
// then may ignore the results, which are zero where items did not finish.
func New[T, R any](f func(T) R, opts ...Option) *Vectorizer[T, R] {
	one := func(_ context.Context, item T) (R, error) { return f(item), nil }
	return &Vectorizer[T, R]{body: plain(f), one: one, opts: opts}
}

// NewErr is New for functions that can fail; see MapErr and NoContext.
func NewErr[T, R any](f func(context.Context, T) (R, error), opts ...Option) *Vectorizer[T, R] {
	opts = append([]Option{func(o *options) { o.wantCtx = true }}, opts...)
	return &Vectorizer[T, R]{body: fallible(f), one: f, opts: opts}
}

// Process is Map with the background context.
func (v *Vectorizer[T, R]) Process(items []T) ([]R, error) {
	return v.ProcessContext(context.Background(), items)
}

// ProcessContext is Map: the results in the order of the items.
func (v *Vectorizer[T, R]) ProcessContext(ctx context.Context, items []T) ([]R, error) {
	return mapWith(ctx, items, newOptions(v.opts), v.body)
}

// ProcessReport is ProcessContext that also returns what was measured. The
// report is never nil.
func (v *Vectorizer[T, R]) ProcessReport(ctx context.Context, items []T) ([]R, *Report, error) {
	o := newOptions(v.opts)
	o.report, o.measure = new(Report), true
	out, err := mapWith(ctx, items, o, v.body)
	return out, o.report, err
}

// Stream maps a sequence of any length, without an end too, in bounded memory:
// see the package function Stream.
func (v *Vectorizer[T, R]) Stream(ctx context.Context, seq iter.Seq[T]) iter.Seq2[R, error] {
	return Stream(ctx, seq, v.one, v.opts...)
}
