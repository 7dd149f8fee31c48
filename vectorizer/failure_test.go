package vectorizer_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

// The three faults of PyBlaze that FACTS.md lists: an exception in a worker
// hangs the parent, so does a worker that ends, and fewer items than workers
// raise IndexError.
func TestPyBlazeFaults(t *testing.T) {
	tokenize := func(text string) []string {
		switch text {
		case "raise":
			panic(errors.New("no such text"))
		case "exit":
			runtime.Goexit()
		}
		return strings.Fields(text)
	}
	v := vectorizer.New(tokenize, vectorizer.Workers(4))
	for _, bad := range []string{"raise", "exit"} {
		texts := slices.Repeat([]string{"a b"}, 100)
		texts[40] = bad
		_, err := v.Process(texts)
		var item *vectorizer.ItemError
		if !errors.As(err, &item) || item.Index != 40 || item.Item != `"`+bad+`"` {
			t.Errorf("%s: error is %v", bad, err)
		}
	}
	for n := range 5 {
		out, err := v.Process(slices.Repeat([]string{"a b"}, n))
		if err != nil || len(out) != n {
			t.Errorf("%d items: %v, %v", n, out, err)
		}
	}
}

type closer struct {
	closed *atomic.Int32
	err    error
	how    string
}

func (c closer) Close() error {
	c.closed.Add(1)
	switch c.how {
	case "panic":
		panic("stuck")
	case "goexit":
		runtime.Goexit()
	}
	return c.err
}

type quietCloser struct{ closed *atomic.Int32 }

func (c quietCloser) Close() { c.closed.Add(1) }

func TestWorkerState(t *testing.T) {
	var inits, closed atomic.Int32
	items := make([]int, 1000)
	out, err := vectorizer.MapInit(bg, items,
		func(rank int) (quietCloser, error) { inits.Add(1); return quietCloser{&closed}, nil },
		func(_ context.Context, _ int, s quietCloser) (bool, error) { return s.closed == &closed, nil },
		vectorizer.Workers(3))
	if err != nil || slices.Contains(out, false) {
		t.Errorf("state did not arrive; error %v", err)
	}
	if inits.Load() != 3 || closed.Load() != 3 {
		t.Errorf("%d inits, %d closes", inits.Load(), closed.Load())
	}
	_, err = vectorizer.MapInit(bg, items[:2],
		func(rank int) (any, error) { return nil, nil },
		func(_ context.Context, _ int, s any) (any, error) { return s, nil }, vectorizer.Workers(3))
	if err != nil {
		t.Error("nil state:", err)
	}
}

func TestInitFailures(t *testing.T) {
	refused := errors.New("refused")
	for how, text := range map[string]string{
		"error":  "init of worker 1: refused",
		"panic":  "init of worker 1: panic: refused",
		"goexit": "init of worker 1: " + vectorizer.ErrGoexit.Error(),
	} {
		var closed atomic.Int32
		var meet sync.WaitGroup // no worker ends before both have begun
		meet.Add(2)
		rep, err := vectorizer.Range(bg, 10, func(w *vectorizer.Worker, lo, hi int) {
			for i := lo; i < hi && !w.Stopped(); i++ {
				w.Index = i
			}
		}, vectorizer.Workers(2), vectorizer.WorkerInit(func(rank int) (any, error) {
			meet.Done()
			meet.Wait()
			if rank == 0 {
				return closer{closed: &closed}, nil
			}
			switch how {
			case "panic":
				panic(refused)
			case "goexit":
				runtime.Goexit()
			}
			return closer{closed: &closed}, refused
		}))
		var init *vectorizer.InitError
		if !errors.As(err, &init) || err.Error() != text || init.Rank != 1 {
			t.Errorf("%s: error is %v", how, err)
		}
		if (init.Stack != nil) != (how == "panic") {
			t.Errorf("%s: stack %s", how, init.Stack)
		}
		if closed.Load() != 1 {
			t.Errorf("%s: closed %d states, want that of worker 0", how, closed.Load())
		}
		if rep.Stopped == "" {
			t.Errorf("%s: the report does not say why it stopped", how)
		}
	}
}

func TestCloseFailures(t *testing.T) {
	for how, text := range map[string]string{
		"error":  "closing the state of worker 0: disk full",
		"panic":  "closing the state of worker 0: panic: stuck",
		"goexit": "closing the state of worker 0: " + vectorizer.ErrGoexit.Error(),
	} {
		var closed atomic.Int32
		rep, err := vectorizer.Range(bg, 5, func(*vectorizer.Worker, int, int) {},
			vectorizer.Workers(1), vectorizer.WorkerInit(func(int) (any, error) {
				c := closer{closed: &closed, how: how}
				if how == "error" {
					c.err = errors.New("disk full")
				}
				return c, nil
			}))
		if err == nil || err.Error() != text || rep.Done != 5 || closed.Load() != 1 {
			t.Errorf("%s: error is %v, %d done, %d closed", how, err, rep.Done, closed.Load())
		}
	}
}

func TestCancelStopsTheRest(t *testing.T) {
	cause := errors.New("enough")
	for _, workers := range []int{0, 1, 4} {
		ctx, cancel := context.WithCancelCause(bg)
		var ran atomic.Int32
		var rep vectorizer.Report
		_, err := vectorizer.MapErr(ctx, make([]int, 1000), func(ctx context.Context, _ int) (int, error) {
			n := ran.Add(1)
			if n == 5 {
				cancel(cause)
			}
			if n >= 5 {
				<-ctx.Done()
				return 0, ctx.Err()
			}
			return 1, nil
		}, vectorizer.Workers(workers), vectorizer.Chunk(1), vectorizer.WithReport(&rep))
		var stop *vectorizer.StopError
		if !errors.As(err, &stop) || !errors.Is(err, cause) || stop.Done != rep.Done || stop.Items != 1000 {
			t.Errorf("workers %d: error is %v", workers, err)
		}
		if rep.ItemErrors != 0 || rep.Done < 4 || rep.Done > 4+workers {
			t.Errorf("workers %d: %d done, %d failed", workers, rep.Done, rep.ItemErrors)
		}
		if rep.Stopped != "enough" {
			t.Errorf("report stopped by %q", rep.Stopped)
		}
	}
}

func TestCancelledBeforeTheStart(t *testing.T) {
	ctx, cancel := context.WithCancel(bg)
	cancel()
	for _, workers := range []int{0, 3} {
		ran := false
		_, err := vectorizer.Map(ctx, make([]int, 3), func(i int) int { ran = true; return i }, vectorizer.Workers(workers), vectorizer.Chunk(1))
		if ran || !errors.Is(err, context.Canceled) {
			t.Errorf("ran: %v, error %v", ran, err)
		}
	}
	if _, err := vectorizer.Map(ctx, nil, func(i int) int { return i }); err != nil {
		t.Errorf("no items: %v", err)
	}
}

func TestCancelAfterTheLastItemIsNoError(t *testing.T) {
	ctx, cancel := context.WithCancel(bg)
	_, err := vectorizer.Map(ctx, []int{1}, func(int) int { cancel(); return 1 }, vectorizer.Workers(1))
	if err != nil {
		t.Error(err)
	}
}

func TestTimeoutEndsItemsThatListen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, workers := range []int{0, 2} {
			start := time.Now()
			_, err := vectorizer.MapErr(bg, make([]int, 10), func(ctx context.Context, _ int) (int, error) {
				<-ctx.Done()
				return 0, ctx.Err()
			}, vectorizer.Workers(workers), vectorizer.Timeout(time.Second))
			if took := time.Since(start); took != time.Second {
				t.Errorf("took %v", took)
			}
			want := "stopped after 1 s: 0 of 10 items done: timeout of 1s exceeded"
			if !errors.Is(err, context.DeadlineExceeded) || err.Error() != want {
				t.Errorf("error is %v", err)
			}
		}
	})
}

func TestTimeoutGivesUpItemsThatDoNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var left sync.WaitGroup
		left.Add(2)
		items := []string{"a", "never", "c", "never"}
		out, err := vectorizer.Map(bg, items, func(s string) string {
			if s == "never" {
				defer left.Done()
				<-release
			}
			return s + s
		}, vectorizer.Workers(2), vectorizer.Chunk(1), vectorizer.Timeout(10*time.Millisecond))
		var stop *vectorizer.StopError
		if !errors.As(err, &stop) || len(stop.Running) != 2 {
			t.Fatalf("error is %v", err)
		}
		if !strings.HasSuffix(err.Error(), "2 of 4 items done, still running: item 1, item 3: timeout of 10ms exceeded") {
			t.Errorf("error is %v", err)
		}
		got := slices.Clone(out)
		close(release) // the goroutines given up go on: they must not touch out
		left.Wait()
		if want := []string{"aa", "", "cc", ""}; !slices.Equal(got, want) || !slices.Equal(out, want) {
			t.Errorf("results %q, later %q", got, out)
		}
	})
}

func TestTimeoutHoldsAfterAFailureToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		_, err := vectorizer.Map(bg, []int{0, 1}, func(i int) int {
			if i == 0 {
				<-release
			}
			panic("at once")
		}, vectorizer.Workers(2), vectorizer.Timeout(20*time.Millisecond))
		if err == nil || err.Error() != "item 1 (1): panic: at once" {
			t.Errorf("error is %v", err)
		}
	})
}

func TestFirstErrorCancelsItemsInProgress(t *testing.T) {
	var started sync.WaitGroup
	started.Add(4)
	var rep vectorizer.Report
	err := vectorizer.ForEach(bg, []int{0, 1, 2, 3, 4, 5, 6, 7}, func(ctx context.Context, i int) error {
		started.Done()
		started.Wait()
		if i == 2 {
			return os.ErrNotExist
		}
		<-ctx.Done()
		return fmt.Errorf("gave up: %w", ctx.Err())
	}, vectorizer.Workers(4), vectorizer.Chunk(1), vectorizer.WithReport(&rep))
	if !errors.Is(err, os.ErrNotExist) || err.Error() != "item 2 (2): file does not exist" {
		t.Errorf("error is %v", err)
	}
	if rep.ItemErrors != 1 || rep.Done != 0 {
		t.Errorf("%d failed, %d done", rep.ItemErrors, rep.Done)
	}
}

func TestLowestIndexWins(t *testing.T) {
	var both sync.WaitGroup
	both.Add(2)
	_, err := vectorizer.Map(bg, []int{0, 1}, func(i int) int {
		both.Done()
		both.Wait()
		panic(i)
	}, vectorizer.Workers(2))
	if err == nil || err.Error() != "item 0 (0): panic: 0" {
		t.Errorf("error is %v", err)
	}
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, workers := range []int{0, 2} {
			var calls []int
			var at []time.Time
			start := time.Now()
			_, err := vectorizer.Map(bg, make([]int, 40), func(int) int { time.Sleep(50 * time.Millisecond); return 0 },
				vectorizer.Workers(workers), vectorizer.OnProgress(func(done, total int) {
					if total != 40 {
						t.Errorf("total %d", total)
					}
					calls, at = append(calls, done), append(at, time.Now())
				}))
			if err != nil || !slices.IsSorted(calls) || calls[len(calls)-1] != 40 {
				t.Errorf("workers %d: calls %v, error %v", workers, calls, err)
			}
			most := int(time.Since(start)/(100*time.Millisecond)) + 1
			if len(calls) < most/2 || len(calls) > most+1 {
				t.Errorf("workers %d: %d calls in %v", workers, len(calls), time.Since(start))
			}
		}
	})
}

func TestPanicInProgressWaitsForTheWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer func() {
			if v := recover(); v != "bar is broken" {
				t.Errorf("recovered %v", v)
			}
		}()
		vectorizer.Map(bg, make([]int, 1000), func(int) int { time.Sleep(50 * time.Millisecond); return 0 },
			vectorizer.Workers(2), vectorizer.OnProgress(func(int, int) { panic("bar is broken") }))
	})
}

func TestEachIsSerialised(t *testing.T) {
	var inside atomic.Int32
	seen := map[int]int{}
	_, err := vectorizer.Map(bg, make([]int, 5000), func(int) int { return 0 }, vectorizer.Workers(8),
		vectorizer.Each(func(i int) {
			if inside.Add(1) != 1 {
				t.Error("two at once")
			}
			seen[i]++
			inside.Add(-1)
		}))
	if err != nil || len(seen) != 5000 {
		t.Errorf("%d items, error %v", len(seen), err)
	}
}

func TestPanicInEachIsTheItemsError(t *testing.T) {
	var rep vectorizer.Report
	_, err := vectorizer.Map(bg, make([]int, 10), func(int) int { return 0 }, vectorizer.Workers(2), vectorizer.CollectErrors(),
		vectorizer.Each(func(i int) {
			switch i {
			case 3:
				panic("each")
			case 4:
				runtime.Goexit()
			}
		}), vectorizer.WithReport(&rep))
	var all *vectorizer.ItemErrors
	if !errors.As(err, &all) || all.Total != 2 || all.Errors[0].Index != 3 || all.Errors[1].Index != 4 || rep.Done != 8 {
		t.Errorf("error %v, %d done", err, rep.Done)
	}
}

func TestItemTextThatPanicsHidesNothing(t *testing.T) {
	_, err := vectorizer.Map(bg, []int{1}, func(int) int { panic("the failure") },
		vectorizer.ItemText(func(int) string { panic("the text") }))
	if err == nil || !strings.Contains(err.Error(), "panic: the failure") {
		t.Errorf("error is %v", err)
	}
}

func TestResultsOfAGigabyte(t *testing.T) {
	const n, size = 64, 16 << 20
	out, err := vectorizer.Map(bg, make([]int, n), func(int) []byte { return make([]byte, size) }, vectorizer.Workers(4))
	if err != nil || len(out) != n || len(out[n-1]) != size {
		t.Error(err)
	}
}
