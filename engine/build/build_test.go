package build

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests share one engine, built from testdata/tree in a cache folder that goes with the run.
var shared struct {
	t *Toolchain
	e *Engine
}

func TestMain(m *testing.M) { os.Exit(setUp(m)) }

func setUp(m *testing.M) int {
	cache, err := os.MkdirTemp("", "goblaze-build-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(cache)
	os.Setenv("GOBLAZE_CACHE", cache)
	ctx := context.Background()
	if shared.t, err = Find(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if shared.e, err = shared.t.Engine(ctx, tree(), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

func newSession(t testing.TB, notebook string) *Session {
	t.Helper()
	s, err := shared.e.Session(t.TempDir(), notebook)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// cell is a package of one file; each test uses paths of its own because the store is shared.
func cell(path, src string) Package {
	return Package{Path: path, Files: map[string][]byte{"cell.go": []byte("package main\n" + src + "\nfunc main() {}\n")}}
}

func build(t testing.TB, s *Session, pkgs ...Package) *Plugin {
	t.Helper()
	p, err := s.Build(t.Context(), pkgs...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// load runs the engine with the plugins and gives what it prints.
func load(t testing.TB, plugins ...*Plugin) string {
	t.Helper()
	var files []string
	for _, p := range plugins {
		files = append(files, p.File)
	}
	out, err := exec.Command(shared.e.Binary, files...).CombinedOutput()
	if err != nil {
		t.Fatalf("engine: %v\n%s", err, out)
	}
	return string(out)
}

func want(t testing.TB, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

const pointCell = `
import "fmt"
type point struct{ x, y int }
func (p point) Norm() int { return p.x*p.x + p.y*p.y }
func (p *point) Scale(k int) { p.x *= k; p.y *= k }
type Point = point
func Make(x, y int) point { return point{x, y} }
var Last = new(point)
var Names = map[string]int{"a": 1, "b": 2}
func Map[T, R any](xs []T, f func(T) R) []R { var out []R; for _, x := range xs { out = append(out, f(x)) }; return out }
func init() { fmt.Println("init of the first") }
`

func TestTypesAreSharedAcrossPlugins(t *testing.T) {
	s := newSession(t, "")
	first := build(t, s, cell("nb/share1", pointCell))
	second := build(t, s, cell("nb/share2", `
import ("fmt"; c1 "nb/share1"; "github.com/goblaze/goblaze/engine/rt")
type norm interface{ Norm() int }
func init() { rt.Run(func() {
	p := c1.Make(3, 4)
	var a any = p
	_, is := a.(c1.Point)
	fmt.Printf("%T %v %#v %t %d\n", p, p, p, is, a.(norm).Norm())
	*c1.Last = p
	c1.Last.Scale(2)
	fmt.Println(c1.Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }), len(c1.Names))
}) }`))
	want(t, load(t, first, second), "init of the first\nmain.point {3 4} main.point{x:3, y:4} true 25\n[1 4] 2\n")
}

func tree() fs.FS { return Checkout(filepath.Join("testdata", "tree")) }

var _ = bytes.MinRead
var _ = strings.ToLower
