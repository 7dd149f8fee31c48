//go:build unix

package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The compiler is a script that starts a child and waits for it: neither may outlive a cancelled build.
func TestCancelledBuildLeavesNothing(t *testing.T) {
	tools := t.TempDir()
	pids := filepath.Join(t.TempDir(), "pids")
	script(t, tools, "compile", `sleep 600 & echo $$ $! > `+pids+`.new; mv `+pids+`.new `+pids+`; wait`)
	tc, e := *shared.t, *shared.e
	tc.toolDir, e.toolchain = tools, &tc
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := s.Build(ctx, cell("nb/cancelled", `var X = 1`))
		done <- err
	}()
	eventually(t, "the compiler to start", func() bool { _, err := os.Stat(pids); return err == nil })
	cancel()
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Build does not return")
	}
	data, err := os.ReadFile(pids)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range strings.Fields(string(data)) {
		pid, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, "process "+word+" to be gone", func() bool { return gone(pid) })
	}
	if left, _ := filepath.Glob(filepath.Join(e.dir, "tmp", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if s.Has("nb/cancelled") {
		t.Error("the cancelled package can be imported")
	}
}

// gone tells whether the process ended; one that nobody has reaped yet (a container without init) counts as ended.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

// eventually polls for what another process does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Errorf("waited in vain for %s", what)
			return
		case <-tick.C:
		}
	}
}

func TestCancelledBeforeTheStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newSession(t, "").Build(ctx, cell("nb/early", "var X = 1")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWaitingForALockEndsWithTheContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := lockFile(t.Context(), path, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := lockFile(ctx, path, false, cancel); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
