//go:build unix && !linux

package process

import "syscall"

// processAttr makes the engine the leader of a session of its own. It ends
// when its request pipe does.
func processAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
