package compile_test

import (
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

type world map[types.Object]string

func (w world) Home(o types.Object) (string, bool) { p, ok := w[o]; return p, ok }

func TestEmitDev(t *testing.T) {
	cells := []string{
		"type point struct{ x, y int }\nfunc (p point) norm() int { return p.x*p.x + p.y*p.y }\nfunc mk(x, y int) point { return point{x, y} }\nconst k = 3\ntype shape interface { norm() int }\ntype node[T any] struct { val T; next *node[T] }\nfunc push[T any](n *node[T], v T) *node[T] { return &node[T]{v, n} }",
		"p := mk(k, 4)\np.x++\nq := &point{x: 1}\nq.y += p.y\nvar s shape = p\nfmt.Println(p.norm(), q.x, s.norm())\nl := push[int](nil, 3)\nl.val",
		"ps := []point{{1,2},{3,4}}\nm := map[string]*point{\"a\": {5,6}}\nfor i, p := range ps { fmt.Println(i, p.x, m[\"a\"].y, mk(1,2).x) }\ntype q struct { point; z int }\nz := q{point{1,2}, 3}\nz.x",
		"ch := make(chan int)\ngo func() { for i := 0; i < 3; i++ { ch <- i }; close(ch) }()\nfor v := range ch { fmt.Println(v) }\nvar wg sync.WaitGroup\nfor i := range 3 { wg.Add(1); go func(n int) { defer wg.Done(); time.Sleep(1); println(n, i) }(i) }\nwg.Wait()\nselect { case v, ok := <-ch: fmt.Println(v, ok); case <-time.After(5): }",
		"x := 1\nfunc show() { fmt.Println(x) }\nshow()\nx, err := strconv.Atoi(\"5\")",
		"var a = b + 1\nvar b = f()\nfunc f() int { return 41 }",
		"x := fmt.Sprint(x) + \"!\"\nx",
	}
	w := world{}
	scope := map[string]types.Object{}
	cfg, _ := os.ReadFile("/tmp/exp/cfg")
	rtx, err := exec.Command("go", "list", "-export", "-buildmode=plugin", "-deps", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "../rt").Output()
	if err != nil {
		t.Fatal(err)
	}
	conf := string(cfg) + string(rtx)
	dir := t.TempDir()
	for i, cell := range cells {
		chunks, err := check.Split(check.Source{Text: cell, File: check.CellFile(i)})
		if err != nil {
			t.Fatal(err)
		}
		u, err := check.Check(check.Request{Chunks: chunks, Scope: scope, Importer: stdinfo.NewImporter(nil), Suggest: func(a, b string) (string, bool) { return stdinfo.Suggest(a, b) }})
		if err != nil {
			t.Errorf("cell %d: %v", i, err)
			continue
		}
		p, err := compile.Emit(u, compile.Options{World: w})
		if err != nil {
			t.Fatal(err)
		}
		f := fmt.Sprintf("%s/c%d", dir, i)
		os.WriteFile(f+".go", p.Source, 0o666)
		os.WriteFile(f+".cfg", []byte(conf), 0o666)
		out, err := exec.Command("go", "tool", "compile", "-o", f+".a", "-p", p.Path, "-dynlink", "-importcfg", f+".cfg", "-pack", f+".go").CombinedOutput()
		fmt.Printf("=== %d %s\n%s\n%s\n", i, p.Path, p.Source, out)
		if err != nil {
			t.Error(err)
		}
		conf += fmt.Sprintf("packagefile %s=%s.a\n", p.Path, f)
		for _, n := range u.Pkg.Scope().Names() {
			o := u.Pkg.Scope().Lookup(n)
			if o.Pkg() == u.Pkg && !strings.HasPrefix(n, "gbz") && p.Exported[o] != "" {
				w[o] = p.Path
				scope[n] = o
			}
		}
		for _, v := range u.Vars {
			nv := types.NewVar(v.Pos(), u.Pkg, v.Name(), v.Type())
			types.NewScope(types.Universe, 0, 0, "").Insert(nv)
			scope[v.Name()] = nv
		}
	}
}
