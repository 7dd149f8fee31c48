package vectorizer_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var bg = context.Background()

// count runs Range over n items and returns how often each one ran.
func count(t *testing.T, n int, opts ...vectorizer.Option) ([]int32, *vectorizer.Report) {
	t.Helper()
	ran := make([]int32, n)
	rep, err := vectorizer.Range(bg, n, func(w *vectorizer.Worker, lo, hi int) {
		for i := lo; i < hi; i++ {
			w.Index = i
			atomic.AddInt32(&ran[i], 1)
		}
	}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return ran, rep
}

func TestRangeRunsEveryItemOnce(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 3, 8, 33} {
		for _, n := range []int{0, 1, 2, 3, 7, 100, 10_000} {
			for _, chunk := range []int{0, 1, 3, 64, 20_000} {
				ran, rep := count(t, n, vectorizer.Workers(workers), vectorizer.Chunk(chunk))
				if i := slices.IndexFunc(ran, func(c int32) bool { return c != 1 }); i >= 0 {
					t.Fatalf("workers %d, n %d, chunk %d: item %d ran %d times", workers, n, chunk, i, ran[i])
				}
				if rep.Done != n || rep.Items != n {
					t.Fatalf("workers %d, n %d, chunk %d: report says %d of %d done", workers, n, chunk, rep.Done, rep.Items)
				}
				items := 0
				for _, s := range rep.Timeline {
					items += s.Items
				}
				if items != n {
					t.Fatalf("workers %d, n %d, chunk %d: timeline holds %d items", workers, n, chunk, items)
				}
			}
		}
	}
}

func TestFixedChunks(t *testing.T) {
	var mu sync.Mutex
	var sizes []int
	_, err := vectorizer.Range(bg, 103, func(w *vectorizer.Worker, lo, hi int) {
		mu.Lock()
		sizes = append(sizes, hi-lo)
		mu.Unlock()
		if lo%10 != 0 {
			t.Errorf("chunk begins at %d", lo)
		}
	}, vectorizer.Workers(4), vectorizer.Chunk(10))
	slices.Sort(sizes)
	want := []int{3, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}
	if err != nil || !slices.Equal(sizes, want) {
		t.Errorf("chunks %v, error %v", sizes, err)
	}
}

func TestWorkersRunAtTheSameTime(t *testing.T) {
	const n = 5
	var all sync.WaitGroup
	all.Add(n)
	err := vectorizer.ForEach(bg, make([]int, n), func(context.Context, int) error {
		all.Done()
		all.Wait() // only ends if all five are in progress together
		return nil
	}, vectorizer.Workers(n))
	if err != nil {
		t.Error(err)
	}
}

func TestZeroWorkersRunInTheCallingGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	var order []int
	_, err := vectorizer.Range(bg, 100, func(w *vectorizer.Worker, lo, hi int) {
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%d goroutines, %d before", n, before)
		}
		for i := lo; i < hi; i++ {
			order = append(order, i)
		}
	}, vectorizer.Workers(0))
	if err != nil || len(order) != 100 || !slices.IsSorted(order) {
		t.Errorf("order %v, error %v", order, err)
	}
}

func TestStealingBalancesASkewedLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n, w = 400, 4
		start := time.Now()
		_, err := vectorizer.Range(bg, n, func(_ *vectorizer.Worker, lo, hi int) {
			for i := lo; i < hi; i++ {
				if i >= n-n/20 {
					time.Sleep(50 * time.Millisecond)
				} else {
					time.Sleep(time.Millisecond)
				}
			}
		}, vectorizer.Workers(w))
		ideal := (n/20*50 + (n - n/20)) * int(time.Millisecond) / w
		if took := time.Since(start); err != nil || took > time.Duration(ideal)*115/100 {
			t.Errorf("took %v, ideal %v, error %v", took, time.Duration(ideal), err)
		}
	})
}

func TestPanicIsTheItemsError(t *testing.T) {
	for _, workers := range []int{0, 1, 4} {
		texts := make([]string, 40)
		texts[17] = "a b c"
		_, err := vectorizer.Map(bg, texts, func(s string) byte {
			if s == "" {
				return 0
			}
			return []byte{1, 2}[len(s)-2]
		}, vectorizer.Workers(workers))
		var item *vectorizer.ItemError
		if !errors.As(err, &item) {
			t.Fatalf("error is %v", err)
		}
		if want := `item 17 ("a b c"): panic: index out of range [3] with length 2`; err.Error() != want {
			t.Errorf("got  %s\nwant %s", err, want)
		}
		if s := string(item.Stack); !strings.Contains(s, "TestPanicIsTheItemsError") || strings.Contains(s, "panicStack") {
			t.Errorf("stack: %s", s)
		}
		var re runtime.Error
		if !errors.As(err, &re) {
			t.Error("the runtime error can't be unwrapped")
		}
	}
}

func TestGoexitIsTheItemsError(t *testing.T) {
	_, err := vectorizer.Map(bg, []int{0, 1, 2}, func(i int) int {
		if i == 1 {
			runtime.Goexit()
		}
		return i
	}, vectorizer.Workers(2))
	var item *vectorizer.ItemError
	if !errors.As(err, &item) || item.Index != 1 || !errors.Is(err, vectorizer.ErrGoexit) {
		t.Errorf("error is %v", err)
	}
}

func TestCollectGoesOnAfterEveryKindOfFailure(t *testing.T) {
	odd := errors.New("odd")
	for _, each := range []bool{false, true} {
		for _, workers := range []int{0, 1, 3} {
			items := make([]int, 300)
			for i := range items {
				items[i] = i
			}
			opts := []vectorizer.Option{vectorizer.Workers(workers), vectorizer.CollectErrors()}
			succeeded := map[int]bool{}
			if each {
				opts = append(opts, vectorizer.Each(func(i int) { succeeded[i] = true }))
			}
			var rep vectorizer.Report
			out, err := vectorizer.MapErr(bg, items, func(_ context.Context, i int) (int, error) {
				switch {
				case i%10 == 3:
					panic(fmt.Sprint("at ", i))
				case i%10 == 5 && workers > 0:
					runtime.Goexit()
				case i%10 == 7:
					return -1, odd
				}
				return i + 1, nil
			}, append(opts, vectorizer.WithReport(&rep))...)
			var all *vectorizer.ItemErrors
			if !errors.As(err, &all) || !errors.Is(err, odd) {
				t.Fatalf("workers %d: error is %v", workers, err)
			}
			want := 90
			if workers == 0 {
				want = 60
			}
			if all.Total != want || len(all.Errors) != want || rep.Done != 300-want || rep.ItemErrors != want {
				t.Errorf("workers %d: %d failed, %d kept, %d done", workers, all.Total, len(all.Errors), rep.Done)
			}
			if !slices.IsSortedFunc(all.Errors, func(a, b *vectorizer.ItemError) int { return a.Index - b.Index }) {
				t.Error("not in item order")
			}
			for _, e := range all.Errors {
				if out[e.Index] != 0 || succeeded[e.Index] {
					t.Errorf("item %d failed and has result %d", e.Index, out[e.Index])
				}
				items[e.Index] = -1
			}
			for i, item := range items {
				if item >= 0 && (out[i] != i+1 || each && !succeeded[i]) {
					t.Errorf("item %d has result %d, each called: %v", i, out[i], succeeded[i])
				}
			}
		}
	}
}

func TestAMillionErrorsInBoundedMemory(t *testing.T) {
	const n = 1_000_000
	boom := errors.New("boom")
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	rep, err := vectorizer.Range(bg, n, func(w *vectorizer.Worker, lo, hi int) {
		for i := lo; i < hi; i++ {
			w.Index = i
			if w.Fail(boom) {
				return
			}
		}
	}, vectorizer.Workers(4), vectorizer.CollectErrors())
	runtime.GC()
	runtime.ReadMemStats(&after)
	var all *vectorizer.ItemErrors
	if !errors.As(err, &all) || all.Total != n || len(all.Errors) != 1000 || rep.ItemErrors != n || rep.Done != 0 {
		t.Fatalf("%d failed, report %d", all.Total, rep.ItemErrors)
	}
	for i, e := range all.Errors {
		if e.Index != i {
			t.Fatalf("error %d is of item %d: not the lowest indexes", i, e.Index)
		}
	}
	if !strings.HasSuffix(err.Error(), "\nand 999,000 more items failed") {
		t.Errorf("error ends %q", err.Error()[len(err.Error())-80:])
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("heap grew by %d bytes", grown)
	}
	runtime.KeepAlive(err)
}
