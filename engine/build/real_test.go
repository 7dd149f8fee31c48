package build

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The module's own sources build and their archives fit cells. It uses the user's cache, as a kernel does: the second
// run finds the engine there.
func TestThisModulesEngine(t *testing.T) {
	if err := os.Unsetenv("GOBLAZE_CACHE"); err != nil {
		t.Fatal(err)
	}
	defer os.Setenv("GOBLAZE_CACHE", testCache)
	src := Checkout(filepath.Join("..", ".."))
	e, err := shared.t.Engine(t.Context(), src, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, ok := shared.t.Ready(src); !ok {
		t.Error("built and not ready")
	}
	t.Logf("Ready: %v; binary %s", time.Since(start), e.Binary)
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p := build(t, s, cell("nb/real", `import (
	"fmt"

	_ "github.com/goblaze/goblaze/display"
	_ "github.com/goblaze/goblaze/engine/rt"
	_ "github.com/goblaze/goblaze/vectorizer"
)

func init() { fmt.Println("loaded") }`))
	t.Logf("compile %v, link %v, %d bytes, linker %s", p.Compile, p.Link, p.Size, e.linker.Name)
}
