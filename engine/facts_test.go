package engine

import (
	"strings"
	"testing"
)

// A fault is a row of the table of what raw yaegi does wrong (FACTS.md), and
// cells that run into it. Each is written right for the interpreter, or planned
// away: compiled.
type fault struct {
	row   string
	cells []string
	out   string // of all cells, as Go prints it
	tier  string // of the last cell; "" when there are several
}

// yaegiFaults has every row of the table, in its order.
var yaegiFaults = []fault{
	{"x := 1, later x := \"a\"; x := x + \"!\"", []string{"x := 1", "x := \"a\"", "x := x + \"!\"\nfmt.Println(x)"}, "a!\n", tierInterpreted},
	{"redefine a function", []string{"func f() int { return 1 }", "func g() int { return f() }", "func f() int { return 2 }", "fmt.Println(f(), g())"}, "2 2\n", tierInterpreted},
	{"redefine a struct type", []string{"type T struct{ A int }", "t := T{1}", "type T struct{ B string }", "fmt.Printf(\"%+v\\n\", T{B: \"b\"})"}, "{B:b}\n", tierInterpreted},
	{"a cell that mixes imports, declarations and statements", []string{"import \"strings\"\nfunc up(s string) string { return strings.ToUpper(s) }\nvar s string\nfor range 2 { s += up(\"a\") }\nfmt.Println(s)"}, "AA\n", tierInterpreted},
	{"inferred type parameters", []string{"func Map[T, R any](xs []T, f func(T) R) (ys []R) { for _, x := range xs { ys = append(ys, f(x)) }; return ys }", "fmt.Println(Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }))", "fmt.Println(Map([]int{3}, func(i int) string { return fmt.Sprint(-i) }))"}, "[1 4]\n[-3]\n", tierInterpreted},
	{"generic types with methods, cmp.Ordered", []string{"type S[T cmp.Ordered] struct{ xs []T }\nfunc (s *S[T]) Add(x T) { s.xs = append(s.xs, x) }\nfunc (s S[T]) Max() T { return slices.Max(s.xs) }", "s := &S[int]{}", "s.Add(3)\ns.Add(2)\nfmt.Println(s.Max())"}, "3\n", tierInterpreted},
	{"for i := range 5 at top level", []string{"for i := range 5 { fmt.Print(i) }"}, "01234", tierInterpreted},
	{"range over func, iter", []string{"for v := range slices.Values([]int{1, 2}) { fmt.Print(v) }"}, "12", tierCompiled},
	{"min, max, clear, new(42)", []string{"xs := []int{3, 1}\nm := map[string]int{\"a\": 1}\nclear(m)\nclear(xs[:1])\np := new(42)\nfmt.Println(min(3, xs[1]), max(2.5, 1), xs, len(m), *p)"}, "1 2.5 [0 1] 0 42\n", tierInterpreted},
	{"generic std functions", []string{"xs := []string{\"b\", \"a\"}\nslices.Sort(xs)\nm := map[string]int{\"z\": 1, \"y\": 2}\nfmt.Println(xs, slices.Sorted(maps.Keys(m)), cmp.Compare(1, 2))"}, "[a b] [y z] -1\n", tierInterpreted},
	{"generic std functions: errors.AsType", []string{"e, ok := errors.AsType[*fs.PathError](error(&fs.PathError{Op: \"open\"}))\nfmt.Println(e.Op, ok)"}, "open true\n", tierInterpreted},
	{"std symbols after Go 1.22", []string{"fmt.Println(slices.Collect(strings.SplitSeq(\"a,b\", \",\")))"}, "[a b]\n", tierInterpreted},
	{"std symbols after Go 1.22: WaitGroup.Go", []string{"var wg sync.WaitGroup", "wg.Go(func() { fmt.Println(\"in\") })\nwg.Wait()"}, "in\n", tierCompiled},
	{"closures over loop variables", []string{"fs := []func() int{}\nfor i := 0; i < 3; i++ { fs = append(fs, func() int { return i }) }\nfor _, x := range []int{7, 8} { fs = append(fs, func() int { return x }) }\nfor _, f := range fs { fmt.Print(f(), \" \") }"}, "0 1 2 7 8 ", tierCompiled},
	{"closures over loop variables that end with the statement", []string{"func do(f func()) { f() }", "for i := 0; i < 3; i++ { do(func() { i := i * 2; fmt.Print(i, \" \") }) }\nfor _, x := range []int{7, 8} { do(func() { fmt.Print(x, \" \") }) }"}, "0 2 4 7 8 ", tierInterpreted},
	{"a closure literal passed straight to compiled code in a loop", []string{"var wg sync.WaitGroup\nsum := make([]int, 3)\nfor k := range 3 { wg.Go(func() { sum[k] = k * k }) }\nwg.Wait()\nfmt.Println(sum)"}, "[0 1 4]\n", tierCompiled},
	{"a cell that starts with func(){…}()", []string{"func() { fmt.Println(\"once\") }()", "fmt.Println(\"later\")"}, "once\nlater\n", tierInterpreted},
	{"a cell that declares func main", []string{"func main() { fmt.Println(\"main\") }", "fmt.Println(\"later\")"}, "later\n", tierInterpreted},
	{"%+v, %#v, %T of a struct", []string{"type p struct{ x, y int }", "v := p{1, 2}\nfmt.Printf(\"%v %+v %#v %T\\n\", v, v, v, v)"}, "{1 2} {x:1 y:2} main.p{x:1, y:2} main.p\n", tierInterpreted},
	{"errors.As to a declared type", []string{"type E struct{ c int }\nfunc (e *E) Error() string { return \"e\" }", "var err error = fmt.Errorf(\"w: %w\", &E{3})\nvar e *E\nfmt.Println(errors.As(err, &e), e.c)"}, "true 3\n", tierInterpreted},
	{"index out of range is a runtime.Error", []string{"func try(f func()) (s string) { defer func() { e, ok := recover().(runtime.Error); s = fmt.Sprint(ok, e) }(); f(); return }", "i := 5\nfmt.Println(try(func() { fmt.Println([]int{1}[i]) }))"}, "true runtime error: index out of range [5] with length 1\n", tierInterpreted},
	{"dynamic types: any(B{1}).(A), any(C(1)).(float64), any(A{1}) == any(B{1})", []string{"type A struct{ X int }\ntype B struct{ X int }\ntype C float64", "_, a := any(B{1}).(A)\n_, c := any(C(1)).(float64)\nfmt.Println(a, c, any(A{1}) == any(B{1}))"}, "false false false\n", tierInterpreted},
	{"dynamic types: a type switch over A and B", []string{"type A struct{ X int }\ntype B struct{ X int }", "switch v := any(B{1}).(type) { case A: fmt.Println(\"A\", v); case B: fmt.Println(\"B\", v) }"}, "B {1}\n", tierInterpreted},
	{"v := <-ch; v++", []string{"ch := make(chan int, 1)", "ch <- 1\nv := <-ch\nv++\nfmt.Println(v)"}, "2\n", tierCompiled},
	{"g = <-ch detaches g from &g", []string{"g := 0\np := &g\nch := make(chan int, 1)", "ch <- 5\ng = <-ch\ng = 7\nfmt.Println(*p)"}, "7\n", tierCompiled},
	{"g, _ = <-ch; select { case g = <-ch: }", []string{"g := 0\nch := make(chan int, 2)", "ch <- 5\nch <- 6\ng, _ = <-ch\nselect { case g = <-ch: }\nfmt.Println(g)"}, "6\n", tierCompiled},
	{"x = f() where f has a named result and panics", []string{"func f() (n int) { n = 9; panic(\"p\") }\nfunc try(g func()) { defer func() { recover() }(); g() }", "x := 1\ntry(func() { x = f() })\nfmt.Println(x)"}, "1\n", tierInterpreted},
	{"var b = a in a later cell", []string{"var a = 1", "var b = a\nfmt.Println(b)"}, "1\n", tierInterpreted},
	{"switch t := v.(type) with case *A, also of an error", []string{"type A struct{ x int }\nfunc (a *A) Error() string { return \"a\" }", "var v any = &A{1}\nswitch t := v.(type) { case *A: fmt.Println(t.x); default: fmt.Println(\"none\") }\nvar e error = &A{2}\nswitch t := e.(type) { case *A: fmt.Println(t.x); default: fmt.Println(\"none\") }"}, "1\n2\n", tierInterpreted},
	{"case []A, map[string]A, func() A", []string{"type A struct{ x int }", "for _, v := range []any{[]A{{1}}, map[string]A{}, func() A { return A{} }} {\n\tswitch v.(type) { case []A: fmt.Print(1); case map[string]A: fmt.Print(2); case func() A: fmt.Print(3) }\n}"}, "123", ""},
	{"json.Marshal of unexported fields", []string{"type T struct{ A int; b int }", "s, _ := json.Marshal(T{1, 2})\nfmt.Println(string(s))"}, "{\"A\":1}\n", tierInterpreted},
	{"String() of elements in a slice or map", []string{"type W int\nfunc (w W) String() string { return \"w\" }", "fmt.Println([]W{1, 2}, map[W]W{1: 2})"}, "[w w] map[w:w]\n", tierInterpreted},
	{"%d of a type with String", []string{"type W int\nfunc (w W) String() string { return \"w\" }", "fmt.Printf(\"%d %v\\n\", W(3), W(3))"}, "3 w\n", tierInterpreted},
	{"%w with a struct error", []string{"type E struct{ n int }\nfunc (e E) Error() string { return fmt.Sprint(\"E\", e.n) }", "err := fmt.Errorf(\"in: %w\", E{4})\nfmt.Println(err, errors.Is(err, E{4}))"}, "in: E4 true\n", tierInterpreted},
	{"a struct with x and Xx, or two _ fields", []string{"type T struct{ x, Xx int; _ int; _ int }", "t := T{x: 1, Xx: 2}\nt.x += 10\nfmt.Println(t.x, t.Xx)"}, "11 2\n", tierInterpreted},
	{"ranges over text that is no UTF-8", []string{"for i, r := range \"a\\xffb\" { fmt.Print(i, r, \" \") }"}, "0 97 1 65533 2 98 ", tierInterpreted},
	{"os.Exit is a recoverable panic", []string{"defer func() { recover(); fmt.Println(\"on\") }()"}, "on\n", tierCompiled},
}

// TestYaegiFaults holds every row: the right output, on the tier that is told.
func TestYaegiFaults(t *testing.T) {
	s, n := newTestSession(t, testEngine(t)), 0
	for _, f := range yaegiFaults {
		var out strings.Builder
		for _, text := range f.cells {
			n++
			got, _, err := cell(t, s, n, text)
			if err != nil {
				t.Errorf("%s: %q: %v", f.row, text, err)
			}
			out.WriteString(got)
		}
		if out.String() != f.out {
			t.Errorf("%s: prints %q, Go prints %q", f.row, out.String(), f.out)
		}
		if got := lastTier(s); f.tier != "" && got.Tier != f.tier {
			t.Errorf("%s: ran %s (%s), want %s", f.row, got.Tier, got.Why, f.tier)
		}
	}
}
