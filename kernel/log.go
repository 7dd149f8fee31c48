package kernel

import (
	"log"
	"sync"
	"time"
)

// A dropLog logs what the kernel refuses, at most logBurst lines each
// logPeriod, so that a flood of bad messages does not become a flood of log.
// It is safe for concurrent use.
type dropLog struct {
	to *log.Logger

	mu         sync.Mutex
	start      time.Time
	lines      int
	suppressed int
}

const (
	logBurst  = 50
	logPeriod = 10 * time.Second
)

func (l *dropLog) printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if now.Sub(l.start) > logPeriod {
		if l.suppressed > 0 {
			l.to.Printf("%d more messages like these were not logged", l.suppressed)
		}
		l.start, l.lines, l.suppressed = now, 0, 0
	}
	if l.lines >= logBurst {
		l.suppressed++
		return
	}
	l.lines++
	l.to.Printf(format, args...)
}
