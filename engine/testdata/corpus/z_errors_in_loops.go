package main

import (
	"errors"
	"fmt"
	"time"
)

type retryable struct {
	error
	after time.Duration
}

func (r retryable) Unwrap() error { return r.error }

var attempts = map[string]int{}
var errBusy = errors.New("busy")

func call(n string) error {
	attempts[n]++
	switch {
	case n == "bad":
		return errors.New("fatal")
	case attempts[n] < 3:
		return retryable{fmt.Errorf("%s: %w", n, errBusy), time.Microsecond}
	}
	return nil
}
func do(n string) (tries int, err error) {
	for tries = 1; ; tries++ {
		err = call(n)
		var r retryable
		if !errors.As(err, &r) {
			return
		}
		time.Sleep(r.after)
	}
}

func main() {
	for _, n := range []string{"ok", "bad"} {
		t, err := do(n)
		fmt.Println(n, t, err)
	}
	fmt.Println(attempts, errors.Is(retryable{errBusy, 0}, errBusy))
}
