package server

import (
	"context"
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/engine/wire"
	"github.com/goblaze/goblaze/vectorizer"
)

func init() { makers["vectorize"] = makeVectorize }

// makeVectorize makes a function of package vectorizer for items and a function
// of types that only interpreted code knows: func(ctx, items, f, options…),
// with the results of the one that h.Text names. The types are those of items,
// of f and, where there are results, of these.
func makeVectorize(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if len(ts) < 2 || ts[0].Kind() != reflect.Slice || ts[1].Kind() != reflect.Func {
		return reflect.Value{}, fmt.Errorf("%s of %v", h.Text, ts)
	}
	in := []reflect.Type{reflect.TypeFor[context.Context](), ts[0], ts[1], reflect.TypeFor[[]vectorizer.Option]()}
	out := []reflect.Type{reflect.TypeFor[error]()}
	if len(ts) == 3 {
		out = []reflect.Type{ts[2], out[0]}
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, true), func(args []reflect.Value) []reflect.Value {
		m := mapping{items: args[1], f: args[2], context: ts[1].NumIn() == 2}
		if len(ts) == 3 {
			m.results = reflect.MakeSlice(ts[2], args[1].Len(), args[1].Len())
		}
		ctx, _ := args[0].Interface().(context.Context)
		err := m.run(ctx, args[3].Interface().([]vectorizer.Option))
		failed := reflect.Zero(reflect.TypeFor[error]())
		if err != nil {
			failed = reflect.ValueOf(&err).Elem()
		}
		if len(ts) == 3 {
			return []reflect.Value{m.results, failed}
		}
		return []reflect.Value{failed}
	}), nil
}

// A mapping is one call.
type mapping struct {
	items, f, results reflect.Value
	context           bool // f's first parameter is the item's context
}

func (m *mapping) run(ctx context.Context, opts []vectorizer.Option) error {
	if ctx == nil {
		ctx = context.Background()
	}
	index := make([]int, m.items.Len())
	for i := range index {
		index[i] = i
	}
	opts = append([]vectorizer.Option{vectorizer.Tier(vectorizer.TierInterpreted), vectorizer.ItemText(func(i int) string {
		return parallel.Text(m.items.Index(i).Interface())
	})}, opts...)
	err := vectorizer.ForEach(ctx, index, m.item, opts...)
	if err != nil && m.results.IsValid() { // an item that was given up may still write
		own := reflect.MakeSlice(m.results.Type(), m.results.Len(), m.results.Len())
		reflect.Copy(own, m.results)
		m.results = own
	}
	return err
}

// item runs one item.
func (m *mapping) item(ctx context.Context, i int) error {
	args := []reflect.Value{m.items.Index(i)}
	if m.context {
		args = []reflect.Value{reflect.ValueOf(&ctx).Elem(), args[0]}
	}
	out := m.f.Call(args)
	if n := len(out); n > 0 && out[n-1].Type() == reflect.TypeFor[error]() && (m.context || n == 2) {
		if err, _ := out[n-1].Interface().(error); err != nil {
			return err
		}
		out = out[:n-1]
	}
	if m.results.IsValid() && len(out) == 1 {
		m.results.Index(i).Set(out[0])
	}
	return nil
}
