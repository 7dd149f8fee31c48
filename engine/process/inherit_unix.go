//go:build unix

package process

import (
	"os"
	"os/exec"

	"golang.org/x/sys/unix"
)

// inherit gives the engine the files as descriptors 3 and up.
func inherit(cmd *exec.Cmd, files ...*os.File) (handles []uintptr) {
	cmd.ExtraFiles = files
	return nil
}

// readable reports whether a pipe has something to read.
func readable(f *os.File) bool {
	is := false
	if c, err := f.SyscallConn(); err == nil {
		c.Control(func(fd uintptr) {
			p := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
			n, err := unix.Poll(p, 0)
			is = err == nil && n > 0 && p[0].Revents&unix.POLLIN != 0
		})
	}
	return is
}
