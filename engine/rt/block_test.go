package rt

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

// inCell runs f in a cell and returns the outcome.
func inCell(f func(c *Cell)) Outcome { return NewCell(uint64(time.Now().UnixNano())).Run(f) }

func TestStandInsKeepGosMeaning(t *testing.T) {
	out := inCell(func(*Cell) {
		ch := make(chan int)
		var wg sync.WaitGroup
		for i := range 4 {
			WaitGroupGo(&wg, func() { Send(ch, i) })
		}
		sum := 0
		for range 4 {
			sum += Recv(ch)
		}
		WaitGroupWait(&wg)
		close(ch)
		if v, ok := Recv2(ch); v != 0 || ok || sum != 6 {
			t.Errorf("Recv2 of a closed channel: %d, %v; sum %d", v, ok, sum)
		}
	})
	if out.Failure != nil || out.Live != 0 {
		t.Errorf("outcome %+v", out)
	}
	out = inCell(func(*Cell) { ch := make(chan int); close(ch); Send(ch, 1) })
	if out.Failure == nil || out.Failure.Text != "panic: send on closed channel" {
		t.Errorf("send on a closed channel: %+v", out.Failure)
	}
	out = inCell(func(*Cell) { MutexLock(nil) })
	if out.Failure == nil {
		t.Error("nil mutex: no panic")
	}
}

func TestMutexExcludes(t *testing.T) {
	var mu sync.Mutex
	n := 0
	inCell(func(*Cell) {
		var wg sync.WaitGroup
		for range 8 {
			WaitGroupGo(&wg, func() {
				for range 1000 {
					MutexLock(&mu)
					n++
					mu.Unlock()
				}
			})
		}
		WaitGroupWait(&wg)
	})
	if n != 8000 {
		t.Errorf("counted %d of 8000", n)
	}
}

func TestCondHandsOver(t *testing.T) {
	out := inCell(func(*Cell) {
		var mu sync.Mutex
		cond := sync.NewCond(&mu)
		queue, got := []int{}, []int{}
		var wg sync.WaitGroup
		WaitGroupGo(&wg, func() {
			MutexLock(&mu)
			defer mu.Unlock()
			for len(got) < 100 {
				for len(queue) == 0 {
					CondWait(cond)
				}
				got, queue = append(got, queue...), nil
			}
		})
		for i := range 100 {
			MutexLock(&mu)
			queue = append(queue, i)
			mu.Unlock()
			cond.Signal()
		}
		WaitGroupWait(&wg)
		for i, v := range got {
			if i != v {
				t.Errorf("item %d is %d", i, v)
			}
		}
	})
	if out.Failure != nil {
		t.Errorf("outcome %+v", out.Failure)
	}
}

// TestStoppedLockIsGivenBack stops a cell that waits for a lock and a signal,
// and checks that neither is lost to others.
func TestStoppedLockIsGivenBack(t *testing.T) {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	mu.Lock()
	for _, wait := range []func(){
		func() { MutexLock(&mu) },
		func() { MutexLock(&mu); defer mu.Unlock(); CondWait(cond) },
	} {
		c := NewCell(uint64(time.Now().UnixNano()))
		time.AfterFunc(20*time.Millisecond, func() { c.Stop(nil) })
		if out := c.Run(func(*Cell) { wait() }); out.Failure.Kind != KindInterrupt || out.Live != 0 {
			t.Errorf("outcome %+v", out)
		}
		if mu.TryLock() {
			t.Fatal("the lock that is held could be taken")
		}
		mu.Unlock() // a helper that waits takes it and gives it back
		mu.Lock()
	}
	mu.Unlock()
	cond.Broadcast()
	mu.Lock() // would hang if a helper had kept it
	defer mu.Unlock()
}

func TestTimerChannelsAreKnown(t *testing.T) {
	timer, ticker := time.NewTimer(time.Hour), time.NewTicker(time.Hour)
	defer timer.Stop()
	defer ticker.Stop()
	if timerOffset == 0 || !anyTimerChan(timer.C) || !anyTimerChan(ticker.C) {
		t.Error("a timer's channel is not recognised")
	}
	if anyTimerChan(make(chan time.Time, 1)) || anyTimerChan((chan int)(nil)) {
		t.Error("a plain channel is taken for a timer's")
	}
	if wgCounter < 0 {
		t.Error("the counter of sync.WaitGroup was not found: every Wait takes the slow path")
	}
}

func TestForeignLabelsAreNobodys(t *testing.T) {
	if Current() != nil {
		t.Fatal("a goroutine without a cell has one")
	}
	c := NewCell(1)
	out := c.Run(func(c *Cell) {
		seen := make(chan *Cell)
		go func() { seen <- Current() }() // as library code would start one
		if <-seen != c {
			t.Error("a goroutine started by go lost its cell")
		}
		Halt() // nothing is stopped: it returns
	})
	if out.Failure != nil {
		t.Errorf("outcome %+v", out)
	}
	runtime.Gosched()
}

func TestPanicTextIsTheRuntimes(t *testing.T) {
	type named int
	for want, v := range map[string]any{
		"3": 3, "boom\n\tnext": "boom\nnext", "rt.named(3)": named(3), "true": true, "0.0025": 0.0025,
		"(1-2i)": complex(1, -2), "97": 'a',
	} {
		if got := PanicText(v); got != want {
			t.Errorf("PanicText(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestStopBeforeRun(t *testing.T) {
	c := NewCell(1)
	c.Stop(nil)
	out := c.Run(func(*Cell) { t.Error("a cell stopped before it began was run") })
	if out.Failure == nil || out.Failure.Kind != KindInterrupt || out.Live != 0 {
		t.Errorf("outcome %+v", out)
	}
}

// An interrupt that comes when the cell has told that it ended well leaves the
// goroutines that go on alone; one before makes it fail.
func TestInterruptAfterTheEnd(t *testing.T) {
	ticks := make(chan int)
	c := NewCell(uint64(time.Now().UnixNano()))
	out := c.Run(func(*Cell) {
		Go(func() {
			for {
				Send(ticks, 1)
			}
		})
	})
	c.Interrupt()
	if out.Failure != nil || out.Live != 1 {
		t.Errorf("outcome %+v", out)
	}
	for range 3 {
		select {
		case <-ticks:
		case <-time.After(10 * time.Second):
			t.Fatal("the goroutine was stopped")
		}
	}
	c.Stop(nil)
	<-c.Idle()
	out = inCell(func(c *Cell) { c.Interrupt(); Forever() })
	if out.Failure == nil || out.Failure.Kind != KindInterrupt {
		t.Errorf("outcome %+v", out)
	}
}
