package rt

import (
	"sync/atomic"
	"syscall"
	"unsafe"
)

// statm is the descriptor of /proc/self/statm, and 1; 0 before it is opened.
var statm atomic.Int64

// readStatm reads /proc/self/statm and returns its length, 0 on failure. The
// read is hidden from the scheduler, which would let busy goroutines take the
// monitor's place; it takes a microsecond.
func readStatm(buf []byte) int {
	fd := statm.Load() - 1
	if fd < 0 {
		n, err := syscall.Open("/proc/self/statm", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != nil {
			return 0
		}
		fd = int64(n)
		statm.Store(fd + 1)
	}
	n, _, errno := syscall.RawSyscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(&buf[0])), uintptr(len(buf)), 0, 0, 0)
	if errno != 0 {
		statm.Store(0) // somebody closed it
		return 0
	}
	return int(n)
}
