//go:build unix

package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goblaze/goblaze/engine/process"
	"github.com/goblaze/goblaze/engine/wire"
)

// The module's own sources build and their archives fit cells. It uses the user's cache, as a kernel does: the second
// run finds the engine there.
func TestThisModulesEngine(t *testing.T) {
	if err := os.Unsetenv("GOBLAZE_CACHE"); err != nil {
		t.Fatal(err)
	}
	defer os.Setenv("GOBLAZE_CACHE", testCache)
	snap, err := readSources(Checkout(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	src := fstest.MapFS{} // what somebody edits while this runs is not our subject
	for name, data := range snap.files {
		src[name] = &fstest.MapFile{Data: data}
	}
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
	"github.com/goblaze/goblaze/engine/rt"
	_ "github.com/goblaze/goblaze/vectorizer"
)

type point struct{ x, y int }

func init() {
	rt.Register("nb/real", rt.Unit{Run: func(*rt.Cell) { fmt.Printf("%T %v\n", point{}, point{1, 2}) }})
}`))
	t.Logf("compile %v, link %v, %d bytes, linker %+v", p.Compile, p.Link, p.Size, e.linker)
	var out strings.Builder
	engine, err := process.Start(t.Context(), process.Config{Path: e.Binary, Output: func(_ uint64, _, text string) { out.WriteString(text) }})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if err := engine.Call(t.Context(), wire.MethodLoad, wire.Load{Path: p.File, Unit: p.Root}, nil); err != nil {
		t.Fatal(err)
	}
	var outcome wire.Outcome
	if err := engine.Call(t.Context(), wire.MethodRun, wire.Run{Cell: 1, Unit: p.Root}, &outcome); err != nil {
		t.Fatal(err)
	}
	want(t, out.String(), "main.point {1 2}\n")
}
