package randprog

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestPrograms wants well-typed programs, the same for the same seed.
func TestPrograms(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for seed := range uint64(100) {
		text := Program(seed, "_x")
		if text != Program(seed, "_x") {
			t.Fatalf("seed %d gives two programs", seed)
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "p.go", text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		var errs []error
		conf := types.Config{Importer: imp, GoVersion: "go1.26", Error: func(err error) { errs = append(errs, err) }}
		_, _ = conf.Check("main", fset, []*ast.File{f}, nil)
		if len(errs) > 0 {
			e := errs[0].(types.Error)
			t.Errorf("seed %d: %v\n%s", seed, e, strings.Split(text, "\n")[fset.Position(e.Pos).Line-1])
		}
	}
}
