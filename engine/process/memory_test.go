//go:build linux

package process_test

import (
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/wire"
)

// TestTheKernelKeepsTheLimit: an engine whose own watch does not stop it at its
// memory limit is ended by the kernel process, with words that say why.
func TestTheKernelKeepsTheLimit(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan *process.DeathError, 1)
	e, err := process.Start(t.Context(), process.Config{Path: self, Died: func(d *process.DeathError) { told <- d }})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	err = e.Call(t.Context(), wire.MethodRun, wire.Run{Cell: 1}, nil)
	d, ok := process.IsDeath(err)
	if !ok {
		t.Fatalf("the call returned %v", err)
	}
	words := regexp.MustCompile(`^out of memory: the limit is 64 MiB \(the session used (9[6-9]|[12]\d\d) MiB\)$`)
	if !words.MatchString(d.Reason) || !strings.Contains(d.Error(), d.Reason) {
		t.Errorf("reason %q, error %q", d.Reason, d)
	}
	if !d.Memory || d.Signal != syscall.SIGKILL || d.Unheard {
		t.Errorf("%+v", d)
	}
	if got := <-told; got != d {
		t.Errorf("told of %v", got)
	}
}
