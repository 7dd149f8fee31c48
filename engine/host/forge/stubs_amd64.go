package forge

import "unsafe"

const (
	// Supported says that types can be made on this architecture.
	Supported = true

	numStubs = 4096
	stubSize = 5 // bytes: a near call
)

// table holds the closure of stub i at (i+1)*stubSize.
var table [(numStubs + 1) * stubSize]unsafe.Pointer

func stubsAddress() uintptr

// stubCode returns where the code of stub i starts.
func stubCode(i int) unsafe.Pointer {
	return unsafe.Add(nil, stubsAddress()+uintptr(i*stubSize))
}

func setStub(i int, closure unsafe.Pointer) { table[(i+1)*stubSize] = closure }
