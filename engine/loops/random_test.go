package loops

import (
	"fmt"
	"go/ast"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// helpers are what random loops call; half of them do what must be refused.
const helpers = `package p

type P struct{ v, w int; next *P; row []int }

func (p *P) add(k int)    { p.v += k }
func (p P) twice() int    { return 2 * p.v }
func (p *P) link(q *P)    { p.next = q }
func (p *P) follow(k int) { if p.next != nil { p.next.v = k } }

var global int

func pos(v, n int) int            { return ((v % n) + n) % n }
func pure(v int) int              { return v*31 ^ v>>3 }
func tally(v int) int             { global += v % 10; return v }
func look(v int) int              { return v + global }
func set(xs []int, i, v int)      { xs[i] = v }
func setNext(xs []int, i, v int)  { xs[i+1] = v }
func fill(xs []int, v int)        { for j := range xs { xs[j] = v + j } }
func setp(p *P, v int)            { p.w = v }
func first(xs []int) int          { return xs[0] }
func sum(xs []int) int            { t := 0; for _, x := range xs { t += x }; return t }
func same(xs []int) []int         { return xs }
func other(p *P) *P               { if p.next != nil { return p.next }; return p }
func apply(f func(int) int, v int) int { return f(v) }
func grown(xs []int, v int) []int { return append(xs, v) }
`

// setup makes the variables; its variants share memory between them.
var setups = []string{
	"", "", "", "b = a\n", "b = a[1:]\n", "c = a\n", "g[0] = g[len(g)-1]\n", "ps[0] = ps[len(ps)-1]\n", "g[1] = a\n",
	"for i := range ps { ps[i].next = ps[(i+1)%len(ps)] }\n", "for i := range ps { ps[i].row = g[0] }\n",
	"for i := range ps { ps[i].next = &P{} ; ps[i].row = make([]int, 4) }\n", "r = a[:0]\n", "pa = &s\n",
}

// A writer makes random statements.
type writer struct {
	r     *rand.Rand
	depth int
}

func (w *writer) pick(list ...string) string { return list[w.r.IntN(len(list))] }

func (w *writer) index() string {
	return w.pick("i", "i", "i", "i", "i+1", "i+2", "k", "pos(i*7, n)", "2", "n-i", "x0", "int(uint8(i))")
}

func (w *writer) value() string {
	return w.expand(w.pick("i", "i*i", "pure(i)", "a[I]", "b[I]", "c[I]", "a[i]", "s", "x", "len(r)", "m[pos(i, 3)]", "g[I][1]", "ps[I].v", "ps[i].w",
		"best", "t", "look(i)", "tally(i)", "first(g[I])", "sum(c)", "ps[i].twice()", "other(ps[i]).v", "apply(func(v int) int { return v + i }, 3)",
		"apply(func(v int) int { s += v; return v }, 3)", "len(mm)", "int(f)", "at", "y", "apply(pure, i)", "apply(tally, i)", "sum(same(g[i]))", "*pa", "arr[I%8]", "pos(i, 5)", "pos(i, 5)", "i%7", "pure(i+3)"))
}

func (w *writer) expand(s string) string {
	for strings.Contains(s, "[I") {
		s = strings.Replace(s, "[I", "["+w.index(), 1)
	}
	for strings.Contains(s, "V") {
		w.depth++
		v := "i"
		if w.depth < 6 {
			v = w.value()
		}
		w.depth--
		s = strings.Replace(s, "V", v, 1)
	}
	for strings.Contains(s, "S;") {
		s = strings.Replace(s, "S;", w.statement(), 1)
	}
	return s
}

func (w *writer) statement() string {
	list := []string{
		"a[I] = V", "a[i] = V", "b[I] += V", "b[i] ^= V", "c[i] = V", "s += V", "s -= V", "s = s + V", "t = max(t, V)", "t = min(V, t)", "t |= V",
		"r = append(r, V)", "r = append(r, V, V)", "m[pos(V, 5)] += V", "m[pos(V, 5)] = V", "m[i]++", "mm[pos(V, 4)] = append(mm[pos(V, 4)], V)",
		"mm[3] = append(mm[3], V)", "x = V", "x += V", "g[I][1] = V", "g[i][pos(V, 4)] += V", "ps[I].v = V", "ps[i].w += V", "setp(ps[i], V)", "ps[i].add(V)",
		"set(a, i, V)", "set(a, I0, V)", "setNext(a, i, V)", "fill(g[i], V)", "fill(g[I0], V)", "if v := V; v > best { best = v; at = i }", "if V > best { best = i }",
		"flag = true", "f += float64(V)", "y := V; y++; s += y", "row := g[i]; row[1] = V", "p := ps[i]; p.v += V", "q := b; q[i] = V", "q := &a[i]; *q += V",
		"z := P{v: V}; z.add(1); s += z.v", "z := *ps[i]; z.v = V; s += z.v", "z := *ps[i]; if z.row != nil { z.row[1] = V }", "sw := a[1:]; sw[i] = V", "sw := a[:]; sw[i] = V",
		"func() { x = V }()", "func() { a[i] = V }()", "ps[i].link(ps[0])", "ps[i].follow(V)", "other(ps[i]).v = V", "local := []*P{ps[i]}; local[0].v = V",
		"local := []*P{ps[0]}; local[0].v = V", "local := &P{}; local.link(ps[i]); local.next.w = V", "local := &P{}; local.link(ps[1]); local.follow(V)",
		"same(g[i])[2] = V", "same(a)[i] = V", "arr[I%8] = V", "h := func(k int) { a[i] = k }; h(V)", "h := func(k int) { s = k }; h(V)", "copy(g[i], c[:2])",
		"g[i] = []int{V, 1, 2, 3}", "g[i] = append(g[i], V)", "g[i] = same(c)", "new := grown(g[i], V); s += sum(new)", "new := grown(c, V); s += len(new)", "delete(m, V)",
		"ps[i] = &P{v: V, next: ps[i].next, row: ps[i].row}", "ps[i].next = &P{v: V}", "if ps[i].next != nil { ps[i].next.v = V }", "if ps[i].row != nil { ps[i].row[2] = V }",
		"*pa += V", "x, y := V, V; s += x - y", "s, t = t, s", "a[i], b[i] = V, V", "str += string(rune('a' + pos(V, 26)))", "if len(str) < 3 { str += \"z\" }",
	}
	s := w.expand(strings.ReplaceAll(w.pick(list...), "I0", w.index()))
	if w.depth < 3 {
		w.depth++
		switch w.r.IntN(12) {
		case 0:
			s = "if " + w.value() + "%2 == 0 { " + s + " }"
		case 1:
			s = "for j := range 3 { _ = j; " + s + " }"
		case 2:
			s = "if pos(" + w.value() + ", 4) == 1 { " + s + "; continue }"
		case 3:
			s = "if i%3 != 0 { " + s + " } else { " + w.statement() + " }"
		case 4:
			s = "switch pos(i, 3) { case 0: " + s + "\ncase 1: " + w.statement() + "\n}"
		}
		w.depth--
	}
	return s
}

func (w *writer) program(k int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "func run%d(n int) any {\n\tglobal = 0\n", k)
	b.WriteString("\ta, b, c := make([]int, 2*n+8), make([]int, 2*n+8), make([]int, 2*n+8)\n\tg, ps := make([][]int, n+8), make([]*P, n+8)\n")
	b.WriteString("\tfor i := range a { a[i], b[i], c[i] = i, -i, i*3 }\n\tfor i := range g { g[i], ps[i] = []int{i, 1, 2, 3}, &P{v: i} }\n")
	b.WriteString("\tm, mm := map[int]int{1: 2}, map[int][]int{3: {4}}\n\tvar s, t, x, y, best, at, other1 int\n\tx0 := 3\n\tvar f float64\n\tvar r []int\n\tvar str string\n\tvar arr [8]int\n\tflag := false\n\tpa := &other1\n")
	b.WriteString("\t" + setups[w.r.IntN(len(setups))])
	heads := []string{"for i := range n {", "for i := 0; i < n; i++ {", "for i := n - 1; i >= 0; i-- {", "for i := 0; i < n; i += 2 {", "for i := range ps[:n] {", "for i, v0 := range a[:n] { _ = v0"}
	fmt.Fprintf(&b, "\t//goblaze:vectorize\n\t%s\n\t\tk := i + 1\n\t\t_ = k\n", heads[w.r.IntN(len(heads))])
	for range 1 + w.r.IntN(3) {
		b.WriteString("\t\t{ " + w.statement() + " }\n")
	}
	b.WriteString("\t}\n\tout := []any{a, b, c, g, m, mm, s, t, x, y, best, at, x0, f, r, str, arr, flag, *pa, global, cap(r), cap(mm[3]), cap(mm[1])}\n\tfor _, p := range ps { out = append(out, p.v, p.w, p.row, p.next != nil) }\n\treturn out\n}\n")
	return b.String()
}

// TestRandomLoops looks for a loop that is accepted and should not be: random
// bodies, many with hidden sharing, are run sequentially and on 8 workers
// under the race detector. A loop may still be refused when it starts, for
// memory that its items share.
func TestRandomLoops(t *testing.T) {
	count, seed := 1200, uint64(1)
	if s := os.Getenv("GOBLAZE_LOOPS_SEED"); s != "" {
		fmt.Sscan(s, &seed, &count)
	}
	w := &writer{r: rand.New(rand.NewPCG(seed, 5))}
	src := helpers
	for k := range count {
		src += w.program(k)
	}
	src = strings.ReplaceAll(src, "\t\t{ ", "\t\t{; ")
	file, info, pkg := check(t, "random", src)
	par := "package p\nimport (\ngbz_parallel \"github.com/goblaze/goblaze/engine/parallel\"\ngbz_vectorizer \"github.com/goblaze/goblaze/vectorizer\"\n)\nvar _ gbz_vectorizer.Option\nvar _ = gbz_parallel.NegZero\n"
	table := "package p\nvar Cases = []struct { Name string; Seq, Par func(int) any }{\n"
	accepted := 0
	for _, d := range file.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(fd.Name.Name, "run") {
			continue
		}
		loop := loopIn(fd)
		plan, _ := Loop(input(fd.Name.Name, src, file, info, pkg, fd, loop))
		if plan == nil || strings.Contains(strings.Join(plan.Notes, " "), "last digits") {
			continue
		}
		accepted++
		name := fd.Name.Name
		par += transformed(src, fd, loop, plan, name, "par"+name) + "\n"
		table += fmt.Sprintf("{%q, %s, par%s},\n", name, name, name)
	}
	t.Logf("seed %d: %d loops, %d accepted", seed, count, accepted)
	if accepted < count/20 {
		t.Errorf("only %d of %d random loops are accepted: the test has lost its teeth", accepted, count)
	}
	runRandom(t, map[string]string{"seq.go": src, "par.go": par, "table.go": table + "}\n"})
}

// loopIn is the marked loop: the last statement but two.
func loopIn(fd *ast.FuncDecl) ast.Stmt {
	for i := len(fd.Body.List) - 1; i >= 0; i-- {
		switch s := fd.Body.List[i].(type) {
		case *ast.ForStmt:
			return s
		case *ast.RangeStmt:
			if id, ok := s.Value.(*ast.Ident); !ok || id.Name != "p" {
				return s
			}
		}
	}
	return nil
}

const randomMain = `package main

import (
	"fmt"
	"os"
	"strings"

	p "github.com/goblaze/goblaze/engine/loops/DIR/p"
	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/vectorizer"
)

func try(f func(int) any, n int) (out any, failed string) {
	defer func() {
		if v := recover(); v != nil {
			failed = fmt.Sprint(v)
		}
	}()
	return f(n), ""
}

func main() {
	parallel.Provide(func(string) *parallel.Settings { return &parallel.Settings{Workers: []int{8}, Chunk: 3} })
	bad, late, compared := 0, 0, 0
	for _, c := range p.Cases {
		for _, n := range []int{0, 1, 7, 97} {
			want, wantFail := try(c.Seq, n)
			if wantFail == "" {
				compared++
			}
			got, gotFail := try(c.Par, n)
			if strings.Contains(gotFail, "share") || strings.Contains(gotFail, "another iteration writes") {
				late++
				continue
			}
			if (wantFail == "") != (gotFail == "") {
				fmt.Printf("%s: %d items: failed %q, sequentially %q\n", c.Name, n, gotFail, wantFail)
				bad++
			} else if ok, why := vectorizer.EqualValues(want, got); !ok && wantFail == "" {
				fmt.Printf("%s: %d items: %s\n", c.Name, n, why)
				bad++
			}
		}
	}
	fmt.Printf("%d loops, %d runs compared, %d refused when they started, %d differences\n", len(p.Cases), compared, late, bad)
	if bad > 0 {
		os.Exit(1)
	}
}
`

func runRandom(t *testing.T, files map[string]string) {
	t.Helper()
	dir, err := os.MkdirTemp("testdata", "gen")
	if err != nil {
		t.Fatal(err)
	}
	keep := os.Getenv("GOBLAZE_LOOPS_KEEP") != ""
	t.Cleanup(func() {
		if !keep {
			os.RemoveAll(dir)
		}
	})
	if err := os.Mkdir(filepath.Join(dir, "p"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "p", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(strings.ReplaceAll(randomMain, "DIR", filepath.ToSlash(dir))), 0o644); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "random")
	if out, err := exec.Command("go", "build", "-race", "-o", bin, "./"+dir).CombinedOutput(); err != nil {
		t.Fatalf("go build -race: %v\n%s", err, cutText(string(out), 4000))
	}
	cmd := exec.Command(bin)
	cmd.Env = append(os.Environ(), "GORACE=halt_on_error=0 exitcode=66")
	out, err := cmd.CombinedOutput()
	t.Log(cutText(string(out), 5000))
	if err != nil {
		t.Errorf("the random loops: %v", err)
	}
}
