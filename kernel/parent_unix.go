//go:build unix

package kernel

import (
	"errors"
	"os"
	"syscall"
)

// parentWatch returns a function that tells whether the process pid has
// ended. A direct parent is recognised by being replaced as the parent, which
// holds for a process 1 too and for a pid used again.
func parentWatch(pid int) func() bool {
	if first := os.Getppid(); first == pid {
		return func() bool { return os.Getppid() != first }
	}
	return func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
}
