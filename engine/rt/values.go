package rt

import (
	"reflect"
)

// The stand-ins of interpreted code, which has channels of types that only
// reflection knows.

// RecvValue is v, ok := <-ch, stoppable.
func RecvValue(ch reflect.Value) (v reflect.Value, ok bool) {
	if v, ok := ch.TryRecv(); v.IsValid() {
		checkStop()
		return v, ok
	}
	if isTimerChan(ch.UnsafePointer()) {
		return recvValueTimed(ch)
	}
	return recvValueParked(ch)
}

// recvValueTimed is recvValueParked for a channel that a timer feeds: the name
// of the frame tells the deadlock detector.
//
//go:noinline
func recvValueTimed(ch reflect.Value) (v reflect.Value, ok bool) { return recvValueLoop(ch) }

//go:noinline
func recvValueParked(ch reflect.Value) (v reflect.Value, ok bool) { return recvValueLoop(ch) }

func recvValueLoop(ch reflect.Value) (v reflect.Value, ok bool) {
	for {
		i, v, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}, stopCase(Done())})
		if i == 0 {
			checkStop()
			return v, ok
		}
		Halt()
	}
}

func stopCase(done <-chan struct{}) reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(done)}
}

// SendValue is ch <- v, stoppable.
func SendValue(ch, v reflect.Value) {
	if ch.TrySend(v) {
		checkStop()
		return
	}
	sendValueParked(ch, v)
}

//go:noinline
func sendValueParked(ch, v reflect.Value) {
	for {
		if i, _, _ := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: ch, Send: v}, stopCase(Done())}); i == 0 {
			checkStop()
			return
		}
		Halt()
	}
}

// SelectValues is a select statement, stoppable: the index of the case that
// went on, len(cases) for a default case, and what it received.
func SelectValues(cases []reflect.SelectCase, hasDefault bool) (chosen int, v reflect.Value, ok bool) {
	n := len(cases)
	if hasDefault {
		return reflect.Select(append(cases[:n:n], reflect.SelectCase{Dir: reflect.SelectDefault}))
	}
	if n == 0 {
		Forever()
	}
	chans := make([]any, n)
	for i, c := range cases {
		chans[i] = c.Chan.Interface()
	}
	for {
		chosen, v, ok = reflect.Select(append(cases[:n:n], stopCase(DoneFor(chans...))))
		if chosen < n {
			checkStop()
			return chosen, v, ok
		}
		Halt()
	}
}
