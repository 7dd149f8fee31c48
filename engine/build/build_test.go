package build

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The tests share one engine, built from testdata/tree in a cache folder that goes with the run.
var testCache string

var shared struct {
	t *Toolchain
	e *Engine
}

func TestMain(m *testing.M) { os.Exit(setUp(m)) }

func setUp(m *testing.M) int {
	cache, err := os.MkdirTemp("", "goblaze-build-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(cache)
	testCache = cache
	os.Setenv("GOBLAZE_CACHE", cache)
	ctx := context.Background()
	if shared.t, err = Find(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if shared.e, err = shared.t.Engine(ctx, tree(), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

func newSession(t testing.TB, notebook string) *Session {
	t.Helper()
	s, err := shared.e.Session(t.TempDir(), notebook)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// cell is a package of one file; each test uses paths of its own because the store is shared.
func cell(path, src string) Package {
	return Package{Path: path, Files: map[string][]byte{"cell.go": []byte("package main\n" + src + "\nfunc main() {}\n")}}
}

func build(t testing.TB, s *Session, pkgs ...Package) *Plugin {
	t.Helper()
	p, err := s.Build(t.Context(), pkgs...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// load runs the engine with the plugins and gives what it prints.
func load(t testing.TB, plugins ...*Plugin) string {
	t.Helper()
	var files []string
	for _, p := range plugins {
		files = append(files, p.File)
	}
	out, err := exec.Command(shared.e.Binary, files...).CombinedOutput()
	if err != nil {
		t.Fatalf("engine: %v\n%s", err, out)
	}
	return string(out)
}

func want(t testing.TB, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func tree() fs.FS { return Checkout(filepath.Join("testdata", "tree")) }
