package tests

import (
	"path/filepath"
	"reflect"
	"testing"
)

// The test kernel shows faults of package kernel apart from those of the Go
// engine.

func TestKernelConformance(t *testing.T) {
	k := install(t, "./testkernel", "testkernel")
	t.Log(k.python(t, "conformance.py", k.name, filepath.Join("jupyter", "samples-testkernel.json")))
}

func TestKernelLifecycle(t *testing.T) {
	k := install(t, "./testkernel", "testkernel")
	t.Log(k.python(t, "lifecycle.py", k.name, filepath.Join("jupyter", "cells-testkernel.json")))
}

// A notebook run by nbclient over the protocol and one run by RunNotebook
// become the same document.
func TestRunNotebookAsNbclientDoes(t *testing.T) {
	k := install(t, "./testkernel", "testkernel")
	const source = "testdata/commands.ipynb"
	folder := t.TempDir()
	byClient, byUs := filepath.Join(folder, "client.ipynb"), filepath.Join(folder, "run.ipynb")
	k.python(t, "execute.py", k.name, source, byClient)
	run(t, k.env, k.bin, "run", source, byUs)
	k.python(t, "validate.py", byUs)
	want, got := open(t, byClient).Cells(), open(t, byUs).Cells()
	if len(want) != len(got) {
		t.Fatalf("%d cells, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(want[i].Outputs(), got[i].Outputs()) {
			t.Errorf("cell %d: outputs\n%+v\nnbclient has\n%+v", i, got[i].Outputs(), want[i].Outputs())
		}
		for _, pair := range [][2]string{{got[i].Count(), want[i].Count()}, {got[i].Source(), want[i].Source()}, {got[i].ID(), want[i].ID()}} {
			if pair[0] != pair[1] {
				t.Errorf("cell %d: %q, nbclient has %q", i, pair[0], pair[1])
			}
		}
	}
}
