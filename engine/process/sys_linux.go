package process

import "syscall"

// processAttr makes the engine the leader of a session of its own, which ends
// with the kernel process whatever happens to it.
func processAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}
