package stack

import "strings"

const rtPath = "github.com/goblaze/goblaze/engine/rt."

// standIns maps rt's frames to the operation a user wrote.
var standIns = map[string]string{
	"recvParked":      "chan receive",
	"recvTimed":       "timer",
	"sendParked":      "chan send",
	"recvValueParked": "chan receive",
	"recvValueTimed":  "timer",
	"sendValueParked": "chan send",
	"Forever":         "select (no cases)",
	"Sleep":           "sleep",
	"WaitGroupWait":   "sync.WaitGroup.Wait",
	"CondWait":        "sync.Cond.Wait",
	"MutexLock":       "sync.Mutex.Lock",
	"RWMutexLock":     "sync.RWMutex.Lock",
	"RWMutexRLock":    "sync.RWMutex.RLock",
	"LockerLock":      "sync.Locker.Lock",
}

// op says what the goroutine waits in: the stand-in it called, else the
// runtime's own state.
func (g *Goroutine) op() string {
	for _, call := range g.Calls {
		rest, ok := strings.CutPrefix(call, rtPath)
		switch {
		case call == "sync.(*Once).doSlow" && g.State == "sync.Mutex.Lock": // OnceFunc's and OnceValue's too
			return "sync.Once.Do"
		case !ok:
			continue
		}
		rest, _, _ = strings.Cut(rest, "[")
		if op, ok := standIns[rest]; ok {
			return op
		}
	}
	return g.State
}

// Blocked reports whether the goroutine waits for something: it does not
// compute and can't start to by itself.
func (g *Goroutine) Blocked() bool {
	switch g.State {
	case "running", "runnable", "idle", "copystack", "preempted", "GC assist marking", "GC assist wait":
		return false
	}
	return true
}

// Forever reports whether only another goroutine can wake this one: it waits
// for a channel, a lock or a counter, not for a timer or the outside.
func (g *Goroutine) Forever() bool {
	switch strings.TrimSuffix(g.Op, " (nil chan)") {
	case "chan receive", "chan send", "select", "select (no cases)", "semacquire",
		"sync.WaitGroup.Wait", "sync.Cond.Wait", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "sync.Locker.Lock", "sync.Once.Do":
		return true
	}
	return false
}
