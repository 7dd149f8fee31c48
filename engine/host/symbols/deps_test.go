package symbols

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImportsOnlyStdAndYaegi: the package is part of the engine, which is built on the user's machine and must not
// clash with the modules of a session.
func TestImportsOnlyStdAndYaegi(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	self := "github.com/goblaze/goblaze/engine/host/symbols"
	deps := strings.Fields(string(out))
	for _, dep := range deps {
		if dep != self && !strings.HasPrefix(dep, "github.com/traefik/yaegi/") {
			t.Errorf("imports %s", dep)
		}
		if dep == "github.com/traefik/yaegi/stdlib" {
			t.Errorf("imports yaegi's own tables, which doubles the binary's")
		}
	}
	if len(deps) < 3 {
		t.Errorf("go list named only %v", deps)
	}
	direct, err := exec.Command("go", "list", "-f", "{{join .Imports \" \"}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dep := range strings.Fields(string(direct)) {
		switch dep {
		case "plugin", "runtime/cgo", "expvar", "net/http/pprof":
			t.Errorf("imports %s, whose import alone changes the process", dep)
		}
	}
}
