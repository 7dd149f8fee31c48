package rt

import (
	"context"
	"os"
	"os/signal"
	"time"
)

// SignalNotify is signal.Notify for a cell, whose goroutines may then wait for
// a signal that comes from outside: that is no deadlock.
func SignalNotify(c chan<- os.Signal, sig ...os.Signal) {
	awaitsSignals()
	signal.Notify(c, sig...)
}

// SignalNotifyContext is signal.NotifyContext in the same way.
func SignalNotifyContext(parent context.Context, sig ...os.Signal) (context.Context, context.CancelFunc) {
	awaitsSignals()
	return signal.NotifyContext(parent, sig...)
}

func awaitsSignals() {
	if o := current(); o != nil {
		o.cell.expect(100 * 365 * 24 * time.Hour)
	}
}
