package loops

import (
	"strings"
	"testing"
)

// Analysing a loop ends, however its functions call each other: beyond the
// budget it is refused.
func TestBudget(t *testing.T) {
	p := parseCase("budget", `func helper(n int) int { if n < 1 { return 0 }; return helper(n-1) }
func run(n int) any {
	out := make([]int, n)
	//goblaze:vectorize
	for i := range out {
		out[i] = helper(i)
	}
	return out
}`)
	src := "package p\n" + p.src
	file, info, pkg := check(t, p.name, src)
	decl, loop := markedLoop(file)
	in := input(p.name, src, file, info, pkg, decl, loop)
	for _, c := range []struct {
		budget int
		want   string
	}{{budget, ""}, {3, "what the loop calls leads too far to be followed to its end; call less in the body"}} {
		a := newAnalysis(&in)
		a.budget = c.budget
		sh, ref := a.shapeOf(in.Loop)
		if ref != nil {
			t.Fatal(ref)
		}
		got := ""
		if ref := a.check(sh); ref != nil {
			got = ref.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("budget %d: %q, want %q", c.budget, got, c.want)
		}
	}
}
