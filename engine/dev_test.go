package engine

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
)

type devOut struct{}

func (devOut) Stream(n, t string)       { fmt.Print(t) }
func (devOut) Display(b display.Bundle) { fmt.Println("DISPLAY", b.Data["text/plain"]) }
func (devOut) Clear(bool)               {}

func TestDev(t *testing.T) {
	ctx := context.Background()
	tc, err := build.Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	e, err := tc.Engine(ctx, build.Checkout(".."), os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, cell := range []string{
		"type point struct{ x, y int }\nfunc (p point) norm() int { return p.x*p.x + p.y*p.y }\nfunc mk(x, y int) point { return point{x, y} }\nconst k = 3\ntype shape interface { norm() int }\ntype node[T any] struct { val T; next *node[T] }\nfunc push[T any](n *node[T], v T) *node[T] { return &node[T]{v, n} }",
		"p := mk(k, 4)\np.x++\nq := &point{x: 1}\nq.y += p.y\nvar s shape = p\nfmt.Println(p.norm(), q.x, s.norm())\nl := push[int](nil, 3)\nfmt.Printf(\"%T %+v %#v\\n\", p, p, s)\nl.val",
		"ps := []point{{1,2},{3,4}}\nm := map[string]*point{\"a\": {5,6}}\nfor i, p := range ps { fmt.Println(i, p.x, m[\"a\"].y, mk(1,2).x) }\ntype q struct { point; z int }\nz := q{point{1,2}, 3}\nz.x",
		"ch := make(chan int)\ngo func() { for i := 0; i < 3; i++ { ch <- i }; close(ch) }()\nfor v := range ch { fmt.Println(v) }\nvar wg sync.WaitGroup\nfor i := range 3 { wg.Add(1); go func(n int) { defer wg.Done(); time.Sleep(1); fmt.Println(n, i) }(i) }\nwg.Wait()\nselect { case v, ok := <-ch: fmt.Println(v, ok); case <-time.After(5): }",
		"x := 1\nfunc show() { fmt.Println(x) }\nshow()\nx, err := strconv.Atoi(\"5\")",
		"x := fmt.Sprint(x) + \"!\"\nx",
		"show()",
		"p",
		"func (p point) norm() int { return 7 }",
		"fmt.Println(p.norm(), p.x)",
		"var a []int\nfmt.Println(\"before\")\na[3]",
		"func f(n int) int { if n == 0 { panic(fmt.Errorf(\"boom\")) }; return f(n-1) }\nf(3)",
		"y := 3\nyy := z2",
		"m := map[int]int{}\nfor i := range 100 { go func() { for { m[i]++ } }() }\ntime.Sleep(time.Second)",
		"p",
		"mk(3,4).norm()",
		"strconv.Atoi(\"x\")",
		"package main\nimport \"fmt\"\nfunc main() { fmt.Println(\"main\") }",
	} {
		t0 := time.Now()
		fmt.Printf("--- In[%d]\n", i+1)
		c := s.Begin(i+1, cell, devOut{})
		b, err := s.Exec(ctx, c, Source{Text: cell, Line: 1, Col: 1})
		if b != nil {
			fmt.Println("OUT:", b.Data["text/plain"])
		}
		if re, ok := err.(*RuntimeError); ok {
			fmt.Println("ERR:", re.Kind, re.Trace())
		} else if err != nil {
			fmt.Println("ERR:", err)
		}
		fmt.Println("   took", time.Since(t0))
	}
}
