//go:build unix

package server

import (
	"os"
	"syscall"

	"github.com/goblaze/goblaze/engine/host/config"
)

// inherited returns the descriptors of requests, replies and last words; what
// cells start does not get them.
func inherited(config.Config) [3]uintptr {
	for fd := config.RequestFD; fd <= config.CrashFD; fd++ {
		syscall.CloseOnExec(fd)
	}
	return [3]uintptr{config.RequestFD, config.ReplyFD, config.CrashFD}
}

// duplicate returns a descriptor of the engine's own for an output stream.
func duplicate(f *os.File) (uintptr, error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	n := -1
	if e := conn.Control(func(fd uintptr) {
		if n, err = syscall.Dup(int(fd)); err == nil {
			syscall.CloseOnExec(n)
		}
	}); e != nil {
		return 0, e
	}
	return uintptr(n), err
}

// groupAttr puts a command into a process group of its own.
func groupAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// An error of what follows means that the group has ended.

func interruptGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGINT) }

func killGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }

// exitCode is the shell's: 128 and the number of the signal that ended it.
func exitCode(st *os.ProcessState) int {
	if ws, ok := st.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return 128 + int(ws.Signal())
	}
	return st.ExitCode()
}
