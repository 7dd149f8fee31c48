package main

import (
	"errors"
	"fmt"
)

type task func() (int, error)
type reply struct {
	n   int
	err error
}
type call struct {
	task
	back chan<- reply
}

var inbox = make(chan call, 1)

func serve() {
	for c := range inbox {
		n, err := c.task()
		c.back <- reply{n, err}
	}
}
func do(t task) reply { back := make(chan reply, 1); inbox <- call{t, back}; return <-back }

func main() {
	go serve()
	r := do(func() (int, error) { return 5, nil })
	fmt.Println(r.n, r.err, do(func() (int, error) { return 0, errors.New("bad") }).err)
	cc := make(chan chan<- int, 1)
	back := make(chan int, 1)
	cc <- back
	(<-cc) <- 42
	fmt.Println(<-back)
	arr := [2]chan string{make(chan string, 1), make(chan string, 1)}
	arr[1] <- "one"
	m := map[string]chan string{"k": arr[1]}
	fmt.Println(<-m["k"], len(arr[0]))
}
