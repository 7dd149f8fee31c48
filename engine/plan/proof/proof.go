// Package proof generates the small programs that hold package plan's list:
// [Families]. Each program is the statements of one cell; what it prints, and
// the panic it ends with, is wanted to be the same compiled by Go and
// interpreted.
package proof

import (
	"math/rand/v2"
)

// A Family is a construct at all the types and values it is tried with.
type Family struct {
	Name string // the construct, as the table of docs/go-in-cells.md has it
	// Programs are statements; they use Decls and std.
	Programs []string
	// Refused says that the planner must send these to the compiler.
	Refused bool
}

// Decls are the declarations that all programs may use: compiled functions and
// types of an earlier cell.
const Decls = baseDecls + moreDecls

const baseDecls = `
type Point struct{ X, Y int }

func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }
func (p *Point) Scale(n int)      { p.X *= n; p.Y *= n }
func (p Point) String() string    { return fmt.Sprintf("<%d %d>", p.X, p.Y) }
func (p Point) norm() int         { return p.X*p.X + p.Y*p.Y }

type Item struct {
	Name  string
	Price float64
	Tags  []string
	At    Point
	Next  *Item
}

func (it *Item) Total(n int) float64 { return it.Price * float64(n) }

type Celsius float64

func (c Celsius) F() float64 { return float64(c)*9/5 + 32 }

type Weekday int

func (d Weekday) String() string { return [...]string{"Mon", "Tue", "Wed"}[d] }

type Shape interface{ Area() float64 }
type Square struct{ S float64 }

func (s Square) Area() float64 { return s.S * s.S }

type secret struct{ a, b int }

type Fail struct{ Code int }

func (f *Fail) Error() string { return fmt.Sprintf("code %d", f.Code) }

type Base struct{ ID int }

func (b Base) Tag() string { return fmt.Sprint("#", b.ID) }
func (b *Base) Bump()      { b.ID++ }

type Derived struct {
	Base
	*Point
	N int
}

type Name string

type Box struct {
	A [2]int
	P Point
	S []Point
}

const limit = 7

func say(n int) int                       { fmt.Println("say", n); return n }
func double(n int) int                    { return 2 * n }
func sum(xs ...int) int                   { t := 0; for _, x := range xs { t += x }; return t }
func split(s string) (string, string)     { a, b, _ := strings.Cut(s, ","); return a, b }
func mayFail(n int) (int, error)          { if n < 0 { return 0, &Fail{n} }; return n + 1, nil }
func check(n int) error                   { if n > 3 { return fmt.Errorf("check %d: %w", n, io.EOF) }; return nil }
func boom(n int) int                      { var xs []int; return xs[n] }
func newItem(name string, p float64) *Item { return &Item{Name: name, Price: p} }
func shape(s float64) Shape               { return Square{s} }
func describe(v any) string               { return fmt.Sprintf("%T %v", v, v) }
func apply(xs []int) []int                { ys := make([]int, len(xs)); for i, x := range xs { ys[i] = x * x }; return ys }
func hidden() secret                      { return secret{1, 2} }
func inc(p *int) int                      { *p++; return *p }
func total(m map[string]int) int          { t := 0; for _, v := range m { t += v }; return t }
`

// Seed chooses the random programs.
var Seed uint64 = 1

// Families returns the families, each with at most limit programs (0: all),
// spread evenly over the family.
func Families(limit int) []Family {
	r := rand.New(rand.NewPCG(Seed, 2))
	fs := []Family{
		{"constants", constants(), false},
		{"integer arithmetic", arithmetic(), false},
		{"shifts", shifts(), false},
		{"floating point", floats(), false},
		{"comparisons and logic", comparisons(), false},
		{"conversions", conversions(), false},
		{"strings", texts(), false},
		{"slices", slices(), false},
		{"arrays", arrays(), false},
		{"maps", maps(), false},
		{"structs and pointers", structs(), false},
		{"copies of values", copies(), false},
		{"named basic types", named(), false},
		{"interface values", interfaces(), false},
		{"calls of compiled code", calls(), false},
		{"std functions and methods", std(), false},
		{"printing", printing(), false},
		{"assignments", assignments(), false},
		{"control flow", control(), false},
		{"loops that count", counted(), false},
		{"unexported fields", hiddenFields(), false},
		{"structs without a name", anonymous(), false},
		{"addresses", addresses(), false},
		{"named slices, maps and arrays", namedSeqs(), false},
		{"bytes and runes", bytesAndRunes(), false},
		{"comparisons of structs, arrays and interfaces", equalities(), false},
		{"values that become interfaces", boxed(), false},
		{"type assertions", assertions(), false},
		{"type switches", typeSwitches(), false},
		{"function literals", closures(), false},
		{"function values", funcValues(), false},
		{"instances of generic code", instancesOf(), false},
		{"generic functions of std", stdGeneric(), false},
		{"order of evaluation", order(), false},
		{"defer, panic and recover", defers(), false},
		{"goroutines and channels", goroutines(), false},
		{"labels, goto and fallthrough", jumps(), false},
		{"types that functions declare", localTypes(), false},
		{"ranges over functions", rangeFuncs(), false},
		{"method expressions and conversions of pointers", methodExprs(), false},
		{"generic functions of std over all types", local(stdOver()), false},
		{"operands that are read late", lateReads(), false},
		{"straight lines", straightLines(), false},
		{"complex numbers", complexes(), false},
		{"random programs", random(r, 1500), false},
		{"yaegi's known faults", faults(), true},
	}
	if limit > 0 {
		for i, f := range fs {
			fs[i].Programs = sample(f.Programs, limit)
		}
	}
	return fs
}

func sample(ps []string, n int) []string {
	if len(ps) <= n || n == 0 {
		return ps
	}
	out := make([]string, n)
	for i := range out {
		out[i] = ps[i*len(ps)/n]
	}
	return out
}

// local puts the program's variables into a block.
func local(ps []string) []string {
	var out []string
	for _, p := range ps {
		out = append(out, "if limit > 0 {\n"+p+"\n}")
	}
	return out
}

// both gives each program with session variables and with local ones.
func both(ps []string) []string { return append(ps[:len(ps):len(ps)], local(ps)...) }
