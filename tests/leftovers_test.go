package tests

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/goblaze/goblaze/tests/client"
)

// TestNothingIsLeftBehind ends kernels that run background processes and
// goroutines in every way there is, and looks for what they started: processes,
// grandchildren too, and temporary folders.
func TestNothingIsLeftBehind(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "goblaze")
	if out, err := exec.Command("go", "build", "-o", bin, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, end := range []struct {
		name string
		kill func(k *client.Kernel) error
		// swept says that folders stay until the next kernel starts: nobody was
		// left to remove them.
		swept bool
	}{
		{name: "shutdown", kill: func(k *client.Kernel) error { return k.Close() }},
		{name: "SIGTERM", kill: func(k *client.Kernel) error { return k.Cmd.Process.Signal(syscall.SIGTERM) }},
		{name: "SIGKILL", kill: func(k *client.Kernel) error { return k.Cmd.Process.Kill() }, swept: true},
	} {
		t.Run(end.name, func(t *testing.T) {
			tmp := t.TempDir()
			env := append(os.Environ(), "TMPDIR="+tmp)
			k, err := client.Launch([]string{bin, "kernel", "{connection_file}"}, env)
			if err != nil {
				t.Fatal(err)
			}
			if end.name != "shutdown" {
				defer k.Close()
			}
			for _, cell := range []string{
				"go func() { for {\n} }()",
				`exec.Command("sleep", "1000").Start()`,
				"!(sleep 1000 &) ; (setsid sleep 2 &) ; echo started",
			} {
				if _, _, err := k.Execute(cell); err != nil {
					t.Fatalf("%s: %v", cell, err)
				}
			}
			if len(processes(tmp)) < 3 {
				t.Fatalf("only %v runs", processes(tmp))
			}
			if err := end.kill(k); err != nil {
				t.Fatal(err)
			}
			eventually(t, "processes", func() []string { return processes(tmp) })
			if end.swept {
				next, err := client.Launch([]string{bin, "kernel", "{connection_file}"}, env)
				if err != nil {
					t.Fatal(err)
				}
				if _, _, err := next.Execute("1"); err != nil {
					t.Error(err)
				}
				if err := next.Close(); err != nil {
					t.Error(err)
				}
			}
			eventually(t, "folders", func() []string {
				left, _ := filepath.Glob(filepath.Join(tmp, "goblaze-*"))
				return left
			})
		})
	}
}

// eventually waits until nothing is left.
func eventually(t *testing.T, what string, left func() []string) {
	t.Helper()
	limit := time.After(15 * time.Second)
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for len(left()) > 0 {
		select {
		case <-limit:
			t.Fatalf("%s left behind: %q", what, left())
		case <-poll.C:
		}
	}
}

// processes returns the command lines of those whose environment names the
// temporary folder.
func processes(tmp string) []string {
	var out []string
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		env, err := os.ReadFile("/proc/" + e.Name() + "/environ")
		if err != nil || !bytes.Contains(env, []byte("TMPDIR="+tmp+"\x00")) {
			continue
		}
		line, _ := os.ReadFile("/proc/" + e.Name() + "/cmdline")
		out = append(out, string(bytes.ReplaceAll(line, []byte{0}, []byte(" "))))
	}
	return out
}
