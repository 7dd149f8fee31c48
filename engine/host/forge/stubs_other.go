//go:build !amd64

package forge

import "unsafe"

const (
	// Supported says that types can be made on this architecture.
	Supported = false

	numStubs = 0
)

func stubCode(int) unsafe.Pointer { return nil }

func setStub(int, unsafe.Pointer) {}
