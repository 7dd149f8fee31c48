package rt

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// An operation of package sync can't be ended from outside. Its stand-in
// takes the fast path where the operation would not block; else a helper
// goroutine does the operation and the caller waits for the helper or for the
// stop. A helper whose caller was stopped undoes what it did.

// await runs op in a helper goroutine and waits until it returns. When the
// caller is stopped first, undo runs after op, and Halt ends the caller. A
// panic in op is raised in the caller.
func await(op, undo func()) {
	var gone atomic.Bool
	done := make(chan any)
	go helper(op, undo, done, &gone)
	for {
		select {
		case v := <-done:
			if v != nil {
				panic(v)
			}
			if stopPending() { // it was released by what ends with the cell
				undo()
				mustHalt()
			}
			return
		case <-Done():
			if gone.CompareAndSwap(false, true) {
				mustHalt()
			}
		}
	}
}

// helper hands the operation's effect over, or undoes it.
func helper(op, undo func(), done chan<- any, gone *atomic.Bool) {
	setProfLabel(nil)
	v := caughtBy(op)
	if gone.CompareAndSwap(false, true) {
		done <- v
		return
	}
	undo()
}

func caughtBy(op func()) (v any) {
	defer func() { v = recover() }()
	op()
	return nil
}

func nothing() {}

// wgCounter is the offset of sync.WaitGroup's state word, whose upper half is
// the counter; -1 when this Go version lays it out otherwise.
var wgCounter = findCounter()

func findCounter() int {
	f, ok := reflect.TypeFor[sync.WaitGroup]().FieldByName("state")
	if !ok || f.Type != reflect.TypeFor[atomic.Uint64]() {
		return -1
	}
	var wg sync.WaitGroup
	wg.Add(3)
	defer wg.Add(-3)
	if (*atomic.Uint64)(unsafe.Add(unsafe.Pointer(&wg), f.Offset)).Load() != 3<<32 {
		return -1
	}
	return int(f.Offset)
}

// WaitGroupWait is wg.Wait().
//
//go:noinline
func WaitGroupWait(wg *sync.WaitGroup) {
	if wgCounter >= 0 && (*atomic.Uint64)(unsafe.Add(unsafe.Pointer(wg), wgCounter)).Load()>>32 == 0 {
		wg.Wait()
		return
	}
	await(wg.Wait, nothing)
}

// MutexLock is mu.Lock().
//
//go:noinline
func MutexLock(mu *sync.Mutex) {
	if !mu.TryLock() {
		await(mu.Lock, mu.Unlock)
	}
}

// RWMutexLock is mu.Lock().
//
//go:noinline
func RWMutexLock(mu *sync.RWMutex) {
	if !mu.TryLock() {
		await(mu.Lock, mu.Unlock)
	}
}

// RWMutexRLock is mu.RLock().
//
//go:noinline
func RWMutexRLock(mu *sync.RWMutex) {
	if !mu.TryRLock() {
		await(mu.RLock, mu.RUnlock)
	}
}

// LockerLock is l.Lock() for a lock known only as a sync.Locker.
//
//go:noinline
func LockerLock(l sync.Locker) {
	switch l := l.(type) {
	case *sync.Mutex:
		MutexLock(l)
	case *sync.RWMutex:
		RWMutexLock(l)
	default:
		await(l.Lock, l.Unlock)
	}
}

// CondWait is c.Wait(). When the caller is stopped it tries to take c.L back
// first, so that a deferred Unlock finds it locked.
//
//go:noinline
func CondWait(c *sync.Cond) {
	var gone atomic.Bool
	done := make(chan any)
	go helper(c.Wait, func() { c.Signal(); c.L.Unlock() }, done, &gone)
	for {
		select {
		case v := <-done:
			if v != nil {
				panic(v)
			}
			if stopPending() {
				mustHalt()
			}
			return
		case <-Done():
			if gone.CompareAndSwap(false, true) {
				relock(c.L)
				mustHalt()
			}
		}
	}
}

// relock locks l for the deferred functions of a stopped goroutine. It gives
// up after half of their grace.
func relock(l sync.Locker) {
	var gone atomic.Bool
	done := make(chan any, 1)
	go helper(l.Lock, l.Unlock, done, &gone)
	t := time.NewTimer(deferGrace / 2)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
		if !gone.CompareAndSwap(false, true) {
			<-done
		}
	}
}

// mustHalt ends the calling goroutine, whose Done channel is closed.
func mustHalt() {
	Halt()
	runtime.Goexit()
}
