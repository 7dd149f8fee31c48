package server

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// chdir changes the process's folder: "" and "~" mean the home folder, "-"
// the one before.
func (s *server) chdir(p wire.Chdir) (wire.Dir, error) {
	dir := p.Dir
	before, _ := os.Getwd()
	s.mu.Lock()
	prev := s.prevDir
	s.mu.Unlock()
	switch home, _ := os.UserHomeDir(); {
	case dir == "" || dir == "~":
		dir = home
	case strings.HasPrefix(dir, "~/"):
		dir = filepath.Join(home, dir[2:])
	case dir == "-" && prev == "":
		return wire.Dir{}, errors.New("cd -: there is no folder to go back to")
	case dir == "-":
		dir = prev
	}
	if err := os.Chdir(dir); err != nil {
		return wire.Dir{}, err
	}
	s.mu.Lock()
	s.prevDir = before
	s.mu.Unlock()
	s.tellSurroundings()
	return s.getwd(none{})
}

func (s *server) getwd(none) (wire.Dir, error) {
	dir, err := os.Getwd()
	return wire.Dir{Dir: dir}, err
}

func (s *server) setenv(p wire.Env) (none, error) {
	defer s.tellSurroundings()
	if p.Unset {
		return none{}, os.Unsetenv(p.Key)
	}
	return none{}, os.Setenv(p.Key, p.Value)
}

func (s *server) environ(none) (wire.Environ, error) { return wire.Environ{Env: os.Environ()}, nil }

func (s *server) forget(p wire.Forget) (none, error) {
	rt.Forget(p.Vars...)
	return none{}, nil
}

func (s *server) goroutines(none) (wire.Goroutines, error) {
	return wire.Goroutines{Goroutines: rt.Goroutines()}, nil
}

func (s *server) status(none) (wire.Status, error) {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	user, sys := rt.CPUTime()
	st := wire.Status{
		Resident:   rt.Resident(),
		Heap:       int64(heap[0].Value.Uint64()),
		Goroutines: runtime.NumGoroutine(),
		CPU:        user + sys,
		Procs:      runtime.GOMAXPROCS(0),
	}
	s.mu.Lock()
	st.Running = s.running.id
	s.mu.Unlock()
	s.loaded.Lock()
	st.Plugins, st.PluginBytes = s.loaded.count, s.loaded.bytes
	s.loaded.Unlock()
	return st, nil
}

// shellGrace is how long an interrupted command has to end by itself.
const shellGrace = 100 * time.Millisecond

// shell runs a command under the cell. It writes to the engine's own streams,
// so that what it leaves running in the background may write on.
func (s *server) shell(p wire.Shell) (wire.ShellResult, error) {
	if len(p.Argv) == 0 {
		return wire.ShellResult{}, errors.New("shell: no command")
	}
	cmd := exec.Command(p.Argv[0], p.Argv[1:]...)
	cmd.SysProcAttr = groupAttr()
	cmd.Stdin = strings.NewReader(p.Stdin)
	cmd.Stdout, cmd.Stderr = s.stream.files[1], s.stream.files[2]
	cmd.WaitDelay = shellGrace
	var captured, capturedErr bytes.Buffer
	if p.Capture {
		cmd.Stdout = &captured
	}
	if p.CaptureErr {
		cmd.Stderr = &capturedErr
	}
	s.runMu.Lock()
	defer s.runMu.Unlock()
	stopped := make(chan struct{})
	if !s.begin(p.Cell, sync.OnceFunc(func() { close(stopped) })) {
		return wire.ShellResult{Interrupted: true}, nil
	}
	defer s.end()
	s.stream.switchTo(p.Cell)
	err := runGroup(cmd, stopped)
	if cmd.ProcessState == nil {
		return wire.ShellResult{}, fmt.Errorf("%s: %w", p.Argv[0], err)
	}
	r := wire.ShellResult{Stdout: captured.String(), Stderr: capturedErr.String(), ExitCode: exitCode(cmd.ProcessState)}
	select {
	case <-stopped:
		r.Interrupted = true
	default:
	}
	return r, nil
}

// runGroup starts cmd and waits for it; when stopped is closed its process
// group gets SIGINT and, after the grace, SIGKILL.
func runGroup(cmd *exec.Cmd, stopped <-chan struct{}) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-stopped:
	}
	interruptGroup(cmd.Process)
	select {
	case err := <-done:
		return err
	case <-time.After(shellGrace):
	}
	killGroup(cmd.Process)
	return <-done
}
