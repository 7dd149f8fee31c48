package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

type srv struct {
	mu  sync.Mutex
	out []string
	wg  sync.WaitGroup
}

func (s *srv) say(parts ...string) {
	defer s.wg.Done()
	s.mu.Lock()
	s.out = append(s.out, strings.Join(parts, "-"))
	s.mu.Unlock()
}

func (s srv) done() {}

func gen[T any](s *srv, v T) { s.say(fmt.Sprintf("%T:%v", v, v)) }

type runner interface{ say(...string) }

func pick(n int) func(string) { return func(p string) { def.say("pick", fmt.Sprint(n), p) } }

var def srv

var table = map[string]func(){"t": func() { def.say("table") }}

func main() {
	s := &def
	s.wg.Add(11)
	go s.say("method")
	go s.say([]string{"spread", "x"}...)
	go gen(s, 1.5)
	go gen[any](s, nil)
	go func(a, b int) { s.say(fmt.Sprint(a + b)) }(1, 2)
	go func() { s.say("closure") }()
	var r runner = s
	go r.say("iface")
	go (*srv).say(s, "expr")
	go pick(3)("arg")
	f := s.say
	go f("value")
	go table["t"]()
	s.wg.Wait()
	slices.Sort(s.out)
	fmt.Println(s.out)
	ch := make(chan int)
	go close(ch)
	<-ch
	x := 1
	go func(p *int) { *p = 5; def.out = nil; done <- x }(&x)
	fmt.Println(<-done, x, def.out == nil)
	m := map[int]int{1: 1}
	done2 := make(chan bool)
	go func() { defer close(done2); delete(m, 1) }()
	<-done2
	fmt.Println(m)
	go func() (int, error) { done <- 9; return 1, nil }()
	fmt.Println(<-done)
	go println()
}

var done = make(chan int)
