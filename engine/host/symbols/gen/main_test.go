package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestTheTablesAreCurrent generates again and compares.
func TestTheTablesAreCurrent(t *testing.T) {
	dir := t.TempDir()
	if err := generate(dir); err != nil {
		t.Fatal(err)
	}
	names := func(dir string) []string {
		files, err := filepath.Glob(filepath.Join(dir, "std_*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range files {
			files[i] = filepath.Base(f)
		}
		return files
	}
	generated := names(dir)
	if committed := names(".."); !slices.Equal(generated, committed) {
		t.Errorf("generated %v, committed %v", generated, committed)
	}
	for _, name := range generated {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes; run go generate in engine/host/symbols", name)
		}
	}
}
