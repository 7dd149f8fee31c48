package tests

import (
	"path/filepath"
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
