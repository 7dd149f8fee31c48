// Package tests drives installed kernels with Debian's Jupyter, as users'
// front ends do. tests/setup.sh installs what is needed.
package tests

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/kernel/notebook"
)

// python is Debian's, which sees Debian's Jupyter packages.
const python = "/usr/bin/python3"

// An installation is a built kernel and the folder Jupyter finds it in.
type installation struct {
	name string // the kernelspec's
	env  []string
	bin  string
}

// binaries is the folder of the programs built by build.
var binaries string

func TestMain(m *testing.M) {
	var err error
	if binaries, err = os.MkdirTemp("", "goblaze-tests-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(binaries)
	os.Exit(code)
}

// build builds the program in dir, once for all tests.
func build(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(binaries, name)
	if _, err := os.Stat(path); err != nil {
		run(t, nil, "go", "build", "-o", path, dir)
	}
	return path
}

// install runs the install command of the program in dir with an empty
// Jupyter data folder and runtime folder, and the options. When the test is over, no process
// and no file of the kernel may be left.
func install(t *testing.T, dir, name string, options ...string) installation {
	t.Helper()
	folder := t.TempDir()
	i := installation{name: name, bin: build(t, dir, name)}
	temp, runtimeDir := filepath.Join(folder, "tmp"), filepath.Join(folder, "runtime")
	if err := os.Mkdir(temp, 0o755); err != nil {
		t.Fatal(err)
	}
	i.env = append(os.Environ(), "TMPDIR="+temp, "JUPYTER_DATA_DIR="+filepath.Join(folder, "data"),
		"JUPYTER_RUNTIME_DIR="+runtimeDir, "JUPYTER_CONFIG_DIR="+filepath.Join(folder, "config"),
		"IPYTHONDIR="+filepath.Join(folder, "ipython"), "JUPYTER_PATH=")
	run(t, i.env, i.bin, append([]string{"install"}, options...)...)
	t.Cleanup(func() {
		awaitNothing(t, "processes", func() []string { return processesWith("TMPDIR=" + temp) })
		for _, d := range []string{temp, runtimeDir} {
			awaitNothing(t, "files", func() []string {
				left, err := filepath.Glob(filepath.Join(d, "*"))
				if err != nil {
					t.Fatal(err)
				}
				return left
			})
		}
	})
	return i
}

// awaitNothing fails the test when list still names something after the time
// that processes may take to end.
func awaitNothing(t *testing.T, what string, list func() []string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		left := list()
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("%s left behind: %v", what, left)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// processesWith names the live processes that have setting in their
// environment.
func processesWith(setting string) (found []string) {
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return []string{err.Error()}
	}
	for _, file := range files {
		environ, err := os.ReadFile(file)
		if err != nil || !slices.Contains(strings.Split(string(environ), "\x00"), setting) {
			continue // ended meanwhile, or somebody else's
		}
		cmdline, err := os.ReadFile(filepath.Join(filepath.Dir(file), "cmdline"))
		if err == nil {
			found = append(found, file+" "+strings.ReplaceAll(string(cmdline), "\x00", " "))
		}
	}
	return found
}

// python runs one of the drivers in tests/jupyter.
func (i installation) python(t *testing.T, script string, args ...string) string {
	t.Helper()
	return run(t, i.env, python, append([]string{filepath.Join("jupyter", script)}, args...)...)
}

// run runs a command and returns what it printed; it fails the test when the
// command does.
func run(t *testing.T, env []string, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s\n(tests/setup.sh installs what the tests need)", name, args, err, out)
	}
	return string(out)
}

// open reads a notebook.
func open(t *testing.T, path string) *notebook.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := notebook.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
