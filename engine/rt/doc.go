// Package rt is the run-time support that compiled cells call: generated code
// registers itself with [Register], checks [Stopping] at loop back-edges and
// function entries, and uses the stand-ins of this package (Go, Recv, Send,
// Sleep, WaitGroupWait, …) where Go's own operation could not be stopped.
//
// The engine process imports it to run cells: [NewCell], then [Cell.Run].
// One copy of the package is shared by the host and every plugin, so its
// variables are the session's.
//
// A goroutine belongs to the cell that started it. The owner travels in the
// goroutine's profiler label, which `go` statements inherit, in library code
// too; [Current] reads it back in a few nanoseconds.
package rt
