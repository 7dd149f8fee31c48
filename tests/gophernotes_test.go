package tests

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/goblaze/goblaze/kernel/notebook"
)

// Notebooks written for gophernotes run as they are, by its kernelspec's name
// in their metadata: what testdata/gophernotes-*.ipynb hold is what comes out.
// Notes on standard error, and cells tagged any-output, are not compared.
func TestGophernotesNotebooks(t *testing.T) {
	bin := build(t, "..", "goblaze")
	files, err := filepath.Glob("testdata/gophernotes-*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			folder := t.TempDir()
			in, out := filepath.Join(folder, "in.ipynb"), filepath.Join(folder, "out.ipynb")
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(in, content, 0o666); err != nil {
				t.Fatal(err)
			}
			run(t, nil, bin, "run", in, "-o", out)
			want, got := open(t, file).Cells(), open(t, out).Cells()
			for i, c := range want {
				if c.Type() == "code" && !c.HasTag("any-output") {
					compareOutputs(t, i, c.Outputs(), got[i].Outputs())
				}
			}
		})
	}
}

func compareOutputs(t *testing.T, cell int, want, got []notebook.Output) {
	t.Helper()
	type shown struct {
		Type, Text string
		Data       map[string]any
	}
	list := func(outputs []notebook.Output) (all []shown) {
		for _, o := range outputs {
			if o.Name != "stderr" {
				all = append(all, shown{o.Type, o.Text, o.Data})
			}
		}
		return all
	}
	if w, g := list(want), list(got); !reflect.DeepEqual(w, g) {
		t.Errorf("cell %d shows\n%v\nnot\n%v", cell, g, w)
	}
}
