package server

import (
	"os"
	"syscall"

	"github.com/goblaze/goblaze/engine/host/config"
	"github.com/goblaze/goblaze/engine/host/session"
)

// inherited returns the handles of requests, replies and last words.
func inherited(cfg config.Config) [3]uintptr {
	var h [3]uintptr
	for i := range min(len(cfg.Handles), len(h)) {
		h[i] = cfg.Handles[i]
		_ = syscall.SetHandleInformation(syscall.Handle(h[i]), syscall.HANDLE_FLAG_INHERIT, 0)
	}
	return h
}

// duplicate returns a handle of the engine's own for an output stream.
func duplicate(from *os.File) (uintptr, error) {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0, err
	}
	var h syscall.Handle
	err = syscall.DuplicateHandle(self, syscall.Handle(from.Fd()), self, &h, 0, false, syscall.DUPLICATE_SAME_ACCESS)
	return uintptr(h), err
}

// apart opens what the runtime keeps: handles have no numbers to count up to.
func apart(open func() error) error { return open() }

// Standard handles are closed through their files only: see streams.reopen.

func closed(int) bool { return false }

func restore(int, *os.File) bool { return false }

// groupAttr puts a command into a process group of its own.
func groupAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// interruptGroup does nothing: a console event would reach the engine too.
func interruptGroup(*os.Process) {}

func killGroup(p *os.Process) { session.Kill(p.Pid, 0) }

func exitCode(st *os.ProcessState) int { return st.ExitCode() }
