package loops

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lineDecls stand before every line form of the test.
const lineDecls = `package p

import (
	"errors"
	"iter"
	"strconv"
	"strings"
)

var texts = []string{"a b", "c", "d e f"}
var nums = []int{3, 1, 2}
var ages = map[string]int{"ann": 3, "bob": 4}
var ptrs = []*counter{{1}, {2}}
var twins = []*counter{ptrs[0], ptrs[0]}
var total int

type counter struct{ n int }

func (c *counter) bump()          { c.n++ }
func (c *counter) plus(k int) int { return c.n + k }

func tokenize(s string) []string             { return strings.Fields(s) }
func parse(s string) (int, error)            { return strconv.Atoi(s) }
func check(n int) error                      { if n == 2 { return errors.New("two") }; return nil }
func scale(x, k int) int                     { return x * k }
func label(name string, age int) string      { return name + strconv.Itoa(age) }
func tally(n int)                            { total += n }
func three(n int) (int, int, int)            { return n, n, n }
func identity[T any](x T) T                  { return x }
func variadic(x int, more ...int) int        { for _, m := range more { x += m }; return x }
func seq(yield func(int) bool)               { _ = yield(5) && yield(6) }
func seq2(yield func(int, string) bool)      { _ = yield(1, "x") && yield(2, "y") }
func pair(k int, s string) string            { return strconv.Itoa(k) + s }
func newCounter(rank int) *counter           { return &counter{} }
func newOr(rank int) (*counter, error)       { return &counter{}, nil }
func badInit(rank int) (*counter, error)     { return nil, errors.New("no") }
func withState(x int, c *counter) int        { c.n++; return x * 2 }
func step(c *counter)                        { c.n += 10 }
func channel() chan int                      { ch := make(chan int, 3); ch <- 1; ch <- 2; close(ch); return ch }
func rune1(r rune) string                    { return string(r) }
func nothing()                               {}

var obj = &counter{100}
var ignored iter.Seq[int]
`

// lineCases: the line, and what the program prints, or the refusal.
var lineCases = []struct {
	name, fun, items string
	args             []string
	spread           bool
	init             string
	result           string
	want             string
}{
	{"slice", "tokenize", "texts", nil, false, "", "out", "[][]string [[a b] [c] [d e f]]"},
	{"err", "parse", `[]string{"1", "x", "3"}`, nil, false, "", "out, err", `[]int [1 0 3] item 1 ("x"): strconv.Atoi: parsing "x": invalid syntax`},
	{"err-fails-cell", "parse", `[]string{"1", "x"}`, nil, false, "", "out", `panic: item 1 ("x"): strconv.Atoi: parsing "x": invalid syntax`},
	{"error-only", "check", "nums", nil, false, "", "err", `*vectorizer.ItemErrors item 2 (2): two`},
	{"args", "scale", "nums", []string{"10"}, false, "", "out", "[]int [30 10 20]"},
	{"arg-variable", "scale", "nums", []string{"len(texts)"}, false, "", "out", "[]int [9 3 6]"},
	{"map", "label", "ages", nil, false, "", "out", "map[string]string map[ann:ann3 bob:bob4]"},
	{"int", "strconv.Itoa", "3", nil, false, "", "out", "[]string [0 1 2]"},
	{"runes", "rune1", `"aé"`, nil, false, "", "out", "[]string [a é]"},
	{"builtin", "len", "texts", nil, false, "", "out", "[]int [3 1 5]"},
	{"conversion", "float64", "nums", nil, false, "", "out", "[]float64 [3 1 2]"},
	{"generic", "identity[int]", "nums", nil, false, "", "out", "[]int [3 1 2]"},
	{"generic-inferred", "identity", "nums", nil, false, "", "out", "[]int [3 1 2]"},
	{"literal", "func(x int) int { return x * x }", "nums", nil, false, "", "out", "[]int [9 1 4]"},
	{"method-value", "obj.plus", "nums", nil, false, "", "out", "[]int [103 101 102]"},
	{"method-expression", "(*counter).plus", "ptrs", []string{"5"}, false, "", "out", "[]int [6 7]"},
	{"spread", "variadic", "nums", []string{"nums[1:]"}, true, "", "out", "[]int [6 4 5]"},
	{"seq", "strconv.Itoa", "seq", nil, false, "", "out", "[]string [5 6]"},
	{"seq2", "pair", "seq2", nil, false, "", "out", "[]string [1x 2y]"},
	{"channel", "strconv.Itoa", "channel()", nil, false, "", "out", "[]string [1 2]"},
	{"array", "strconv.Itoa", "[2]int{7, 8}", nil, false, "", "out", "[]string [7 8]"},
	{"init", "withState", "nums", nil, false, "newCounter", "out", "[]int [6 2 4]"},
	{"init-or-error", "withState", "nums", nil, false, "newOr", "out", "[]int [6 2 4]"},
	{"init-fails", "withState", "nums[:1]", nil, false, "badInit", "out, err", "[]int [0] init of worker 0: no"},
	{"own-items", "step", "ptrs", nil, false, "", "", "done 11 12"},
	{"same-items", "step", "twins", nil, false, "", "", "panic: items 0 and 1 of twins share the memory they write; give each its own"},
	{"empty", "tokenize", "texts[:0]", nil, false, "", "out", "[][]string []"},
	{"shared", "tally", "nums", nil, false, "", "", "refused: line 2: tally writes total, which all iterations share; have it return the value, and combine the values in the loop's own body"},
	{"receiver", "func(int) { obj.bump() }", "nums", nil, false, "", "", "refused: line 2: counter.bump writes obj.n, which all iterations share; have it return the value, and combine the values in the loop's own body"},
	{"three-results", "three", "nums", nil, false, "", "out", "refused: line 2: three returns 3 values; return one value (a struct), one value and an error, an error, or nothing"},
	{"nothing-assigned", "step", "ptrs", nil, false, "", "out", "refused: line 2: step returns nothing that could be assigned; leave the assignment out"},
	{"two-names-for-error", "check", "nums", nil, false, "", "out, err", "refused: line 2: check returns an error only; write err := %vectorize …"},
}

// TestLine runs every kind of FUNC and ITEMS through one program.
func TestLine(t *testing.T) {
	var funcs, calls, want strings.Builder
	for i, c := range lineCases {
		plan, ref := lineOf(t, c.fun, c.items, c.args, c.spread, c.init, c.result)
		if ref != nil {
			if got := "refused: " + ref.Error(); got != c.want {
				t.Errorf("%s:\n got  %s\n want %s", c.name, got, c.want)
			}
			continue
		}
		show := `fmt.Print("done ", ptrs[0].n, " ", ptrs[1].n)`
		switch c.result {
		case "out", "err":
			show = fmt.Sprintf(`fmt.Printf("%%T %%v", %s, %s)`, c.result, c.result)
		case "out, err":
			show = `fmt.Printf("%T %v %v", out, out, err)`
		}
		fmt.Fprintf(&funcs, "func f%d() {\n%s\n%s\n}\n", i, plan.Source, show)
		fmt.Fprintf(&calls, "try(f%d)\n", i)
		fmt.Fprintln(&want, c.want)
	}
	src := strings.Replace(lineDecls, "package p\n\nimport (", "package main\n\nimport (\n\"fmt\"\ngbz_parallel \"github.com/goblaze/goblaze/engine/parallel\"\ngbz_vectorizer \"github.com/goblaze/goblaze/vectorizer\"", 1) +
		funcs.String() + "var _ gbz_vectorizer.Option\nfunc try(f func()) {\ndefer func() { if v := recover(); v != nil { fmt.Print(\"panic: \", v) }; fmt.Println() }()\nf()\n}\nfunc main() {\ngbz_parallel.Provide(func(string) *gbz_parallel.Settings { return &gbz_parallel.Settings{Workers: []int{2}, Collect: true} })\n" + calls.String() + "}\n"
	got := runProgram(t, src)
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want.String(), "\n")
	for i := range wantLines {
		if i >= len(gotLines) || gotLines[i] != wantLines[i] {
			t.Errorf("line %d:\n got  %s\n want %s", i, strings.Join(gotLines[i:min(i+1, len(gotLines))], ""), wantLines[i])
		}
	}
}

// lineOf goes the engine's way: types of ITEMS and --init, probe, check, Line.
func lineOf(t *testing.T, fun, items string, args []string, spread bool, init, result string) (*Plan, *Refusal) {
	t.Helper()
	lt := LineText{Func: Piece{Text: fun}, Items: Piece{Text: items}, Spread: spread, Init: Piece{Text: init}}
	for _, a := range args {
		lt.Args = append(lt.Args, Piece{Text: a})
	}
	itemsT := typeOf(t, items)
	var initT types.Type
	if init != "" {
		initT = typeOf(t, init)
	}
	probe, err := Probe(lt, itemsT, initT)
	if err != nil {
		t.Fatal(err)
	}
	src := lineDecls + "func run() {\n" + probe + "\n}\n"
	file, err := parser.ParseFile(fset, "line.go", src, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v\n%s", err, probe)
	}
	info := newInfo()
	conf := types.Config{Importer: stdImporter(), Error: func(err error) {
		if e, ok := err.(types.Error); !ok || !ProbeNoise(e) {
			t.Errorf("%s: %v", probe, err)
		}
	}}
	pkg, _ := conf.Check("p", fset, []*ast.File{file}, info)
	decl := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
	in := LineInput{Input: input("line", src, file, info, pkg, decl, decl.Body.List[0])}
	if result != "" {
		in.Result, in.Op = strings.Split(result, ", "), ":="
	}
	return Line(in)
}

func newInfo() *types.Info {
	return &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{}}
}

func typeOf(t *testing.T, expr string) types.Type {
	t.Helper()
	file, err := parser.ParseFile(fset, "items.go", lineDecls+"var gbzItems = "+expr+"\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: stdImporter()}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg.Scope().Lookup("gbzItems").Type()
}

// runProgram runs a main package inside the module.
func runProgram(t *testing.T, src string) string {
	t.Helper()
	dir, err := os.MkdirTemp("testdata", "gen")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "./"+dir).CombinedOutput()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, cutText(string(out), 4000))
	}
	return string(out)
}
