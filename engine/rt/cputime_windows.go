package rt

import (
	"syscall"
	"time"
)

// CPUTime is the CPU time the process has used so far.
func CPUTime() (user, sys time.Duration) {
	p, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0, 0
	}
	var created, exited, kernel, own syscall.Filetime
	if syscall.GetProcessTimes(p, &created, &exited, &kernel, &own) != nil {
		return 0, 0
	}
	return ticks(own), ticks(kernel)
}

// ticks reads a duration in units of 100 ns; Filetime's own method counts from
// 1970.
func ticks(t syscall.Filetime) time.Duration {
	return time.Duration(int64(t.HighDateTime)<<32|int64(t.LowDateTime)) * 100
}
