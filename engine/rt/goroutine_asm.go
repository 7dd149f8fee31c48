//go:build amd64 || arm64

package rt

import "unsafe"

// stackUsed returns how many bytes of its stack the calling goroutine uses.
//
//go:noescape
func stackUsed() uintptr

// panicking returns the calling goroutine's innermost panic, nil for none; see
// runtimePanic.
//
//go:noescape
func panicking() unsafe.Pointer
