package server

import "unsafe"

// addOffset returns the address of a field that begins offset bytes behind p.
func addOffset(p unsafe.Pointer, offset uintptr) unsafe.Pointer { return unsafe.Add(p, offset) }
