//go:build amd64 || arm64

package rt

// stackUsed returns how many bytes of its stack the calling goroutine uses.
//
//go:noescape
func stackUsed() uintptr
