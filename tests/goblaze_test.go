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
