package rt

import (
	"time"
	"unsafe"
)

// Recv is <-ch, stoppable.
func Recv[T any](ch <-chan T) T {
	select {
	case v := <-ch:
		checkStop()
		return v
	default:
	}
	v, _ := recvWait(ch)
	return v
}

// Recv2 is the two-valued <-ch, stoppable; it also serves range loops.
func Recv2[T any](ch <-chan T) (T, bool) {
	select {
	case v, ok := <-ch:
		checkStop()
		return v, ok
	default:
	}
	return recvWait(ch)
}

func recvWait[T any](ch <-chan T) (v T, ok bool) {
	if isTimerChan(*(*unsafe.Pointer)(unsafe.Pointer(&ch))) {
		return recvTimed(ch)
	}
	return recvParked(ch)
}

// recvTimed is recvParked for a channel that a timer feeds: the name of the
// frame tells the deadlock detector.
//
//go:noinline
func recvTimed[T any](ch <-chan T) (v T, ok bool) { return recvLoop(ch) }

//go:noinline
func recvParked[T any](ch <-chan T) (v T, ok bool) { return recvLoop(ch) }

func recvLoop[T any](ch <-chan T) (v T, ok bool) {
	for {
		select {
		case v, ok = <-ch:
			checkStop() // a goroutine of the cell may have sent or closed when it was stopped
			return v, ok
		case <-Done():
			Halt()
		}
	}
}

// Send is ch <- v, stoppable.
func Send[T any](ch chan<- T, v T) {
	select {
	case ch <- v:
		checkStop()
		return
	default:
	}
	sendParked(ch, v)
}

//go:noinline
func sendParked[T any](ch chan<- T, v T) {
	for {
		select {
		case ch <- v:
			checkStop()
			return
		case <-Done():
			Halt()
		}
	}
}

// Forever is select{}, stoppable.
//
//go:noinline
func Forever() {
	for {
		<-Done()
		Halt()
	}
}

// Sleep is time.Sleep, stoppable.
//
//go:noinline
func Sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			checkStop()
			return
		case <-Done():
			Halt()
		}
	}
}

// timerOffset is the offset of runtime.hchan's timer field, found by
// comparing a timer's channel with a plain one; 0 when there is none.
var timerOffset = findTimerOffset()

// findTimerOffset looks for the one word of the channel header that is set in
// a timer's channel and nil in a plain channel of the same kind.
func findTimerOffset() uintptr {
	const word = unsafe.Sizeof(uintptr(0))
	t := time.NewTimer(time.Hour)
	defer t.Stop()
	timed, plain := t.C, make(chan time.Time, 1)
	a, b := *(*unsafe.Pointer)(unsafe.Pointer(&timed)), *(*unsafe.Pointer)(unsafe.Pointer(&plain))
	for off := 3 * word; off < 6*word; off += word {
		x, y := *(*uintptr)(unsafe.Add(a, off)), *(*uintptr)(unsafe.Add(b, off))
		if x != 0 && y == 0 {
			return off
		}
	}
	return 0
}

// isTimerChan reports whether the channel at p is fed by a time.Timer or
// time.Ticker.
func isTimerChan(p unsafe.Pointer) bool {
	return p != nil && timerOffset != 0 && *(*uintptr)(unsafe.Add(p, timerOffset)) != 0
}

func anyTimerChan(ch any) bool {
	// The data word of an interface that holds a channel is the channel.
	return isTimerChan((*[2]unsafe.Pointer)(unsafe.Pointer(&ch))[1])
}
