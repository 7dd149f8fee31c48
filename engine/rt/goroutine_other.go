//go:build !amd64 && !arm64

package rt

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

// depthTurn counts the calls of stackUsed, of which every depthEvery-th looks.
var depthTurn atomic.Uint32

const depthEvery = 256

// stackUsed estimates how many bytes of its stack the calling goroutine uses:
// a frame that recurses has a hundred, more or less. Only every 256th call
// looks, at 50 ns a frame.
func stackUsed() uintptr {
	if depthTurn.Add(1)%depthEvery != 0 {
		return 0
	}
	var pc [1]uintptr
	for frames := 1_280_000; frames >= 10_000; frames /= 2 {
		if runtime.Callers(frames, pc[:]) != 0 {
			return uintptr(frames) * 100
		}
	}
	return 0
}

// panicking returns nil: earlier panics of the calling goroutine are not known.
func panicking() unsafe.Pointer { return nil }
