//go:build unix

package rt

import (
	"syscall"
	"time"
)

// CPUTime is the CPU time the process has used so far.
func CPUTime() (user, sys time.Duration) {
	var ru syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &ru) != nil {
		return 0, 0
	}
	return time.Duration(ru.Utime.Nano()), time.Duration(ru.Stime.Nano())
}
