package proof

// moreDecls are types with unexported fields, generic code with the instances
// that a cell compiled, and functions that take functions.
const moreDecls = `
type acct struct {
	id   int
	name string
	tags []string
	at   Point
	next *acct
	by   map[string]int
	rate float64
	on   bool
	b    byte
	trio [3]int
	v    any
	err  error
	sh   Shape
	Pub  int
}

func (a *acct) add(n int) int  { a.id += n; return a.id }
func (a acct) label() string   { return fmt.Sprint(a.name, "#", a.id) }
func newAcct(id int, name string) *acct { return &acct{id: id, name: name} }
func acctOf(id int) acct       { return acct{id: id, name: "of", trio: [3]int{id, 2, 3}} }
func (a *acct) self() *acct    { return a }

type inner struct {
	k   int
	arr [3]int
	p   Point
}

func (i *inner) bump()   { i.k++ }
func (i inner) twice() int { return 2 * i.k }

type outer struct {
	inner
	*acct
	extra int
}

type holder struct {
	in  inner
	ptr *inner
	all []inner
}

type twin struct{ id int; name string }
type twinB struct{ id int; name string }

type fault struct{ code int }

func (f fault) Error() string { return fmt.Sprint("fault ", f.code) }

type handler func(int) int

func (h handler) twice(n int) int { return h(h(n)) }

type env map[string]int

func (e env) sum() int { t := 0; for _, v := range e { t += v }; return t }

type list []int

func (l list) Len() int     { return len(l) }
func (l *list) push(n int)  { *l = append(*l, n) }

type grid [2][3]int
type bytesOf []byte
type table []acct

type ops struct {
	f    func(int) int
	name string
	G    func(string) string
}

func eachOf(xs []int, f func(int))                { for _, x := range xs { f(x) } }
func mapOf(xs []int, f func(int) int) []int       { var ys []int; for _, x := range xs { ys = append(ys, f(x)) }; return ys }
func call2(f func(a, b int) int, a, b int) int    { return f(a, b) }
func fold(xs []string, s string, f func(string, string) string) string { for _, x := range xs { s = f(s, x) }; return s }
func once(f func()) { f() }
func through(f func(int) int, n int) int          { return once2(f, n) }
func once2(f func(int) int, n int) int            { return f(n) }
func ask(f func(string) (int, error)) string      { n, err := f("q"); return fmt.Sprint(n, err) }
func safely(f func()) (s string)                  { defer func() { s = fmt.Sprint(recover()) }(); f(); return "fine" }
func (a acct) each(f func(string) bool) int       { n := 0; for _, t := range a.tags { if f(t) { n++ } }; return n }
func adder(n int) func(int) int                   { return func(m int) int { n += m; return n } }
func aFunc() func(string) string                  { return strings.ToUpper }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T)     { s.items = append(s.items, x) }
func (s *Stack[T]) Pop() (x T)   { x = s.items[len(s.items)-1]; s.items = s.items[:len(s.items)-1]; return x }
func (s Stack[T]) Len() int      { return len(s.items) }
func NewStack[T any](xs ...T) *Stack[T] { return &Stack[T]{xs} }

type Pair[K comparable, V any] struct { Key K; Val V; hits int }

func (p Pair[K, V]) String() string { return fmt.Sprintf("%v=%v", p.Key, p.Val) }
func MakePair[K comparable, V any](k K, v V) Pair[K, V] { return Pair[K, V]{k, v, 1} }
func MapG[T, R any](xs []T, f func(T) R) []R { var ys []R; for _, x := range xs { ys = append(ys, f(x)) }; return ys }
func SumG[T int | float64 | string](xs ...T) (t T) { for _, x := range xs { t += x }; return t }
type Phasor complex128

type tick struct{ n int }
type Nexter interface{ Next() int }

func (t *tick) Next() int                         { t.n++; return t.n }
func fold2(t *tick) int                           { a := t.Next(); for range 3 { a += t.n }; return a }
func fill[T any](xs []T, n int) (out []T)         { for range n { out = append(out, xs...) }; out[0] = out[len(out)-1]; return }
func evens(xs []int) []int                        { ys := make([]int, 0, len(xs)); for _, x := range xs { if x%2 == 0 { ys = append(ys, x) } }; return ys }
func tail(xs []int) []int                         { ys := xs[1:]; ys[0] += 5; ys = append(ys[:1], 9); return ys }
func index(m map[string]int, xs []int) map[int]string { o := map[int]string{}; for k, v := range m { o[v] = k }; p := m; p["b"] = len(xs); return o }
func nexter(t *tick) Nexter                       { return t }
func counterOf(p *int) func() int                 { return func() int { *p += 3; return *p } }
func boxOf[T any](x T) any                        { type box struct{ v T }; return box{x} }
func Keep[T any](xs []T, f func(T) bool) []T { var ys []T; for _, x := range xs { if f(x) { ys = append(ys, x) } }; return ys }

func anonOf() struct{ x int }             { return struct{ x int }{3} }
func anons() []struct{ x int }            { return []struct{ x int }{{1}, {2}} }
func takesAnon(s struct{ x int }) int     { return s.x }
func anonMap() map[string]struct{ x int } { return map[string]struct{ x int }{"a": {1}} }

type wraps struct{ in struct{ x int } }
type rows []struct{ x int }
type xer struct{ x int }

func instances() {
	NewStack[int]().Push(1)
	NewStack[string]().Push("")
	NewStack[Point]().Push(Point{})
	NewStack[*acct]().Push(nil)
	_ = []any{MakePair("", 1), MakePair(1, ""), MakePair(Point{}, 1.5), MakePair("", []int{}), MakePair[string, any]("", 1)}
	_, _ = MapG[int, string], MapG[string, int]
	_, _ = MapG[int, int], MapG[Point, int]
	_, _, _ = SumG[int], SumG[float64], SumG[string]
	_, _, _ = Keep[int], Keep[string], Keep[Point]
}
`
