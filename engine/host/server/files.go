package server

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// withFiles calls open, and again for up to a quarter of a second where the
// process has no free descriptors: collections close the files that cells lost
// sight of. An error that stays says what to do.
func withFiles(open func() error) error {
	err := open()
	for wait := time.Millisecond; noFiles(err) && wait < 200*time.Millisecond; wait *= 2 {
		runtime.GC() // which lets the files' cleanups run, in goroutines of the runtime
		time.Sleep(wait)
		err = open()
	}
	if noFiles(err) {
		return fmt.Errorf("too many files are open in this session, or a cell lowered the limit: close those that are no longer used (f.Close()), or restart the kernel: %w", err)
	}
	return err
}

// noFiles reports whether an error is EMFILE; plugin.Open has but its text.
func noFiles(err error) bool {
	return err != nil && (errors.Is(err, syscall.EMFILE) || strings.Contains(err.Error(), "Too many open files"))
}
