package build

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func TestReadyRunsNoTool(t *testing.T) {
	broken := *shared.t
	broken.Go, broken.toolDir = "/nowhere/go", "/nowhere"
	e, ok := broken.Ready(tree())
	if !ok || e.Binary != shared.e.Binary {
		t.Errorf("got %v, %t", e, ok)
	}
	if _, ok := broken.Ready(fstest.MapFS{"go.mod": {Data: []byte("module other\n")}}); ok {
		t.Error("other sources are said to be built")
	}
}

func TestTestsAndForeignModulesAreNotExtracted(t *testing.T) {
	src := fstest.MapFS{
		"go.mod": {Data: []byte("module " + modulePath + "\n\ngo 1.26.0\n\nrequire (\n\texample.com/used v1.0.0\n\texample.com/other v1.0.0 // indirect\n)\n")},
		"go.sum": {Data: []byte("example.com/used v1.0.0 h1:a=\nexample.com/used v1.0.0/go.mod h1:b=\nexample.com/other v1.0.0 h1:c=\n")},

		"engine/host/main.go":     {Data: []byte("package main\nimport _ \"example.com/used/sub\"\nfunc main() {}\n")},
		"engine/rt/rt.go":         {Data: []byte("package rt\n")},
		"engine/rt/rt_test.go":    {Data: []byte("package rt\n")},
		"engine/rt/testdata/x.go": {Data: []byte("garbage")},
		"vectorizer/bench/go.mod": {Data: []byte("module bench\n")},
		"vectorizer/bench/b.go":   {Data: []byte("package bench\n")},
	}
	snap, err := readSources(src)
	if err != nil {
		t.Fatal(err)
	}
	if got := []string{"engine/host/main.go", "engine/rt/rt.go", "go.mod", "go.sum"}; !slices.Equal(snap.names, got) {
		t.Errorf("files: %v", snap.names)
	}
	if !slices.Equal(snap.packages, []string{modulePath + "/engine/rt"}) {
		t.Errorf("packages: %v", snap.packages)
	}
	mod, sum, err := snap.moduleFiles()
	if err != nil {
		t.Fatal(err)
	}
	want(t, string(mod), "module "+modulePath+"\n\ngo 1.26.0\n\nrequire example.com/used v1.0.0\n")
	want(t, string(sum), "example.com/used v1.0.0 h1:a=\nexample.com/used v1.0.0/go.mod h1:b=\n")
}

// What is said twice must be the same: the embedded folders, the Go version.
func TestFoldersAndVersionAgreeWithTheModule(t *testing.T) {
	root := filepath.Join("..", "..")
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "\ngo "+MinGo+"\n") {
		t.Errorf("go.mod does not say go %s", MinGo)
	}
	if !strings.HasPrefix(MinGo, strings.TrimPrefix(lang, "go")+".") {
		t.Errorf("cells are compiled as %s, the module as %s", lang, MinGo)
	}
	src, err := os.ReadFile(filepath.Join(root, "sources.go"))
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^//go:embed (.*)$`).FindStringSubmatch(string(src))
	if want := append([]string{"go.mod", "go.sum"}, Folders...); line == nil || !slices.Equal(strings.Fields(line[1]), want) {
		t.Errorf("sources.go embeds %q, want %v", line, want)
	}
}

func TestEngineHealsItself(t *testing.T) {
	t.Setenv("GOBLAZE_CACHE", t.TempDir())
	e, err := shared.t.Engine(t.Context(), tree(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"manifest": filepath.Join(e.dir, "ready.json"), "binary": e.Binary, "archive": e.packages["fmt"].File, "sources": filepath.Join(e.Source, "go.mod"),
	} {
		if err := os.Rename(file, file+".away"); err != nil {
			t.Fatal(err)
		}
		if _, ok := shared.t.Ready(tree()); ok {
			t.Errorf("no %s: still said to be ready", name)
		}
		if err := os.Rename(file+".away", file); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := shared.t.Ready(tree()); !ok {
		t.Fatal("everything is back, and not said to be ready")
	}
	err = errors.Join(
		os.WriteFile(e.Binary, []byte("cut short"), 0o755),
		os.Remove(e.packages["fmt"].File),
		os.WriteFile(filepath.Join(e.Source, "stray.go"), []byte("garbage"), 0o644),
	)
	if err != nil {
		t.Fatal(err)
	}
	if e, err = shared.t.Engine(t.Context(), tree(), io.Discard); err != nil {
		t.Fatal(err)
	}
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := build(t, s, cell("nb/heal", `import "fmt"
func init() { fmt.Println("whole") }`))
	out, err := exec.Command(e.Binary, p.File).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	want(t, string(out), "whole\n")
}

func TestTwoProcessesBuildOneEngine(t *testing.T) {
	t.Setenv("GOBLAZE_CACHE", t.TempDir())
	var logs [2]bytes.Buffer
	var errs [2]error
	var wg sync.WaitGroup
	for i := range logs {
		wg.Go(func() { _, errs[i] = shared.t.Engine(t.Context(), tree(), &logs[i]) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(logs[0].String()+logs[1].String(), "building the engine with"); n != 1 {
		t.Errorf("built %d times:\n%s\n%s", n, &logs[0], &logs[1])
	}
}

func TestUnwritableCacheSaysWhatToDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOBLAZE_CACHE", file)
	_, err := shared.t.Engine(t.Context(), tree(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "GOBLAZE_CACHE") {
		t.Errorf("got %v", err)
	}
}

func TestHostThatDoesNotCompile(t *testing.T) {
	t.Setenv("GOBLAZE_CACHE", t.TempDir())
	src := fstest.MapFS{
		"go.mod":              {Data: []byte("module " + modulePath + "\n")},
		"engine/host/main.go": {Data: []byte("package main\nfunc main() { undefined() }\n")},
	}
	_, err := shared.t.Engine(t.Context(), src, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "undefined: undefined") {
		t.Errorf("got %v", err)
	}
	if _, ok := shared.t.Ready(src); ok {
		t.Error("said to be ready")
	}
}
