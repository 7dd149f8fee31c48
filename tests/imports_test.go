package tests

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/goblaze/goblaze"

// allowed is the import graph of docs and design: for each top folder the
// folders it may import besides its own. A folder that is not here may import
// nothing of the module.
var allowed = map[string][]string{
	"":           {"charts", "display", "engine", "kernel", "magics", "vectorizer"}, // main
	"charts":     {"display", "vectorizer"},
	"display":    {},
	"engine":     {"display", "vectorizer"},
	"kernel":     {"display"},
	"magics":     {"charts", "display", "vectorizer"},
	"vectorizer": {},
	"tests":      {"charts", "display", "engine", "kernel", "magics", "vectorizer"},
}

// stdOnly are the packages that cells and programs import: they must not
// bring dependencies along.
var stdOnly = []string{"display", "vectorizer"}

func TestImportGraph(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from := topFolder(p.ImportPath)
		seen[from] = true
		for _, path := range p.Imports {
			to, ours := topFolder(path), path == module || strings.HasPrefix(path, module+"/")
			switch {
			case ours && to != from && !slices.Contains(allowed[from], to):
				t.Errorf("%s imports %s: %q may import %v", p.ImportPath, path, from, allowed[from])
			case !ours && slices.Contains(stdOnly, from) && strings.Contains(strings.Split(path, "/")[0], "."):
				t.Errorf("%s imports %s: it may import the standard library only", p.ImportPath, path)
			}
		}
	}
	for folder := range allowed {
		if !seen[folder] {
			t.Errorf("there is no package in %q: has the layout changed?", folder)
		}
	}
}

// topFolder is the first folder of a package within the module.
func topFolder(path string) string {
	folder, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, module), "/"), "/")
	return folder
}
