package main

import (
	"context"
	"sync"

	"github.com/alitto/pond/v2"
	"github.com/exascience/pargo/parallel"
	"github.com/goblaze/goblaze/vectorizer"
	"github.com/panjf2000/ants/v2"
	lop "github.com/samber/lo/parallel"
	conciter "github.com/sourcegraph/conc/iter"
	"golang.org/x/sync/errgroup"
)

// An engine maps l.work over l.items with l.workers workers; making the slice of
// results is part of the work.
type engine struct {
	name string
	run  func(l load) []int64
}

const (
	ours       = "goblaze vectorizer.Map"
	sequential = "sequential loop"
)

var engines = []engine{
	{sequential, func(l load) []int64 {
		out := make([]int64, len(l.items))
		for i, item := range l.items {
			out[i] = l.work(item)
		}
		return out
	}},
	{ours, func(l load) []int64 {
		out, err := vectorizer.Map(context.Background(), l.items, l.work, vectorizer.Workers(l.workers))
		must(err)
		return out
	}},
	{"sourcegraph/conc iter.Mapper", func(l load) []int64 {
		m := conciter.Mapper[int64, int64]{MaxGoroutines: l.workers}
		return m.Map(l.items, func(item *int64) int64 { return l.work(*item) })
	}},
	{"exascience/pargo Range", func(l load) []int64 {
		out := make([]int64, len(l.items))
		batches := 0 // its own choice
		if l.workers > 2 {
			batches = l.workers // each batch is a goroutine
		}
		parallel.Range(0, len(l.items), batches, func(lo, hi int) {
			for i := lo; i < hi; i++ {
				out[i] = l.work(l.items[i])
			}
		})
		return out
	}},
	{"samber/lo parallel.Map (a goroutine an item)", func(l load) []int64 {
		return lop.Map(l.items, func(item int64, _ int) int64 { return l.work(item) })
	}},
	{"errgroup, SetLimit", func(l load) []int64 {
		out := make([]int64, len(l.items))
		var g errgroup.Group
		g.SetLimit(l.workers)
		for i, item := range l.items {
			g.Go(func() error { out[i] = l.work(item); return nil })
		}
		must(g.Wait())
		return out
	}},
	{"alitto/pond v2", func(l load) []int64 {
		out := make([]int64, len(l.items))
		pool := pond.NewPool(l.workers)
		defer pool.StopAndWait()
		group := pool.NewGroup()
		for i, item := range l.items {
			group.Submit(func() { out[i] = l.work(item) })
		}
		must(group.Wait())
		return out
	}},
	{"panjf2000/ants v2", func(l load) []int64 {
		out := make([]int64, len(l.items))
		pool, err := ants.NewPool(l.workers)
		must(err)
		defer pool.Release()
		var wg sync.WaitGroup
		for i, item := range l.items {
			wg.Add(1)
			must(pool.Submit(func() { defer wg.Done(); out[i] = l.work(item) }))
		}
		wg.Wait()
		return out
	}},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
