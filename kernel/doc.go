// Package kernel speaks the Jupyter messaging protocol (version 5.3) for an
// Executor it knows nothing about.
//
// Start with Run, which is what Jupyter starts: it reads the connection file,
// opens the five sockets, watches signals and the parent process, and returns
// when the kernel was asked to end:
//
//	err := kernel.Run(ctx, "/run/…/kernel-1.json", executor, kernel.Options{})
//
// Listen and Server.Serve are the same in two steps, with no process-wide
// effects. Install, Uninstall and List keep kernelspecs. RunNotebook executes
// a notebook document over the same Executor with no Jupyter at all.
//
// The way of a request: a socket (socket.go) accepts connections and guards
// them against hostile frames (guard.go); wire.go checks the signature and
// decodes; dispatch.go answers what can be answered at once, hands questions
// to the query lane and cells to the execution lane (execute.go); what a cell
// shows goes through cell.go into the IOPub queue (publisher.go), which joins
// stream output and never waits long for a slow subscriber.
package kernel
