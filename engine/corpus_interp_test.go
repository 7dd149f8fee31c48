package engine

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	corpusInterp = flag.Int("corpus-interp", 40, "with the planner on, run every Nth program of the corpus")
	corpusNamed  = flag.String("corpus-interp-named", "", "with the planner on, run the programs whose name holds this")
)

// TestCorpusInterpreted runs programs of the corpus with each of their main
// function's statements as a cell of its own, the planner on, and wants what go
// build's program prints. It counts these cells by tier; programs whose main is
// one function (it returns, defers or jumps) are left out.
func TestCorpusInterpreted(t *testing.T) {
	env := testEngine(t)
	share, straight := map[string]int{}, 0
	files, err := filepath.Glob("testdata/corpus/*.out")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	for i, file := range files {
		if i%*corpusInterp != 0 && *corpusNamed == "" || !strings.Contains(file, *corpusNamed) {
			continue
		}
		p := readProgram(t, strings.TrimSuffix(file, ".out"))
		decls, stmts, ok := mainApart(t, p)
		if !ok {
			continue
		}
		s := newTestSession(t, env)
		out, err := runApart(t, s, decls, stmts)
		var re *RuntimeError
		if err != nil && !errors.As(err, &re) {
			t.Errorf("%s: %v", p.name, err)
			continue
		}
		if err == nil && out != p.want {
			t.Errorf("%s\n--- got\n%s--- want\n%s", p.name, out, p.want)
		}
		for _, e := range s.cells {
			if e.Name == "cell 1" {
				continue // it declares
			}
			share[e.Tier]++
			if e.Tier == tierCompiled {
				share[e.Why]++
			}
		}
		straight += s.straight
		s.Close()
	}
	n, all := share[tierInterpreted], share[tierInterpreted]+share[tierCompiled]
	t.Logf("%d of %d statements interpreted, %d of them as straight lines: %v", n, all, straight, share)
	if *corpusNamed == "" && 100*n < 70*all {
		t.Errorf("%d of %d statements are interpreted, less than 70 %%", n, all)
	}
}

func readProgram(t *testing.T, base string) *program {
	src, err := os.ReadFile(base + ".go")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(base + ".out")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newProgram(filepath.Base(base), string(src), string(want))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func runApart(t *testing.T, s *Session, decls string, stmts []string) (string, error) {
	out, _, err := cell(t, s, 1, decls)
	for i, st := range stmts {
		if err != nil {
			return out, err
		}
		var more string
		more, _, err = cell(t, s, i+2, st)
		out += more
	}
	return out, err
}

// mainApart cuts a program into its declarations and the statements of main;
// false when main needs to stay one function.
func mainApart(t *testing.T, p *program) (decls string, stmts []string, ok bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", p.src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	text := func(n ast.Node) string { return p.src[fset.Position(n.Pos()).Offset:fset.Position(n.End()).Offset] }
	ok = true
	var b strings.Builder
	for _, d := range f.Decls {
		fd, isFunc := d.(*ast.FuncDecl)
		if !isFunc || fd.Name.Name != "main" || fd.Recv != nil {
			fmt.Fprintln(&b, text(d))
			continue
		}
		for _, s := range fd.Body.List {
			stmts = append(stmts, text(s))
			ast.Inspect(s, func(n ast.Node) bool {
				switch n.(type) {
				case *ast.FuncLit:
					return false
				case *ast.DeferStmt, *ast.ReturnStmt, *ast.LabeledStmt:
					ok = false
				}
				return true
			})
		}
	}
	return b.String(), stmts, ok
}
