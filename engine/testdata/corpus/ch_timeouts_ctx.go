package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func slow(ctx context.Context, n int) (int, error) {
	select {
	case <-time.After(time.Duration(n) * time.Millisecond):
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
func race(ctx context.Context, ns ...int) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := make(chan int, len(ns))
	for _, n := range ns {
		go func() {
			if v, err := slow(ctx, n); err == nil {
				c <- v
			}
		}()
	}
	return <-c
}

func main() {
	fmt.Println(race(context.Background(), 5000, 1, 9000))
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	_, err := slow(ctx, 10000)
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
	cancel()
	dl, ok := ctx.Deadline()
	fmt.Println(ok, dl.IsZero(), context.Cause(ctx))
}
