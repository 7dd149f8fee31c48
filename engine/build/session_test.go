package build

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const pointCell = `
import "fmt"

type point struct{ x, y int }

func (p point) Norm() int    { return p.x*p.x + p.y*p.y }
func (p *point) Scale(k int) { p.x *= k; p.y *= k }

type Point = point

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Len() int { return len(s.items) }

func Make(x, y int) point { return point{x, y} }

var Last = new(point)
var Names = map[string]int{"a": 1, "b": 2}

func Map[T, R any](xs []T, f func(T) R) []R {
	var out []R
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func init() { fmt.Println("init of the first") }
`

func TestTypesAndVariablesAreSharedAcrossPlugins(t *testing.T) {
	s := newSession(t, "")
	first := build(t, s, cell("nb/share1", pointCell))
	second := build(t, s, cell("nb/share2", `
import ("fmt"; c1 "nb/share1"; "github.com/goblaze/goblaze/engine/rt"; "github.com/goblaze/goblaze/vectorizer")
type norm interface{ Norm() int }
var Pile c1.Stack[c1.Point]
func init() { rt.Run(func() {
	p := c1.Make(3, 4)
	var a any = p
	_, is := a.(c1.Point)
	fmt.Printf("%T %v %#v %t %d %T\n", p, p, p, is, a.(norm).Norm(), Pile)
	*c1.Last = p
	c1.Last.Scale(2)
	Pile.Push(p)
	fmt.Println(c1.Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }), len(c1.Names))
	vectorizer.Map([]int{1}, func(i int) int { return i })
}) }`))
	third := build(t, s, cell("nb/share3", `
import ("fmt"; c1 "nb/share1"; c2 "nb/share2"; "github.com/goblaze/goblaze/engine/rt")
func init() { rt.Run(func() { fmt.Printf("%+v %d\n", *c1.Last, c2.Pile.Len()) }) }`))
	want(t, load(t, first, second, third), `init of the first
main.point {3 4} main.point{x:3, y:4} true 25 main.Stack[nb/share1.point]
[1 4] 2
{x:6 y:8} 1
vectorizer calls seen by the host: 1
`)
}

func TestRedefinitionKeepsOldValues(t *testing.T) {
	s := newSession(t, "")
	old := build(t, s, cell("nb/redefA", "type shape struct{ side int }\nfunc (s shape) Area() int { return s.side * s.side }\nvar V any = shape{3}"))
	next := build(t, s, cell("nb/redefB", `
import ("fmt"; before "nb/redefA"; "github.com/goblaze/goblaze/engine/rt")
type shape struct{ w, h int }
func (s shape) Area() int { return s.w * s.h }
func init() { rt.Run(func() {
	for _, v := range []any{before.V, shape{2, 5}} {
		_, isNew := v.(shape)
		fmt.Printf("%T %v %t %d\n", v, v, isNew, v.(interface{ Area() int }).Area())
	}
}) }`))
	want(t, load(t, old, next), "main.shape {3} false 9\nmain.shape {2 5} true 10\n")
}

func TestStdPackagesInitialisedByTheHostAreWhole(t *testing.T) {
	s := newSession(t, "")
	p := build(t, s, cell("nb/stdmap", `
import ("fmt"; "html"; "net"; "os/user"; "unicode"; "github.com/goblaze/goblaze/engine/rt")
func init() { rt.Run(func() {
	fmt.Println(len(unicode.Scripts) > 100, html.UnescapeString("&auml;"))
	_, err := net.LookupHost("localhost")
	u, _ := user.Current()
	fmt.Println(err, u.Username != "")
}) }`))
	want(t, load(t, p), "true ä\n<nil> true\n")
}

func TestTheLinkersMarkerInAStringStays(t *testing.T) {
	s := newSession(t, "")
	p := build(t, s, cell("nb/marker", `
import ("fmt"; "github.com/goblaze/goblaze/engine/rt")
const Text = "go:plugin.tabs"
var Long = "a go:plugin.tabs b"
func Exported() {}
func init() { rt.Run(func() { fmt.Println(Text, Long) }) }`))
	q := build(t, s, cell("nb/marker2", `
import ("fmt"; m "nb/marker"; "github.com/goblaze/goblaze/engine/rt")
func Exported2() {}
func init() { rt.Run(func() { fmt.Println(m.Text, m.Long) }) }`))
	line := "go:plugin.tabs a go:plugin.tabs b\n"
	want(t, load(t, p, q), line+line)
}

func TestBatchRunsEveryInitOnce(t *testing.T) {
	s := newSession(t, "")
	one := cell("nb/once1", `import "fmt"
const A = 1
func init() { fmt.Println("one") }`)
	two := cell("nb/once2", `import ("fmt"; one "nb/once1")
const B = one.A + 1
func init() { fmt.Println("two") }`)
	three := cell("nb/once3", `import "fmt"
func init() { fmt.Println("three") }`)
	chain := build(t, s, two, one)
	if chain.Root != "nb/once2" {
		t.Errorf("root %s, want the package that imports the other", chain.Root)
	}
	all := build(t, s, three, two, one)
	if all.Root == "nb/once1" || all.Root == "nb/once2" || all.Root == "nb/once3" {
		t.Errorf("root %s, want a generated one", all.Root)
	}
	want(t, load(t, chain, all), "one\ntwo\nthree\n")
}

func TestImportCycleIsAnError(t *testing.T) {
	s := newSession(t, "")
	_, err := s.Build(t.Context(), cell("nb/cycA", `import _ "nb/cycB"`), cell("nb/cycB", `import _ "nb/cycA"`))
	if err == nil || !strings.Contains(err.Error(), "import cycle") {
		t.Errorf("got %v", err)
	}
}

func TestFailedBuildDisturbsNothing(t *testing.T) {
	s := newSession(t, "")
	good := cell("nb/failGood", "const A = 1")
	bad := Package{Path: "nb/failBad", Files: map[string][]byte{"cell.go": []byte(`package main
import good "nb/failGood"
//line cell3:7:1
var a int = "x" + good.A
var b = undefined
func main() {}
`)}}
	_, err := s.Build(t.Context(), good, bad)
	var e *CompileError
	if !errors.As(err, &e) || len(e.Diags) < 2 {
		t.Fatalf("got %v, want a *CompileError with two messages", err)
	}
	if d := e.Diags[0]; d.File != "cell3" || d.Line != 7 || d.Col != 13 {
		t.Errorf("first message at %s:%d:%d, want cell3:7:13", d.File, d.Line, d.Col)
	}
	if d := e.Diags[1]; d.Msg != "undefined: undefined" || d.Line != 8 {
		t.Errorf("second message: %+v", d)
	}
	if s.Has("nb/failGood") || s.Has("nb/failBad") {
		t.Error("a package of the failed build can be imported")
	}
	if left, _ := filepath.Glob(filepath.Join(shared.e.dir, "tmp", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	p := build(t, s, good, cell("nb/failFixed", `import (good "nb/failGood"; "fmt")
func init() { fmt.Println(good.A) }`))
	want(t, load(t, p), "1\n")
}

func TestSyntaxErrorHasAPosition(t *testing.T) {
	s := newSession(t, "")
	_, err := s.Build(t.Context(), cell("nb/syntax", "import \"fmt\nvar x = 1"))
	var e *CompileError
	if !errors.As(err, &e) || len(e.Diags) == 0 || e.Diags[0].Line != 2 {
		t.Errorf("got %v (%+v)", err, e)
	}
}

func TestUndefinedSymbolIsALinkError(t *testing.T) {
	s := newSession(t, "")
	_, err := s.Build(t.Context(), cell("nb/linkBad", `import _ "unsafe"
//go:linkname gone nowhere.gone
func gone()
func init() { gone() }`))
	var e *LinkError
	if !errors.As(err, &e) || !strings.Contains(e.Log, "nowhere.gone") {
		t.Errorf("got %v", err)
	}
	if s.Has("nb/linkBad") {
		t.Error("the package can be imported")
	}
}

func TestUnknownCellPackage(t *testing.T) {
	s := newSession(t, "")
	_, err := s.Build(t.Context(), cell("nb/orphan", `import _ "nb/neverbuilt"`))
	if err == nil || !strings.Contains(err.Error(), `no compiled package "nb/neverbuilt"`) {
		t.Errorf("got %v", err)
	}
}

func TestNextSessionBuildsNothing(t *testing.T) {
	pkgs := []Package{cell("nb/again1", "const A = 1"), cell("nb/again2", `import (one "nb/again1"; "fmt")
func init() { fmt.Println(one.A) }`)}
	first := build(t, newSession(t, ""), pkgs...)
	if first.Cached || first.Link <= 0 || first.Compile <= 0 {
		t.Errorf("first build: %+v", first)
	}
	second := build(t, newSession(t, ""), pkgs...)
	if !second.Cached || second.File != first.File || second.Link+second.Compile != 0 {
		t.Errorf("second build: %+v", second)
	}
}

func TestDamagedArtefactsAreBuiltAgain(t *testing.T) {
	pkg := cell("nb/damaged", `import "fmt"
func init() { fmt.Println("whole") }`)
	s := newSession(t, "")
	p := build(t, s, pkg)
	for _, file := range []string{p.File, s.find("nb/damaged").File} {
		for _, damage := range []func() error{
			func() error { return os.Truncate(file, 1000) },
			func() error { return os.WriteFile(file+".sum", []byte("x"), 0o644) },
			func() error { return os.Remove(file) },
		} {
			// Damaging an archive alone is not noticed while the plugin is whole, and need not be.
			if err := errors.Join(damage(), os.Remove(p.File+".sum")); err != nil {
				t.Fatal(err)
			}
			p = build(t, newSession(t, ""), pkg)
			if p.Cached {
				t.Errorf("%s was damaged and still used", file)
			}
			want(t, load(t, p), "whole\n")
		}
	}
}

func TestSessionsAtOnceOnOneCache(t *testing.T) {
	var sessions []*Session
	for range 3 {
		sessions = append(sessions, newSession(t, ""))
	}
	var wg sync.WaitGroup
	results := make([][]*Plugin, len(sessions))
	errs := make([]error, len(sessions))
	for i, s := range sessions {
		wg.Go(func() {
			for n := range 3 {
				p, err := s.Build(t.Context(), cell(fmt.Sprintf("nb/race%d", n), fmt.Sprintf(`import "fmt"
func init() { fmt.Println(%d) }`, n)))
				if err != nil {
					errs[i] = err
					return
				}
				results[i] = append(results[i], p)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, plugins := range results {
		want(t, load(t, plugins...), "0\n1\n2\n")
	}
}

func TestEmbeddedFiles(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "data/a.txt", "A")
	write(t, folder, "data/.hidden", "H")
	write(t, folder, "note.txt", "first")
	pkg := cell("nb/embed", `import ("embed"; "fmt")
//go:embed note.txt
var note string
//go:embed data "note.txt"
var files embed.FS
func init() {
	entries, _ := files.ReadDir("data")
	fmt.Println(note, len(entries), entries[0].Name())
}`)
	s := newSession(t, folder)
	want(t, load(t, build(t, s, pkg)), "first 1 a.txt\n")
	write(t, folder, "note.txt", "second")
	want(t, load(t, build(t, s, pkg)), "second 1 a.txt\n")
	for pattern, complaint := range map[string]string{"gone.txt": "no matching files", "../up": "invalid pattern"} {
		_, err := s.Build(t.Context(), cell("nb/embedBad", "import _ \"embed\"\n//go:embed "+pattern+"\nvar x string"))
		if err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%s: got %v", pattern, err)
		}
	}
}

func write(t testing.TB, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
