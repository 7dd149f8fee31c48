package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The command line, as testdata/script/*.txtar tell it. Each script has an
// empty home; the caches of Go and of the engine are shared.
func TestScripts(t *testing.T) {
	bin := build(t, "..", "goblaze")
	run(t, nil, bin, "install", "--prefix", t.TempDir()) // builds the engine, so that no script has to wait for it
	caches, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, caches...)
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			e.Setenv("GOBLAZE", bin)
			e.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+os.Getenv("PATH"))
			return os.Mkdir(home, 0o755)
		},
	})
}

// shared are the settings that let processes with another home use our caches.
func shared() ([]string, error) {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPROXY").Output()
	if err != nil {
		return nil, err
	}
	values := strings.Split(string(out), "\n")
	user, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	cache := os.Getenv("GOBLAZE_CACHE")
	if cache == "" {
		cache = filepath.Join(user, "goblaze")
	}
	return []string{"GOCACHE=" + values[0], "GOMODCACHE=" + values[1], "GOPROXY=" + values[2], "GOBLAZE_CACHE=" + cache}, nil
}
