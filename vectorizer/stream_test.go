package vectorizer_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func double(_ context.Context, i int) (int, error) { return 2 * i, nil }

func TestStreamKeepsTheOrder(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 8} {
		for _, n := range []int{0, 1, 2, 5, 3000} {
			i := 0
			for out, err := range vectorizer.Stream(bg, upTo(n), double, vectorizer.Workers(workers)) {
				if err != nil || out != 2*i {
					t.Fatalf("workers %d: result %d is %d, %v", workers, i, out, err)
				}
				i++
			}
			if i != n {
				t.Errorf("workers %d: %d results of %d", workers, i, n)
			}
		}
	}
}

func TestStreamIsBoundedAndLazy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked int
		endless := func(yield func(int) bool) {
			for ; yield(asked); asked++ {
			}
		}
		taken := 0
		for range vectorizer.Stream(bg, endless, double, vectorizer.Workers(2)) {
			synctest.Wait() // everything that can run ahead has
			if taken++; asked > taken+8 {
				t.Fatalf("%d items asked for, %d results taken", asked, taken)
			}
			if taken == 100 {
				break
			}
		}
	})
}

func TestStreamFailures(t *testing.T) {
	boom := errors.New("boom")
	f := func(_ context.Context, i int) (int, error) {
		switch {
		case i%10 == 3:
			return 7, boom
		case i%10 == 5:
			panic("five")
		case i%10 == 8:
			runtime.Goexit()
		}
		return i, nil
	}
	failed := 0
	for out, err := range vectorizer.Stream(bg, upTo(100), f, vectorizer.Workers(3), vectorizer.CollectErrors()) {
		var item *vectorizer.ItemError
		if errors.As(err, &item) {
			failed++
			if d := item.Index % 10; d != 3 && d != 5 && d != 8 || out != 0 {
				t.Errorf("result %d with %v", out, err)
			}
		}
	}
	if failed != 30 {
		t.Errorf("%d failed", failed)
	}
	var last error
	n := 0
	for _, err := range vectorizer.Stream(bg, upTo(100), f, vectorizer.Workers(3)) {
		n, last = n+1, err
	}
	if n != 4 || !errors.Is(last, boom) || last.Error() != "item 3 (3): boom" {
		t.Errorf("%d results, last error %v", n, last)
	}
}

// ends collects a stream's results and its last error.
func ends(seq iter.Seq2[int, error]) (n int, last error) {
	for _, err := range seq {
		if last = err; err == nil {
			n++
		}
	}
	return n, last
}

func TestStreamSourceFailures(t *testing.T) {
	for _, how := range []string{"panic", "goexit"} {
		seq := func(yield func(int) bool) {
			yield(0)
			yield(1)
			if how == "panic" {
				panic("no more")
			}
			runtime.Goexit()
		}
		n, err := ends(vectorizer.Stream(bg, seq, double, vectorizer.Workers(2)))
		var source *vectorizer.SourceError
		if n != 2 || !errors.As(err, &source) {
			t.Errorf("%s: %d results, error %v", how, n, err)
		}
	}
}

func TestStreamStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := make(chan int) // a channel that never closes
		for _, workers := range []int{0, 2} {
			ctx, cancel := context.WithTimeout(bg, time.Second)
			n, err := ends(vectorizer.Stream(ctx, vectorizer.FromChan(ctx, never), double, vectorizer.Workers(workers)))
			if !errors.Is(err, context.DeadlineExceeded) || n != 0 {
				t.Errorf("workers %d: %d results, error %v", workers, n, err)
			}
			cancel()
		}
		slow := func(ctx context.Context, i int) (int, error) {
			select {
			case <-time.After(300 * time.Millisecond):
			case <-ctx.Done():
			}
			return i, ctx.Err()
		}
		n, err := ends(vectorizer.Stream(bg, upTo(1000), slow, vectorizer.Workers(1), vectorizer.Timeout(time.Second)))
		if n != 3 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d results, error %v", n, err)
		}
	})
}

func TestStreamTimeoutGivesUpAnItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var left sync.WaitGroup
		left.Add(1)
		stuck := func(context.Context, int) (int, error) {
			defer left.Done()
			<-release
			return 1, nil
		}
		n, err := ends(vectorizer.Stream(bg, upTo(1), stuck, vectorizer.Workers(2), vectorizer.Timeout(time.Millisecond)))
		if n != 0 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d results, error %v", n, err)
		}
		close(release)
		left.Wait()
	})
}

func TestStreamInitAndClose(t *testing.T) {
	refused := errors.New("refused")
	for _, workers := range []int{0, 3} {
		n, err := ends(vectorizer.Stream(bg, upTo(9), double, vectorizer.Workers(workers),
			vectorizer.WorkerInit(func(rank int) (any, error) { return nil, refused })))
		var init *vectorizer.InitError
		if n != 0 || !errors.As(err, &init) {
			t.Errorf("workers %d: %d results, error %v", workers, n, err)
		}
		var closed atomic.Int32
		n, err = ends(vectorizer.Stream(bg, upTo(9), double, vectorizer.Workers(workers),
			vectorizer.WorkerInit(func(rank int) (any, error) { return closer{closed: &closed, err: refused}, nil })))
		if n != 9 || !errors.Is(err, refused) || closed.Load() != int32(max(workers, 1)) {
			t.Errorf("workers %d: %d results, %d closed, error %v", workers, n, closed.Load(), err)
		}
	}
}

func TestPanicInTheLoopLeavesNothing(t *testing.T) {
	defer func() {
		if v := recover(); v != "loop body" {
			t.Errorf("recovered %v", v)
		}
	}()
	for range vectorizer.Stream(bg, upTo(1000), double, vectorizer.Workers(4)) {
		panic("loop body")
	}
}

func TestStreamReport(t *testing.T) {
	for _, workers := range []int{0, 2} {
		var rep vectorizer.Report
		var calls []int
		n, err := ends(vectorizer.New(func(i int) int { return i }, vectorizer.Workers(workers), vectorizer.WithReport(&rep),
			vectorizer.OnProgress(func(done, total int) {
				if total != -1 {
					t.Errorf("total %d", total)
				}
				calls = append(calls, done)
			})).Stream(bg, upTo(1000)))
		if err != nil || n != 1000 || rep.Items != 1000 || rep.Done != 1000 || len(calls) == 0 || calls[len(calls)-1] != 1000 {
			t.Errorf("workers %d: %s, calls %v, error %v", workers, rep.Summary(), calls, err)
		}
	}
}

func TestStreamMayBeRangedOverAgain(t *testing.T) {
	s := vectorizer.New(func(i int) string { return fmt.Sprint(i) }, vectorizer.Workers(2)).Stream(bg, upTo(50))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			i := 0
			for out, err := range s {
				if err != nil || out != fmt.Sprint(i) {
					t.Errorf("result %d is %q, %v", i, out, err)
				}
				i++
			}
		})
	}
	all.Wait()
}
