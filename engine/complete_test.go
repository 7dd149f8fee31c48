package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/engine/stdinfo"
)

// typed is the session in which the tests complete and inspect.
var typed = []string{
	"// A point is a place in the plane.\ntype point struct {\n\tx, y int // its coordinates\n\tName string\n}\n\n" +
		"// Norm is the square of the distance from the origin.\nfunc (p point) Norm() int { return p.x*p.x + p.y*p.y }\nfunc (p *point) move(dx int) { p.x += dx }",
	"type circle struct {\n\tpoint\n\tr float64\n}\ntype shape interface {\n\t// Norm measures it.\n\tNorm() int\n}\n" +
		"type pair[K comparable, V any] struct {\n\tkey K\n\tval V\n}\nfunc (p pair[K, V]) Val() V { return p.val }",
	"// mk makes a point.\n//\n// See [strings.Fields] for more.\nfunc mk(x, y int) point { return point{x: x, y: y} }\nfunc both(x int) (point, error) { return mk(x, x), nil }\n" +
		"func pairOf[K comparable, V any](k K, v V) pair[K, V] { return pair[K, V]{k, v} }\n// limit bounds it.\nconst limit = 3",
	"p := mk(1, 2)\nps := []point{p}\nbyName := map[string]*point{\"a\": &p}\ncalls := func() circle { return circle{} }\nvar s shape = p\nü := []string{\"a\"}",
}

func typedSession(t testing.TB) *Session {
	t.Helper()
	s := newTestSession(t, testEngine(t))
	for i, cell := range typed {
		c := s.Begin(i+1, cell, &recorder{})
		if _, err := s.Exec(context.Background(), c, Source{Text: cell, Line: 1, Col: 1}); err != nil {
			t.Fatalf("cell %d: %v", i+1, err)
		}
	}
	return s
}

// cut removes the bar that marks the cursor.
func cut(code string) (string, int) {
	before, after, found := strings.Cut(code, "|")
	if !found {
		panic("no cursor in " + code)
	}
	return before + after, len([]rune(before))
}

// In each case the words of want are proposed first, in that order; with a
// minus sign in front, a word is not proposed. "none" wants no proposals.
func TestComplete(t *testing.T) {
	s := typedSession(t)
	for _, c := range []struct{ code, want string }{
		// Packages.
		{"strings.ToUp|", "ToUpper ToUpperSpecial"},
		{"strings.toup|", "ToUpper"},
		{"strings.|", "Builder Clone -x"},
		{"rand.IntN|", "IntN"},
		{"display.HT|", "HTML"},
		{"vectorizer.Ma|", "Map"},
		{"str|", "string struct strconv strings"},
		{"import \"fmt\"\nfmt.Prin|", "Print"},
		{"import f \"fmt\"\nf.Sprin|", "Sprint"},
		{"import \"|", "archive/tar"},
		{"import \"net/ht|", "net/http net/http/cgi"},
		{"import (\n\t\"fmt\"\n\t\"enc|", "encoding encoding/ascii85"},
		{"import \"github.com/gob|", "github.com/goblaze/goblaze/display"},
		// Members of values.
		{"p.|", "Name Norm move x y"},
		{"p.n|", "Name Norm"},
		{"(&p).mo|", "move"},
		{"ps[0].|", "Name Norm"},
		{"byName[\"a\"].|", "Name Norm"},
		{"mk(1, 2).|", "Name Norm"},
		{"mk(strings.Count(\"a b)\", \"a\"), 2).N|", "Name Norm"},
		{"calls().|", "point r Name Norm move x y"},
		{"calls().point.|", "Name"},
		{"pairOf(1, \"x\").|", "Val key val"},
		{"pairOf(1, p).val.|", "Name Norm"},
		{"pairOf(1, p).Val().x|", "x"},
		{"s.|", "Norm -x"},
		{"s.(point).|", "Name"},
		{"ü[0].|", "none"},
		{"fmt.Println(ü, p.Na|)", "Name"},
		{"err.|", "none"},
		{"v, err := both(1)\nerr.|", "Error"},
		{"v, err := both(1)\nv.|", "Name Norm"},
		{"var b strings.Builder\nb.WriteS|", "WriteString"},
		{"strings.NewReplacer(\"a\", \"b\").|", "Replace WriteString"},
		{"time.Now().Add(time.Second).Form|", "Format"},
		{"p.\n\tNo|", "Norm"},
		{"point.|", "Norm move -x"},
		// Names, nearest first.
		{"li|", "limit"},
		{"mk(lim|", "limit"},
		{"func f(points []point, n int) {\n\tpo|", "points point"},
		{"func f(points []point, n int) {\n\tfor i, pt := range points {\n\t\tpt.|", "Name Norm"},
		{"func f(points []point, n int) {\n\tfor i, pt := range points {\n\t\tpt.|\n\t}\n}\nfunc g() {}", "Name Norm"},
		{"func f() {\n\tabc := 1\n\tg := func(abd int) {\n\t\tab|", "abc abd"},
		{"if x := mk(1, 2); x.|", "Name"},
		{"if p.|", "Name"},
		{"for i := 0; i < len(ps[0].|", "Name"},
		{"for i := 0; i < p.|", "Name"},
		{"for _, q := range []point{p} {\n\tq.|", "Name"},
		{"for _, q := range ps {\n\tswitch {\n\tcase q.|", "Name"},
		{"switch v := any(p).(type) {\ncase point:\n\tv.|", "Name"},
		{"defer p.mo|", "move"},
		{"go calls().mo|", "move"},
		{"return1 := p.|", "Name"},
		{"wg.Go(func() {\n\tloc := p\n\tloc.|", "Name"},
		{"slices.SortFunc(ps, func(a, b point) int { return a.|", "Name"},
		{"x := 1\nx.\ny := 2\np.Na|", "Name"},
		{"func later() circle { return circle{} }\nz := later().|", "point r"},
		{"z := later().|\n\nfunc later() circle { return circle{} }", "point r"},
		{"xyz := 1\nfoo := 2; xy|", "xyz"},
		{"fo|", "for"},
		{"p = ret|", "-return"},
		{"ma|", "make max map -mark"},
		{"Pri|", "print println"},
		// Composite literals, types.
		{"point{|", "Name x y"},
		{"q := &point{x: 1, |", "Name y -x"},
		{"q := []point{{|", "Name x y"},
		{"q := circle{point: point{|", "Name x y"},
		{"point{x: p.|", "Name"},
		{"point{x: li|", "limit"},
		{"var q poi|", "point -print"},
		{"func f(a poi|", "point"},
		{"func f(a strings.Bui|", "Builder"},
		{"q := map[string]poi|", "point"},
		{"func (p poi|", "point"},
		{"func (p point) area() int {\n\treturn p.|", "Name Norm area move x y"},
		{"func (p *point) Norm() int {\n\treturn p.|\n}", "Name Norm move x y"},
		{"type T = point\nfunc (p T) m() { p.|", "none"},
		{"func na|", "none"},
		{"type na|", "none"},
		// Magics: the Go of their arguments.
		{"%timeit p.|", "Name"},
		{"%vectorize -w 4 m|", "mk"},
		{"%time x := mk(1, 2).|", "Name"},
		{"%%timeit -n 3\np.|", "Name"},
		{"%%bash\np.|", "none"},
		{"!p.|", "none"},
		{"%who\np.|\n%time mk(1, 2)", "Name"},
		{"strings.ToUpper?\np.|", "Name"},
		{"strings.ToUp|?", "ToUpper"},
		// Nothing in comments and literals, nothing of our own.
		{"// p.|", "none"},
		{"x := 1 // p.|", "none"},
		{"/* p.|", "none"},
		{"/* p.| */", "none"},
		{"\"p.|", "none"},
		{"\"p.|\"", "none"},
		{"`p.|", "none"},
		{"'p|", "none"},
		{"x := 1.|", "none"},
		{"x := 12|", "none"},
		{"gbz|", "none"},
		{"unknown.|", "none"},
		{")p.|", "none"},
		// Positions are code points.
		{"x := \"😀ü\"; p.Na|", "Name"},
	} {
		code, cursor := cut(c.code)
		list, start, end := s.Complete(code, cursor)
		if end != cursor || start > end {
			t.Errorf("%q: replaces [%d,%d), the cursor is at %d", c.code, start, end, cursor)
		}
		var got []string
		for _, m := range list {
			got = append(got, m.Text)
		}
		if err := checkProposals(got, c.want); err != nil {
			t.Errorf("%q: %v", c.code, err)
		}
	}
}

func checkProposals(got []string, want string) error {
	shown := got[:min(12, len(got))]
	if want == "none" {
		if len(got) > 0 {
			return fmt.Errorf("got %q, want nothing", shown)
		}
		return nil
	}
	for i, w := range strings.Fields(want) {
		if no, ok := strings.CutPrefix(w, "-"); ok {
			if slices.Contains(got, no) {
				return fmt.Errorf("proposes %s", no)
			}
		} else if i >= len(got) || got[i] != w {
			return fmt.Errorf("got %q, want %s", shown, want)
		}
	}
	return nil
}

func TestCompletionsHaveKindsAndSignatures(t *testing.T) {
	s := typedSession(t)
	for _, c := range []struct{ code, text, kind, signature string }{
		{"strings.Fie", "Fields", "function", "(s string) []string"},
		{"p.N", "Norm", "method", "() int"},
		{"p.x", "x", "field", "int"},
		{"byN", "byName", "instance", "map[string]*point"},
		{"lim", "limit", "constant", "untyped int"},
		{"poi", "point", "class", ""},
		{"strin", "strings", "module", "strings"},
		{"calls", "calls", "function", "() circle"},
		{"appe", "append", "function", ""},
		{"swit", "switch", "keyword", ""},
		{"import \"fm", "fmt", "path", ""},
	} {
		list, _, _ := s.Complete(c.code, len(c.code))
		i := slices.IndexFunc(list, func(m Completion) bool { return m.Text == c.text })
		if i < 0 || list[i].Kind != c.kind || list[i].Signature != c.signature {
			t.Errorf("%s: %+v, want %s %s", c.code, list, c.kind, c.signature)
		}
	}
}

// Whatever is asked, the session keeps its names, and answers come in time.
func TestCompletionLeavesTheSessionAlone(t *testing.T) {
	s := typedSession(t)
	before := fmt.Sprint(s.Names(context.Background()))
	corpus := strings.Join(typed, "\n") + "\n%timeit p.x\nfor i := range 3 { fmt.Println(\"ü\", i) }\nimport \"fm\nx := `a\n// c\n/* d\n'e"
	runes := []rune(corpus)
	rnd := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for range 400 {
		from, to := rnd.IntN(len(runes)), rnd.IntN(len(runes))
		text := string(runes[min(from, to):max(from, to)])
		at := rnd.IntN(len([]rune(text)) + 1)
		begin := time.Now()
		_, start, end := s.Complete(text, at)
		took = append(took, time.Since(begin))
		if start < 0 || start > end || end != at {
			t.Fatalf("%q at %d: replaces [%d,%d)", text, at, start, end)
		}
		s.Inspect(text, at, rnd.IntN(2))
	}
	slices.Sort(took)
	t.Logf("complete: median %v, 99 %% %v", took[len(took)/2], took[len(took)*99/100])
	if took[len(took)/2] > 200*time.Millisecond { // 1 to 4 ms on a machine of its own
		t.Errorf("the median answer takes %v", took[len(took)/2])
	}
	if after := fmt.Sprint(s.Names(context.Background())); after != before {
		t.Errorf("the session's names were\n%s\nand are\n%s", before, after)
	}
}

// No text makes completion or inspection fail, or answer beside the cursor.
func FuzzCompleteAndInspect(f *testing.F) {
	s := &Session{importer: stdinfo.NewImporter(nil)}
	s.forgetNames()
	for _, seed := range append([]string{"%timeit x.", "import \"", "f(`a\n", "/*", "x :=", "'", "\x00", "\xff.", "a.\n\n.b", "%%", "!", "??", "func (t T[", "case x:", "}}}", "\r\n%"}, typed...) {
		f.Add(seed, len(seed))
	}
	f.Fuzz(func(t *testing.T, code string, at int) {
		_, start, end := s.Complete(code, at)
		if n := len([]rune(code)); start < 0 || start > end || end > n {
			t.Errorf("%q at %d: replaces [%d,%d)", code, at, start, end)
		}
		s.Inspect(code, at, 1)
	})
}

func TestCompleteAndInspectWhileACellRuns(t *testing.T) {
	s := typedSession(t)
	ended := make(chan error)
	go func() {
		cell := "for {}"
		_, err := s.Exec(context.Background(), s.Begin(9, cell, &recorder{}), Source{Text: cell, Line: 1, Col: 1})
		ended <- err
	}()
	for s.exec.TryLock() { // until the cell has the session
		s.exec.Unlock()
	}
	list, _, _ := s.Complete("p.No", 4)
	_, found := s.Inspect("mk", 2, 0)
	s.Interrupt()
	for err := range repeatUntil(ended, s.Interrupt) {
		if !Interrupted(err) {
			t.Errorf("the cell ended with %v", err)
		}
	}
	if len(list) != 1 || list[0].Text != "Norm" || !found {
		t.Errorf("got %v, %v", list, found)
	}
}

// repeatUntil calls f every 50 ms until ended delivers.
func repeatUntil(ended <-chan error, f func()) func(func(error) bool) {
	return func(yield func(error) bool) {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case err := <-ended:
				yield(err)
				return
			case <-tick.C:
				f()
			}
		}
	}
}

// In each case the documentation holds every line of want; "none" wants none.
func TestInspect(t *testing.T) {
	s := typedSession(t)
	for _, c := range []struct{ code, want string }{
		// Std.
		{"strings.Fields|", "func Fields(s string) []string\nFields splits the string s"},
		{"strings.Fie|lds(x)", "func Fields(s string) []string"},
		{"str|ings.Fields(x)", "package strings // import \"strings\""},
		{"strings.Fields(|", "func Fields(s string) []string"},
		{"strings.Fields(|)", "func Fields(s string) []string"},
		{"strings.Fields(|x)", "func Fields(s string) []string"},
		{"strings.Split(\"a,b\", |)", "func Split(s, sep string) []string"},
		{"strings.Split(\"a|,b\", 1)", "func Split(s, sep string) []string"},
		{"fmt.Println(strings.Fields(\"a\"), |", "func Println(a ...any)"},
		{"fmt.Println(strings.ToUpper(|", "func ToUpper(s string) string"},
		{"var b strings.Builder\nb.WriteString|(\"x\")", "func (b *Builder) WriteString(s string) (int, error)"},
		{"strings.Builder|", "type Builder struct\nfunc (*strings.Builder) Len() int"},
		{"time.Now().Format(|", "func (t Time) Format(layout string) string"},
		{"append(|", "func append(slice []Type, elems ...Type) []Type"},
		{"error|", "type error interface"},
		{"math.Pi|", "Pi"},
		{"http.StatusOK|", "StatusOK"},
		{"err := io.EOF\nerr.Error|()", "Error() string"},
		{"(&http.Client{Timeout|: 1})", "Timeout"},
		// The session's.
		{"mk|", "func mk(x int, y int) point\nmk makes a point."},
		{"mk(1, |)", "mk makes a point."},
		{"p.Norm|()", "Norm() int\nNorm is the square of the distance"},
		{"p.x|", "field x int\nits coordinates"},
		{"point|", "type point struct {\nx, y int\nA point is a place in the plane.\nfunc (point) Norm() int\nfunc (*point) move(dx int)"},
		{"point{x|: 1}", "field x int\nits coordinates"},
		{"calls().Norm|", "Norm is the square"},
		{"calls().point.Norm|", "Norm is the square"},
		{"s.Norm|()", "Norm measures it."},
		{"ps|", "var ps []point"},
		{"limit|", "const limit\nlimit bounds it."},
		{"pairOf|", "func pairOf[K comparable, V any]"},
		{"pairOf[int, string](|", "func pairOf[K comparable, V any]"},
		{"pairOf(1, p).val.Norm|()", "Norm is the square"},
		// The cell's own.
		{"// half halves.\nfunc half(n int) int { return n / 2 }\nhalf(|", "half(n int) int\nhalf halves."},
		{"func f(n int) {\n\tlocal := strings.Fields(\"a\")\n\tlocal|", "var local []string"},
		{"for _, q := range ps {\n\tq|.x = 1\n}", "var q point"},
		{"%timeit mk|(1, 2)", "mk makes a point."},
		{"mk|?", "mk makes a point."},
		// Nothing.
		{"|", "none"},
		{"unknown|", "none"},
		{"x := 12|", "none"},
		{"// mk|", "none"},
		{"wg.Go(func() {\n\t|\n})", "none"},
		{"for|", "none"},
	} {
		code, cursor := cut(c.code)
		b, found := s.Inspect(code, cursor, 0)
		text, _ := b.Data["text/plain"].(string)
		if c.want == "none" {
			if found {
				t.Errorf("%q: found %s", c.code, text)
			}
			continue
		}
		for line := range strings.SplitSeq(c.want, "\n") {
			if !strings.Contains(text, line) {
				t.Errorf("%q: no %q in\n%s", c.code, line, text)
			}
		}
	}
}

func TestInspectRendersComments(t *testing.T) {
	s := typedSession(t)
	b, _ := s.Inspect("mk", 2, 0)
	page, _ := b.Data["text/html"].(string)
	if !strings.Contains(page, `<a href="https://pkg.go.dev/strings#Fields">strings.Fields</a>`) || !strings.Contains(page, "<p>mk makes a point.") {
		t.Errorf("the page is %s", page)
	}
	b, _ = s.Inspect("mk", 2, 1)
	if text, _ := b.Data["text/plain"].(string); !strings.Contains(text, "return point{x: x, y: y}") {
		t.Errorf("the source is not shown: %s", text)
	}
}
