// Package rt stands for the run-time package that host and cells share.
package rt

var runs []func()

// Run hands a function over to the host.
func Run(f func()) { runs = append(runs, f) }

// Take gives what was handed over since the last call.
func Take() []func() {
	taken := runs
	runs = nil
	return taken
}
