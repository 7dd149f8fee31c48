package process

import "syscall"

// processAttr makes the engine the leader of a session of its own. It is told
// of the kernel process's death twice: by SIGTERM and by the end of its pipe.
func processAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGTERM}
}
