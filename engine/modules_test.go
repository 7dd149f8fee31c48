package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestModules uses third-party modules from cells, as they come from the
// module proxy (or Go's module cache).
func TestModules(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	for i, c := range []moduleCell{
		{cell: "import \"gonum.org/v1/gonum/stat\"\nstat.Mean([]float64{1, 2, 3, 4}, nil)", value: "2.5", note: "note: added gonum.org/v1/gonum v"},
		{cell: "import \"gonum.org/v1/gonum/mat\"\nimport \"fmt\"\na := mat.NewDense(2, 2, []float64{1, 2, 3, 4})\nvar b mat.Dense\nb.Mul(a, a)\nfmt.Println(mat.Formatted(&b))", out: "⎡ 7  10⎤\n⎣15  22⎦\n"},
		{cell: "mat.Det(a)", value: "-2"},
		{cell: "type person struct {\n\tname string\n\tage int\n}\nfunc trace(m *mat.Dense) float64 { return m.At(0, 0) + m.At(1, 1) }\ntrace(a)", value: "5"},
		{cell: "import \"github.com/samber/lo\"\npeople := []person{{\"Ann\", 30}, {\"Bob\", 41}, {\"Cid\", 30}}\nbyAge := lo.GroupBy(people, func(p person) int { return p.age })\nfmt.Println(byAge)", out: "map[30:[{Ann 30} {Cid 30}] 41:[{Bob 41}]]\n", note: "note: added github.com/samber/lo v"},
		{cell: "func (p person) String() string { return p.name }"},
		{cell: "fmt.Println(people, lo.Map(people, func(p person, i int) string { return fmt.Sprint(i, p) }))", out: "[Ann Bob Cid] [0 Ann 1 Bob 2 Cid]\n"},
		{cell: "import \"golang.org/x/text/language\"\nimport \"golang.org/x/text/message\"\nfmt.Println(message.NewPrinter(language.German).Sprintf(\"%d\", 1234567))", out: "1.234.567\n"},
		{cell: "import \"github.com/samber/lo/nosuchpkg\"", err: "check the spelling of the import path"},
		{cell: "import \"nosuchstd/pkg\"", err: "not in the standard library"},
		{cell: "lo.Sum([]int{1, 2})", value: "3"},
	} {
		c.check(t, s, i+1)
	}
	if note, err := s.Get(t.Context(), "github.com/samber/lo@v1.52.0"); err != nil || !strings.Contains(note, "added github.com/samber/lo v1.52.0") || !strings.Contains(note, "restart the kernel") {
		t.Errorf("another version: %q, %v", note, err)
	}
	if _, err := s.Get(t.Context(), "github.com/samber/lo@v1.999.0"); err == nil || !strings.Contains(err.Error(), "check the spelling") {
		t.Errorf("no such version: %v", err)
	}
}

// TestModulesOfTheFolder uses a notebook's own module, what its go.mod replaces,
// and a folder fetched by %get.
func TestModulesOfTheFolder(t *testing.T) {
	nb := t.TempDir()
	put := func(name, text string) {
		name = filepath.Join(nb, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		writeFile(t, name, text)
	}
	put("go.mod", "module example.com/project\n\ngo 1.26\n\nrequire example.com/helper v0.0.0\n\nreplace example.com/helper => ./helper\n")
	put("shapes/shapes.go", "package shapes\n\nimport \"example.com/helper\"\n\ntype Square struct{ Side float64 }\n\nfunc (s Square) Area() float64 { return helper.Double(s.Side*s.Side) / 2 }\n")
	put("helper/go.mod", "module example.com/helper\n\ngo 1.26\n")
	put("helper/helper.go", "package helper\n\nfunc Double(x float64) float64 { return 2 * x }\n")
	put("mylib/go.mod", "module example.com/mylib\n\ngo 1.26\n")
	put("mylib/mylib.go", "package mylib\n\nfunc Greet(who string) string { return \"hello \" + who }\n")
	e := testEngine(t)
	s, err := NewSession(Options{Notebook: nb, Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	moduleCell{cell: "import \"example.com/project/shapes\"\nimport \"example.com/helper\"\ntype area interface{ Area() float64 }\nvar a area = shapes.Square{3}\na.Area() + helper.Double(1)", value: "11"}.check(t, s, 1)
	moduleCell{cell: "import \"example.com/mylib\"", err: "example.com/mylib"}.check(t, s, 2)
	if note, err := s.Get(t.Context(), "./mylib"); err != nil || note != "added example.com/mylib from "+filepath.Join(nb, "mylib") {
		t.Errorf("./mylib: %q, %v", note, err)
	}
	moduleCell{cell: "import \"example.com/mylib\"\nmylib.Greet(\"you\")", value: "hello you"}.check(t, s, 3)
	if _, err := s.Get(t.Context(), "./nothere"); err == nil || !strings.Contains(err.Error(), "holds no go.mod") {
		t.Errorf("./nothere: %v", err)
	}
}

// A moduleCell is a cell and what it must give; note and err by a part.
type moduleCell struct{ cell, out, value, note, err string }

func (c moduleCell) check(t *testing.T, s *Session, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	rec := &recorder{}
	b, err := s.Exec(ctx, s.Begin(n, c.cell, rec), Source{Text: c.cell, Line: 1, Col: 1})
	if c.err != "" {
		if err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("cell %d: %v", n, err)
		}
		return
	}
	value := ""
	if b != nil {
		value = fmt.Sprint(b.Data["text/plain"])
	}
	if err != nil || rec.stdout() != c.out || value != c.value || !strings.Contains(rec.stderr(), c.note) {
		t.Errorf("cell %d: %v\nout %q, value %q, note %q\n%s", n, err, rec.stdout(), value, rec.stderr(), c.cell)
	}
}
