package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

type ctxKey struct{}

type key int

const userKey key = 1

func work(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("work: %w", context.Cause(ctx))
	}
}

func user(ctx context.Context) string {
	if u, ok := ctx.Value(userKey).(string); ok {
		return u
	}
	return "nobody"
}

func fanOut(ctx context.Context, n int) (done, cancelled int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			d := time.Hour
			if i == 0 {
				d = time.Millisecond
			}
			err := work(ctx, d)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				cancelled++
			} else {
				done++
				cancel()
			}
		}()
	}
	wg.Wait()
	return
}

func main() {
	ctx := context.WithValue(context.Background(), userKey, "ann")
	fmt.Println(user(ctx), user(context.Background()), ctx.Value(ctxKey{}))
	fmt.Println(fanOut(ctx, 5))
	tctx, cancel := context.WithTimeout(ctx, 2*time.Millisecond)
	err := work(tctx, time.Hour)
	cancel()
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded), user(tctx))
	cctx, stop := context.WithCancelCause(ctx)
	stop(errors.New("my cause"))
	fmt.Println(work(cctx, time.Hour), cctx.Err())
	after := make(chan string)
	actx, acancel := context.WithCancel(ctx)
	context.AfterFunc(actx, func() { after <- "after" })
	acancel()
	fmt.Println(<-after)
	var once sync.Once
	t := time.AfterFunc(time.Millisecond, func() { once.Do(func() { after <- "timer" }) })
	fmt.Println(<-after, t.Stop())
}
