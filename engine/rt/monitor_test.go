package rt

import (
	"runtime"
	"strconv"
	"testing"
	"time"
)

// TestMonitorAllocatesNothing: when memory is short an allocation waits for a
// collection, and the monitor must not.
func TestMonitorAllocatesNothing(t *testing.T) {
	c := NewCell(1)
	o := c.enter()
	defer c.leave(o)
	m := newMonitor(1 << 40)
	allocs := testing.AllocsPerRun(100, func() {
		m.checkMemory(time.Now())
		stackMay.Store(stackAllowance(m.stacksUsed(), m.limit))
		m.checkStacks()
	})
	if allocs != 0 {
		t.Errorf("a tick allocates %v times", allocs)
	}
}

func TestStackAllowance(t *testing.T) {
	for _, c := range []struct {
		total, limit int64
		want         uintptr
	}{
		{0, 0, 128 << 20},
		{512 << 20, 0, 128 << 20},
		{1 << 30, 0, 16 << 20},
		{128 << 20, 1 << 30, 128 << 20},
		{256 << 20, 1 << 30, 16 << 20},
		{1 << 40, 1 << 30, 1 << 20},
	} {
		if got := stackAllowance(c.total, c.limit); got != c.want {
			t.Errorf("stacks use %d of %d bytes: each may use %d, want %d", c.total, c.limit, got, c.want)
		}
	}
}

//go:noinline
func useStack(n int) uintptr {
	if n == 0 {
		return stackUsed()
	}
	return useStack(n-1) + uintptr(n-n)
}

func TestStackUsed(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Logf("estimated on %s", runtime.GOARCH)
		return
	}
	done := make(chan [2]uintptr)
	go func() { done <- [2]uintptr{useStack(0), useStack(100_000)} }()
	used := <-done
	if used[0] < 16 || used[0] > 4096 {
		t.Errorf("a fresh goroutine uses %d bytes of its stack", used[0])
	}
	if grown := used[1] - used[0]; grown < 100_000*16 || grown > 100_000*200 {
		t.Errorf("100,000 calls use %d bytes", grown)
	}
}

//go:noinline
func waitBelow(n int, at chan<- struct{}, till <-chan struct{}) int {
	if n == 0 {
		at <- struct{}{}
		<-till
		return 0
	}
	return waitBelow(n-1, at, till) + 1
}

// A dump of stacks this deep stops the world for seconds: no deadlock is
// looked for until they are gone.
func TestNoDumpOfDeepStacks(t *testing.T) {
	m := newMonitor(0)
	m.locks.reset()
	looked := func() bool {
		m.locks.cpu = 0
		m.checkLocks()
		return m.locks.cpu != 0
	}
	at, till, gone := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() { defer close(gone); waitBelow(2_000_000, at, till) }()
	<-at
	if looked() {
		t.Error("it looks at stacks of 64 MB and more")
	}
	m.given(true)
	if looked() || m.giving != nil {
		t.Error("it looks, or collects again, though they are as deep")
	}
	close(till)
	<-gone
	runtime.GC()
	if !looked() {
		t.Error("it does not look though they are gone")
	}
}

func TestSecondNumber(t *testing.T) {
	for text, want := range map[string]string{"321 45 6 7\n": "45 true", "321": "0 false", "": "0 false"} {
		n, ok := secondNumber([]byte(text))
		if got := strconv.FormatInt(n, 10) + " " + strconv.FormatBool(ok); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if r := Resident(); r < 1<<20 || r > 1<<40 {
		t.Errorf("this process has %d bytes", r)
	}
}
