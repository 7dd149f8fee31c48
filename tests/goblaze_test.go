package tests

import (
	"path/filepath"
	"testing"
)

func TestConformance(t *testing.T) {
	k := install(t, "..", "goblaze")
	t.Log(k.python(t, "conformance.py", k.name, filepath.Join("jupyter", "samples-goblaze.json")))
}

func TestLifecycle(t *testing.T) {
	k := install(t, "..", "goblaze")
	t.Log(k.python(t, "lifecycle.py", k.name, filepath.Join("jupyter", "cells-goblaze.json")))
}

// The limit that install was given stops a cell that takes memory without end.
func TestMemoryLimit(t *testing.T) {
	k := install(t, "..", "goblaze", "--memory-limit", "300MiB")
	t.Log(k.python(t, "memory.py", k.name, "300 MiB"))
}

// What a cell reads from standard input is asked for at the front end.
func TestStandardInput(t *testing.T) {
	k := install(t, "..", "goblaze")
	t.Log(k.python(t, "stdin.py", k.name))
}

// A browser's way: the classic Notebook server between front end and kernel.
func TestNotebookServer(t *testing.T) {
	k := install(t, "..", "goblaze")
	t.Log(k.python(t, "server.py", k.name, filepath.Join("jupyter", "cells-goblaze.json")))
}
