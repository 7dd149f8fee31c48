package process

import (
	"os"
	"os/exec"
	"syscall"
)

// processAttr keeps console events of the kernel process from the engine. It
// ends when its request pipe does.
func processAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// inherit gives the engine the files' handles, whose numbers it is told.
func inherit(cmd *exec.Cmd, files ...*os.File) (handles []uintptr) {
	for _, f := range files {
		h := syscall.Handle(f.Fd())
		_ = syscall.SetHandleInformation(h, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT)
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, h)
		handles = append(handles, uintptr(h))
	}
	return handles
}

// readable is not known before something was read.
func readable(*os.File) bool { return false }
