package engine

import (
	"testing"
	"time"
)

// TestInterpretedGoroutinesStop interrupts interpreted goroutines wherever they
// wait or compute; the state stays and the next cell runs.
func TestInterpretedGoroutinesStop(t *testing.T) {
	s := bareTestSession(t)
	cell(t, s, 1, "n := 0\nvar mu sync.Mutex\nnever := make(chan int)\nfunc spin() { for { n++ } }\nfunc wait() { <-never }")
	for i, text := range []string{
		"go spin()\nspin()",
		"go spin()\nselect {}",
		"<-never",
		"never <- 1",
		"var none chan int\nfor range none { }",
		"go wait()\nwait()",
		"select { case <-never: case never <- 1: }",
		"var wg sync.WaitGroup\nwg.Add(1)\nwg.Go(func() { for { n++ } })\nwg.Wait()",
		"mu.Lock()\ndefer2 := func() { defer mu.Unlock(); mu2 := &mu; mu2.Lock() }\ndefer2()",
		"for { select { case <-never: default: n++ } }",
		"for { select { case <-time.After(time.Hour): case <-never: } }",
		"go func() { defer func() { recover(); for { n++ } }(); panic(1) }()\nselect {}",
		"ctx, cancel := context.WithTimeout(context.Background(), time.Hour)\ndefer2 := func() { defer cancel(); <-ctx.Done() }\ndefer2()",
		"var rw sync.RWMutex\nrw.Lock()\nrw.RLock()",
		"tick := time.NewTicker(time.Millisecond)\nfor range tick.C { n++ }",
	} {
		stop := interruptEvery(s, 400*time.Millisecond)
		t0 := time.Now()
		_, _, err := cell(t, s, 2*i+2, text)
		stop()
		if !Interrupted(err) || time.Since(t0) > 10*time.Second {
			t.Errorf("%s: %v after %v", text, err, time.Since(t0))
		}
		if _, got, err := cell(t, s, 2*i+3, "n = 0\nmu2 := sync.Mutex{}\nmu = mu2\n1 + 1"); err != nil || got != "2" {
			t.Fatalf("after %s: %s %v", text, got, err)
		}
	}
	time.Sleep(20 * time.Millisecond) // what spins still would be seen
	if _, got, err := cell(t, s, 99, "n"); err != nil || got != "0" {
		t.Errorf("a goroutine of an interrupted cell goes on: %s %v", got, err)
	}
}

// interruptEvery interrupts until the function that it returns is called.
func interruptEvery(s *Session, d time.Duration) (stop func()) {
	tick, done, gone := time.NewTicker(d), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		for {
			select {
			case <-tick.C:
				s.Interrupt()
			case <-done:
				return
			}
		}
	}()
	return func() { tick.Stop(); close(done); <-gone }
}

// TestInterpretedGoroutinesFail wants panics in goroutines as the cell's, with
// the goroutine's line, and os.Exit and Goexit as what they are.
func TestInterpretedGoroutinesFail(t *testing.T) {
	s := bareTestSession(t)
	for i, c := range []struct {
		text, err string
		line      int
	}{
		{"go func() {\n\tvar xs []int\n\txs[3] = 1\n}()\nselect {}", "panic: runtime error: index out of range [3] with length 0", 3},
		{"func f(n int) {\n\tif n > 0 {\n\t\tpanic(\"in f\")\n\t}\n}\n\ngo f(1)\nselect {}", "panic: in f", 3},
		{"var wg sync.WaitGroup\nwg.Go(func() {\n\tpanic(\"group\")\n})\nwg.Wait()", "panic: group [recovered, repanicked]", 3},
		{"c := make(chan int)\ngo func() { close(c) }()\n<-c\nc <- 1", "panic: send on closed channel", 4},
		{"go panic(\"direct\")\nselect {}", "panic: direct", 1},
		{"go func() { for { } }()\npanic(\"main\")", "panic: main", 2},
	} {
		_, _, err := cell(t, s, 2*i+1, c.text)
		re, ok := err.(*RuntimeError)
		if !ok || re.Text != c.err || len(re.Frames) == 0 || re.Frames[len(re.Frames)-1].Line != c.line {
			t.Errorf("%s\n%v %+v", c.text, err, re)
		}
		if _, got, err := cell(t, s, 2*i+2, "1 + 1"); err != nil || got != "2" {
			t.Fatalf("after %s: %s %v", c.text, got, err)
		}
	}
}

// TestInterpretedGoroutinesOutlive keeps goroutines and channels over cells.
func TestInterpretedGoroutinesOutlive(t *testing.T) {
	s := bareTestSession(t)
	for i, c := range [][3]string{
		{"in, out := make(chan int), make(chan int)\ngo func() { for v := range in { out <- v * v }; close(out) }()", "", ""},
		{"in <- 3\n<-out", "9", ""},
		{"var mu sync.Mutex\nseen := map[int]bool{}\nfunc square(n int) int { in <- n; mu.Lock(); defer mu.Unlock(); seen[n] = true; return <-out }", "", ""},
		{"square(4) + square(5)", "41", ""},
		{"close(in)\n_, ok := <-out\nfmt.Sprint(ok, len(seen))", "false 2", ""},
	} {
		if _, got, err := cell(t, s, i+1, c[0]); err != nil || got != c[1] {
			t.Errorf("%s: %s %v", c[0], got, err)
		}
	}
}

// TestInterpretedDeadlock tells that all goroutines wait.
func TestInterpretedDeadlock(t *testing.T) {
	h := &hostile{T: t, s: bareTestSession(t)}
	h.attack(hostileCell{cell: "c := make(chan int)\ngo func() { c <- 1 }()\n<-c\n<-c", after: "deadlock", interrupt: true})
}
