//go:build unix

package rt

import (
	"fmt"
	"os"
	"syscall"
)

// kernel is the process that started this one, and must outlive every cell.
var kernel = os.Getppid()

// SyscallKill is syscall.Kill, but for the signals that would end or stop the
// kernel process: they are refused with EPERM and a note.
func SyscallKill(pid int, sig syscall.Signal) error {
	if spared(pid, sig) {
		return syscall.EPERM
	}
	return syscall.Kill(pid, sig)
}

// ProcessSignal is (*os.Process).Signal, and spares the kernel process.
func ProcessSignal(p *os.Process, sig os.Signal) error {
	if s, ok := sig.(syscall.Signal); ok && spared(p.Pid, s) {
		return os.NewSyscallError("kill", syscall.EPERM)
	}
	return p.Signal(sig)
}

// ProcessKill is (*os.Process).Kill, and spares the kernel process.
func ProcessKill(p *os.Process) error { return ProcessSignal(p, os.Kill) }

// spared reports whether a signal would reach the kernel process: by its number,
// its group's, or among all of the user's processes. Those that it takes as a
// question or an interrupt may pass.
func spared(pid int, sig syscall.Signal) bool {
	if sig == 0 || sig == syscall.SIGINT || kernel <= 1 {
		return false
	}
	if pid != kernel && pid != -1 {
		group, err := syscall.Getpgid(kernel)
		if pid >= 0 || err != nil || pid != -group {
			return false
		}
	}
	fmt.Fprintf(os.Stderr, "note: the kernel's process %d was not sent %q: it would end this session\n", kernel, sig)
	return true
}
