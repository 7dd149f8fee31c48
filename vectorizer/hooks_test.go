package vectorizer_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/goblaze/goblaze/vectorizer"
)

func TestSetGoStartsTheWorkers(t *testing.T) {
	defer vectorizer.SetHooks(vectorizer.Hooks{})
	var started atomic.Int32
	vectorizer.SetGo(func(fn func()) {
		started.Add(1)
		go fn()
	})
	if _, err := vectorizer.Map(bg, make([]int, 8), func(i int) int { return i }, vectorizer.Workers(3)); err != nil {
		t.Error(err)
	}
	if started.Load() != 3 {
		t.Errorf("started %d goroutines", started.Load())
	}
	vectorizer.SetGo(nil)
	if _, err := vectorizer.Map(bg, make([]int, 8), func(i int) int { return i }, vectorizer.Workers(3)); err != nil || started.Load() != 3 {
		t.Errorf("%d started, error %v", started.Load(), err)
	}
}

// An engine hears, in the worker's goroutine, that a worker is about to close
// its state: what it halts after that is closed to the end.
func TestEngineSparesWhatCloses(t *testing.T) {
	defer vectorizer.SetHooks(vectorizer.Hooks{})
	var spared, closed atomic.Int32
	vectorizer.SetHooks(vectorizer.Hooks{
		Go:    func(fn func()) func() { go fn(); return func() {} },
		Spare: func() { spared.Add(1) },
	})
	start := func(rank int) (any, error) {
		if rank == 1 {
			return nil, errors.New("no more")
		}
		return &funcCloser{func() {
			if closed.Add(1) > spared.Load() {
				t.Error("closed without being spared")
			}
		}}, nil
	}
	_, err := vectorizer.Map(bg, make([]int, 100), func(i int) int { return i }, vectorizer.Workers(3), vectorizer.WorkerInit(start))
	var failed *vectorizer.InitError
	if !errors.As(err, &failed) || failed.Rank != 1 || spared.Load() == 0 {
		t.Errorf("error %v, %d spared", err, spared.Load())
	}
}

type funcCloser struct{ f func() }

func (c *funcCloser) Close() { c.f() }

// An engine that halts: halted closes, and user code that checks it ends by
// Goexit, as the engine's checks do.
func TestEngineInterruptHaltsItems(t *testing.T) {
	defer vectorizer.SetHooks(vectorizer.Hooks{})
	stop, halted := make(chan struct{}), make(chan struct{})
	var once sync.Once
	vectorizer.SetHooks(vectorizer.Hooks{
		Go: func(fn func()) func() {
			go fn()
			return func() { once.Do(func() { close(halted) }) }
		},
		Stop: func() <-chan struct{} { return stop },
	})
	var begun sync.WaitGroup
	begun.Add(2)
	go func() {
		begun.Wait()
		close(stop)
	}()
	var rep vectorizer.Report
	_, err := vectorizer.Map(bg, make([]int, 100), func(int) int {
		begun.Done()
		<-halted
		runtime.Goexit()
		return 0
	}, vectorizer.Workers(2), vectorizer.Chunk(1), vectorizer.CollectErrors(), vectorizer.WithReport(&rep))
	var stopped *vectorizer.StopError
	if !errors.Is(err, vectorizer.ErrInterrupted) || !errors.As(err, &stopped) || rep.ItemErrors != 0 || rep.Done != 0 {
		t.Errorf("error %v, %d failed, %d done", err, rep.ItemErrors, rep.Done)
	}
}

func TestTimeoutHaltsItemsThatDoNotListen(t *testing.T) {
	defer vectorizer.SetHooks(vectorizer.Hooks{})
	halted := make(chan struct{})
	var once sync.Once
	vectorizer.SetHooks(vectorizer.Hooks{Go: func(fn func()) func() {
		go fn()
		return func() { once.Do(func() { close(halted) }) }
	}})
	_, err := vectorizer.Map(bg, []int{1}, func(int) int {
		<-halted
		runtime.Goexit()
		return 0
	}, vectorizer.Workers(1), vectorizer.Timeout(1))
	var stop *vectorizer.StopError
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &stop) || len(stop.Running) != 0 {
		t.Errorf("error is %v", err)
	}
}
