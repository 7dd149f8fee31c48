package engine

import (
	"context"
	"maps"
	"sync"
	"testing"
)

// %whos tells what variables hold; a String method that computes for ever is
// stopped as a cell is, and one that panics shows as fmt shows it.
func TestValues(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	exec := func(n int, text string) *Cell {
		c := s.Begin(n, text, &recorder{})
		if _, err := s.Exec(context.Background(), c, Source{Text: text, Line: 1, Col: 1}); err != nil {
			t.Fatalf("cell %d: %v", n, err)
		}
		return c
	}
	if got, err := s.Values(context.Background(), s.Begin(1, "", &recorder{})); err != nil || len(got) > 0 {
		t.Errorf("before the first cell: %v %v", got, err)
	}
	c := exec(2, `type pair struct{ X int; m map[string]int }
type loud struct{ n int }
func (l loud) String() string { if l.n == 0 { panic("none") }; return "loud" }
p, q, none := pair{1, nil}, &pair{2, map[string]int{"a": 1}}, (*pair)(nil)
var a any = 2.5
var e error
s, xs, m, f := "a\nb", []int{1, 2}, map[int]bool{1: true}, func() {}
l, silent := loud{1}, loud{}`)
	want := map[string]string{
		"p": "{X:1 m:n=0}", "q": "&{X:2 m:n=1}", "none": "<nil>", "a": "2.5", "e": "<nil>", "s": "a\nb",
		"xs": "n=2", "m": "n=1", "f": "", "l": "loud", "silent": "%!v(PANIC=String method: none)",
	}
	if got, err := s.Values(context.Background(), c); err != nil || !maps.Equal(got, want) {
		t.Errorf("got  %v (%v)\nwant %v", got, err, want)
	}
	exec(3, `type endless struct{}
func (endless) String() string { println("entered"); for {} }
var never endless`)
	ctx, cancel := context.WithCancel(context.Background())
	out := &entered{seen: make(chan struct{})}
	done := make(chan error, 1)
	go func() {
		_, err := s.Values(ctx, s.Begin(4, "", out))
		done <- err
	}()
	<-out.seen
	cancel()
	if err := <-done; !Interrupted(err) {
		t.Errorf("stopped: %v", err)
	}
	exec(5, "never = endless{}")
}

// entered tells when a cell has written something.
type entered struct {
	recorder
	once sync.Once
	seen chan struct{}
}

func (e *entered) Stream(name, text string) { e.once.Do(func() { close(e.seen) }) }
