package vectorizer

import "sync/atomic"

// Hooks let an engine that embeds this package own the goroutines it starts.
// The zero value is plain Go. Programs have no use for it.
type Hooks struct {
	// Go starts fn in a goroutine that belongs to the calling one (labels,
	// ownership). The function it returns, which may be nil, asks that
	// goroutine to end by runtime.Goexit at its next check; it must be
	// harmless after fn has returned.
	Go func(fn func()) (halt func())
	// Spare is called by a goroutine that Go started when it is about to close
	// its worker's state: the function that Go returned is not to end it any more.
	Spare func()
	// Stop is called by the goroutine that starts a run; the channel it
	// returns, which may be nil, is closed when that goroutine's owner is
	// asked to stop. The run then ends with ErrInterrupted.
	Stop func() <-chan struct{}
}

var hooks atomic.Pointer[Hooks]

// SetHooks installs h for all runs that start afterwards.
func SetHooks(h Hooks) { hooks.Store(&h) }

// SetGo is for engines that only need to start worker goroutines in their own
// way: start must call its argument in a new goroutine. nil restores plain Go.
func SetGo(start func(fn func())) {
	h := Hooks{Stop: currentHooks().Stop}
	if start != nil {
		h.Go = func(fn func()) func() { start(fn); return nil }
	}
	SetHooks(h)
}

func currentHooks() Hooks {
	if h := hooks.Load(); h != nil {
		return *h
	}
	return Hooks{}
}

// launch starts fn; this is the only place where the package starts goroutines.
func (h Hooks) launch(fn func()) (halt func()) {
	if h.Go != nil {
		return h.Go(fn)
	}
	go fn()
	return nil
}

func (h Hooks) stopChannel() <-chan struct{} {
	if h.Stop != nil {
		return h.Stop()
	}
	return nil
}
