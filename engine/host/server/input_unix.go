//go:build linux || darwin

package server

import (
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

const inputWatched = true

// replaceStdin makes descriptor 0 the same file as r, blocking: what cells
// start inherits it.
func replaceStdin(r *os.File) error {
	return control(r, func(fd int) error {
		if err := dup(fd, 0); err != nil {
			return err
		}
		return syscall.SetNonblock(0, false)
	})
}

func control(f *os.File, do func(fd int) error) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := c.Control(func(fd uintptr) { failed = do(int(fd)) }); err != nil {
		return err
	}
	return failed
}

// fionread asks how many bytes can be read.
var fionread = map[string]uintptr{"linux": 0x541b, "darwin": 0x4004667f}[runtime.GOOS]

// buffered returns how many bytes wait on descriptor 0, -1 when it can't be
// told.
func buffered() int {
	var n int32
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, 0, fionread, uintptr(unsafe.Pointer(&n))); errno != 0 {
		return -1
	}
	return int(n)
}
