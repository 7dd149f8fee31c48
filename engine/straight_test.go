package engine

import (
	"fmt"
	"testing"
)

const straightDecls = `
type counter struct{ N int; log []string }
func (c *counter) Add(k int) { c.N += k; c.log = append(c.log, "add") }
func (c *counter) reset() int { c.N = 0; return len(c.log) }
func (c counter) Twice() int { return 2 * c.N }
type sized interface{ Twice() int }
type kid struct{ *counter; Name string }
func double(n int) int { return 2 * n }
func divmod(a, b int) (int, int) { return a / b, a % b }
func parse(s string) (int, error) { return strconv.Atoi(s) }
func apply[T any](xs []T, f func(T) T) []T { var ys []T; for _, x := range xs { ys = append(ys, f(x)) }; return ys }
var _ = apply([]int{}, double)
func total(xs ...int) (t int) { for _, x := range xs { t += x }; return }`

// straightCells are cells that must not need yaegi, with the values they show.
// They run in one session, in this order.
var straightCells = [][2]string{
	{"1 + 1000", "1001"},
	{"x, c := 1, counter{}", ""},
	{"x = x*3%1000 + 7\nx", "10"},
	{"double(x + 4)", "28"},
	{"c.Add(5)\nc.Twice()", "10"},
	{`fmt.Sprintln("x is", x, c.N)`, "x is 10 5\n"},
	{"var s sized = c\ns.Twice()", "10"},
	{"k := kid{&c, \"kid\"}\nk.Add(1)\nx = k.Twice()\nk.N = 8\nx", "12"},
	{"k.N + len(k.log) + len(k.Name)", "13"},
	{"q, r := divmod(17, 5)\nq*10 + r", "32"},
	{"divmod(9, 4)", "2 1"},
	{"total(divmod(9, 4))", "3"},
	{`parse("42")`, "42"},
	{"xs := []int{3, 1, 2}\nxs = append(xs, x, double(2))\nslices.Sort(xs)\nxs[1:3]", "[2 3]"},
	{"apply(xs, double)", "[2 4 6 8 24]"},
	{"m := map[string][]int{\"a\": {1}, \"b\": nil}\nm[\"c\"] = xs[:2]\nlen(m)", "3"},
	{"v, ok := m[\"z\"]\nv == nil && !ok", "true"},
	{"if n := len(xs); n > 3 { x = n } else { x = -n }\nx", "5"},
	{"d := 90 * time.Second\nd.Minutes()", "1.5"},
	{"var e error\ne == nil", "true"},
	{"var a any = x\na.(int) + 1", "6"},
	{"p := &c.N\n*p <<= 2\nc.N", "32"},
	{"g := [2][2]int{{1, 2}, {3, 4}}\ng[1][0] *= 5\nh := g\nh[0][0] = 9\ng", "[[1 2] [15 4]]"},
	{"float32(0.1) * float32(x)", "0.5"},
	{"uint8(250) + uint8(x+4)", "3"},
	{"strings.Map(unicode.ToUpper, \"wörld\")[1:3]", "Ö"},
	{"k.reset() + c.N", "2"},
	{"n := 3\nn <<= 1.0\nn>>1.0<<2e0 + xs['\\x01':1e0+1][0.0] + xs[2i*0]", "15"},
	{"fmt.Sprint(min(x, 3, q), max(float64(x), 1))", "3 5"},
	{"delete(m, \"a\")\nclear(m[\"c\"])\nxs[0]", "0"},
}

// TestStraightLines holds what needs no yaegi to be started: a cell of the
// simplest kinds.
func TestStraightLines(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	count := 0
	run := func(text string) (string, error) {
		count++
		b, err := s.Exec(t.Context(), s.Begin(count, text, &recorder{}), Source{Text: text, Line: 1, Col: 1})
		if b == nil {
			return "", err
		}
		value, _ := b.Data["text/plain"].(string)
		return value, err
	}
	if _, err := run(straightDecls); err != nil {
		t.Fatal(err)
	}
	if err := s.builder.wait(t.Context()); err != nil { // else the functions are interpreted meanwhile
		t.Fatal(err)
	}
	for _, c := range straightCells {
		before := s.straight
		got, err := run(c[0])
		if err != nil || got != c[1] {
			t.Errorf("%s: got %s, %v, want %s", c[0], got, err, c[1])
		}
		if s.straight == before {
			t.Errorf("%s: is not straight: %+v", c[0], s.cells[len(s.cells)-1])
		}
	}
}

// TestYaegisFollowEachOther runs more cells with loops than one yaegi serves:
// what they share is the session's.
func TestYaegisFollowEachOther(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for _, text := range []string{"type tally struct{ n int; by map[string]int }\nfunc (c *tally) add(k int) { c.n += k; c.by[fmt.Sprint(k)]++ }", "c := &tally{by: map[string]int{}}\nsum := 0"} {
		if _, _, err := cell(t, s, 1, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.builder.wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	straight := s.straight
	for i := range 600 {
		if _, _, err := cell(t, s, i+2, fmt.Sprintf("for k := range 3 { c.add(k); sum += %d }", i)); err != nil {
			t.Fatal(err)
		}
	}
	if s.straight != straight {
		t.Errorf("%d cells with a loop ran as straight lines", s.straight-straight)
	}
	_, value, err := cell(t, s, 700, "fmt.Sprint(c.n, c.by, sum)")
	if want := "1800 map[0:600 1:600 2:600] 539100"; err != nil || value != want {
		t.Errorf("%s, %v, want %s", value, err, want)
	}
}
