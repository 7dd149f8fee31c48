package tests

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
		{name: "SIGHUP", kill: func(k *client.Kernel) error { return k.Cmd.Process.Signal(syscall.SIGHUP) }},
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
			ports := append(k.Ports(), occupy(t, k))
			if _, err := k.Begin("!sleep 1003"); err != nil { // runs when the end comes
				t.Fatal(err)
			}
			for _, command := range []string{"sleep 1001 ", "sleep 1002 ", "sleep 1003 "} {
				eventually(t, "without "+command, func() []string { return without(processes(tmp), command) })
			}
			if err := end.kill(k); err != nil {
				t.Fatal(err)
			}
			eventually(t, "processes", func() []string { return processes(tmp) })
			eventually(t, "ports", func() []string { return occupied(ports) })
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

// occupy has cells start what must not outlive the kernel: a goroutine that
// computes, commands, and a server, whose port it returns.
func occupy(t *testing.T, k *client.Kernel) (port int) {
	t.Helper()
	for _, cell := range []string{
		"go func() { for {\n} }()",
		`exec.Command("sleep", "1001").Start()`,
		"!(sleep 1002 &) ; (setsid sleep 2 &) ; echo started",
		"l, err := net.Listen(\"tcp\", \"127.0.0.1:0\")\ngo http.Serve(l, nil)\nfmt.Println(l.Addr().(*net.TCPAddr).Port)",
	} {
		reply, output, err := k.Execute(cell)
		if err != nil || reply["status"] != "ok" {
			t.Fatalf("%s: %v, %v", cell, reply, err)
		}
		port, _ = strconv.Atoi(strings.TrimSpace(client.Stdout(output))) // of the last
	}
	if len(occupied([]int{port})) == 0 {
		t.Fatalf("nobody listens on port %d", port)
	}
	return port
}

// occupied lists the ports that can't be listened on.
func occupied(ports []int) (list []string) {
	for _, port := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
		if err != nil {
			list = append(list, err.Error())
			continue
		}
		l.Close()
	}
	return list
}

// without returns the list unless one of it has the part.
func without(list []string, part string) []string {
	if slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, part) }) {
		return nil
	}
	return append(list, "nothing else")
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
