package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/goblaze/goblaze/engine/stdinfo"
)

// TestTheEmbeddedDataIsCurrent generates again and compares. Another release of Go may word its documentation otherwise; it
// must still have the same packages.
func TestTheEmbeddedDataIsCurrent(t *testing.T) {
	if runtime.Version() != stdinfo.GoVersion {
		pkgs, err := list("std")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pkgs {
			if !slices.Contains(stdinfo.Packages(), p.ImportPath) {
				t.Errorf("%s has package %s, the embedded data (%s) has not; run go generate in engine/stdinfo", runtime.Version(), p.ImportPath, stdinfo.GoVersion)
			}
		}
		return
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.go", "data/types.zip", "data/docs.zip"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes; run go generate in engine/stdinfo", name)
		}
	}
}
