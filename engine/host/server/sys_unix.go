//go:build unix

package server

import (
	"os"
	"sync"
	"syscall"

	"github.com/goblaze/goblaze/engine/host/config"
)

// inherited returns the descriptors of requests, replies and last words; what
// cells start does not get them. They are moved out of the way: a cell that
// closes 3 and up, as daemons do, closes none of the engine's own.
func inherited(config.Config) (fds [3]uintptr) {
	for i, fd := range []uintptr{config.RequestFD, config.ReplyFD, config.CrashFD} {
		syscall.CloseOnExec(int(fd))
		fds[i] = fd
		if n, err := moved(fd); err == nil {
			syscall.Close(int(fd))
			fds[i] = n
		}
	}
	return fds
}

// ownFrom returns the lowest number of the engine's own descriptors: above
// those that a loop of 1024 closes, where the limit of open files allows it.
var ownFrom = sync.OnceValue(func() uintptr {
	from := uint64(1100)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err == nil {
		from = min(from, max(uint64(limit.Cur), 64)-32)
	}
	return uintptr(from)
})

// apart opens what the Go runtime keeps open (the network poller, the duplicate
// of the file for last words) with numbers of the engine's own too: it lets open
// do so while all lower ones are taken, which costs about 0.5 ms.
func apart(open func() error) error {
	var taken []int
	defer func() {
		for _, fd := range taken {
			syscall.Close(fd)
		}
	}()
	for {
		n, _, errno := syscall.Syscall(syscall.SYS_FCNTL, 0, syscall.F_DUPFD_CLOEXEC, 3)
		if errno != 0 {
			break
		}
		taken = append(taken, int(n))
		if n >= ownFrom() {
			break
		}
	}
	if r, w, err := os.Pipe(); err == nil { // starts the poller
		r.Close()
		w.Close()
	}
	return open()
}

// moved duplicates a descriptor to one of the engine's own, which what cells
// start does not get.
func moved(fd uintptr) (uintptr, error) {
	n, _, errno := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_DUPFD_CLOEXEC, ownFrom())
	if errno != 0 {
		return 0, errno
	}
	return n, nil
}

// duplicate returns a descriptor of the engine's own for a file.
func duplicate(f *os.File) (n uintptr, err error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	if e := conn.Control(func(fd uintptr) { n, err = moved(fd) }); e != nil {
		return 0, e
	}
	return n, err
}

// closed reports whether a descriptor is open no more.
func closed(fd int) bool {
	_, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFD, 0)
	return errno == syscall.EBADF
}

// restore opens one of the three standard descriptors again where a cell closed
// it by its number, as a duplicate of f, and reports whether it did.
func restore(fd int, f *os.File) bool {
	if !closed(fd) {
		return false
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return false
	}
	n, errno := ^uintptr(0), syscall.EBADF
	conn.Control(func(from uintptr) {
		n, _, errno = syscall.Syscall(syscall.SYS_FCNTL, from, syscall.F_DUPFD, uintptr(fd))
	})
	if errno == 0 && n != uintptr(fd) { // another goroutine was faster
		syscall.Close(int(n))
	}
	return errno == 0 && n == uintptr(fd)
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
