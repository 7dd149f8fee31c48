package stdinfo

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

func TestAllPackagesAreCompleteAndResolved(t *testing.T) {
	imp := NewImporter(nil)
	paths := Packages()
	if len(paths) < 170 {
		t.Fatalf("%d packages, std has more than 170", len(paths))
	}
	for _, path := range paths {
		pkg, err := imp.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if pkg.Path() != path || pkg.Name() != Name(path) || !pkg.Complete() {
			t.Errorf("%s: got path %q, name %q, complete %t", path, pkg.Path(), pkg.Name(), pkg.Complete())
		}
		for _, name := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(name)
			if _, builtin := obj.(*types.Builtin); builtin {
				continue // unsafe.Sizeof and its like have no type of their own
			}
			if obj.Type() == nil || obj.Type().Underlying() == nil || obj.Type() == types.Typ[types.Invalid] {
				t.Errorf("%s.%s has no type", path, name)
			}
		}
		again, err := NewImporter(nil).Import(path)
		if err != nil || again != pkg {
			t.Errorf("%s: a second importer got another package (%v)", path, err)
		}
	}
}

// check type-checks a file and returns its errors.
func check(t testing.TB, imp types.Importer, src string) (*types.Package, []error) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "cell.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	var errs []error
	conf := types.Config{Importer: imp, Error: func(err error) { errs = append(errs, err) }}
	pkg, _ := conf.Check("cell", fset, []*ast.File{f}, nil)
	return pkg, errs
}

const generics = `package cell
import (
	"cmp"; "errors"; "fmt"; "io/fs"; "iter"; "maps"; "slices"; "strings"; "sync"; "sync/atomic"; "unsafe"; "net/http"; "text/template"; "os"
)
type pair struct { k string; v int }
var p atomic.Pointer[pair]
func sorted(m map[string]int) []pair {
	var out []pair
	for _, k := range slices.Sorted(maps.Keys(m)) { out = append(out, pair{k, m[k]}) }
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.v, b.v) })
	p.Store(&out[0])
	return out
}
func words(s string) iter.Seq[string] { return func(yield func(string) bool) { for w := range strings.SplitSeq(s, " ") { if !yield(w) { return } } } }
func path(err error) string { if e, ok := errors.AsType[*fs.PathError](err); ok { return e.Path }; return "" }
var once = sync.OnceValue(func() int { return int(unsafe.Sizeof(pair{})) })
var _ http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.URL.Path) })
var _ = template.Must(template.New("x").Parse("{{.}}")).Execute(os.Stdout, 1)
func wait() { var wg sync.WaitGroup; wg.Go(func() {}); wg.Wait() }
`

func TestGenericsOfStdTypeCheck(t *testing.T) {
	if _, errs := check(t, NewImporter(nil), generics); len(errs) > 0 {
		t.Fatal(errs)
	}
}

func TestErrorsOfStdMembersAreFound(t *testing.T) {
	_, errs := check(t, NewImporter(nil), "package cell\nimport \"strings\"\nvar n int = strings.Fields(\"a\")\nvar m = strings.Nothing")
	if len(errs) != 2 || !strings.Contains(errs[0].Error(), "cannot use strings.Fields") || !strings.Contains(errs[1].Error(), "undefined: strings.Nothing") {
		t.Fatalf("got %v", errs)
	}
}

func TestUnknownAndInternalPaths(t *testing.T) {
	for path, want := range map[string]string{
		"nosuch":             "package nosuch is not in std",
		"internal/abi":       "use of internal package internal/abi not allowed",
		"net/http/internal":  "use of internal package net/http/internal not allowed",
		"example.com/a/b":    "package example.com/a/b is not in std",
		"mine/internal/util": "package mine/internal/util is not in std",
	} {
		_, err := NewImporter(nil).Import(path)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// TestConcurrentImports checks while other goroutines still decode; -race looks on.
func TestConcurrentImports(t *testing.T) {
	freshWorld()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 3 {
				if _, errs := check(t, NewImporter(nil), generics); len(errs) > 0 {
					t.Error(errs)
				}
				Suggest("template", "HTML")
				Lookup("net/http", "Get")
			}
		})
	}
	for _, path := range Packages() {
		wg.Go(func() {
			if _, err := NewImporter(nil).Import(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// thirdParty builds two small modules' packages and returns a fallback over their export data.
func thirdParty(t *testing.T) Fallback {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/third\n\ngo 1.26\n",
		"a/a.go": "package a\n\nimport (\n\t\"io\"\n\t\"net/http\"\n)\n\ntype T struct{ R io.Reader }\n\nfunc Wrap(r io.Reader) T { return T{r} }\nfunc Client() *http.Client { return http.DefaultClient }\n",
		"b/b.go": "package b\n\nimport \"example.com/third/a\"\n\nfunc Use(t a.T) error { _, err := t.R.Read(nil); return err }\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return func(path string) (io.ReadCloser, error) {
		cmd := exec.Command("go", "list", "-export", "-f", "{{.Export}}", path)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			return nil, ErrNotFound
		}
		return os.Open(strings.TrimSpace(string(out)))
	}
}

func TestFallbackSharesStdAndItsOwnIdentities(t *testing.T) {
	imp := NewImporter(thirdParty(t))
	// b first: it mentions a.T before a itself is read.
	_, errs := check(t, imp, `package cell
import ("example.com/third/b"; "example.com/third/a"; "strings"; "net/http"; "io")
var err = b.Use(a.Wrap(strings.NewReader("x")))
var c *http.Client = a.Client()
var r io.Reader = a.T{}.R
`)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	a, err := imp.Import("example.com/third/a")
	if err != nil {
		t.Fatal(err)
	}
	again, err := imp.Import("example.com/third/a")
	if err != nil || again != a {
		t.Fatalf("a second import gave another package (%v)", err)
	}
	if _, err := imp.Import("example.com/third/nosuch"); err == nil || !strings.Contains(err.Error(), ErrNotFound.Error()) {
		t.Fatalf("unknown package: %v", err)
	}
}

func TestDamagedExportDataLeavesNothingBehind(t *testing.T) {
	good := thirdParty(t)
	damaged := true
	imp := NewImporter(func(path string) (io.ReadCloser, error) {
		r, err := good(path)
		if err != nil || !damaged {
			return r, err
		}
		defer r.Close()
		//lint:ignore SA1019 up to Go 1.27 `go list -export` names archives, which only NewReader opens
		bare, err := gcexportdata.NewReader(r)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(bare)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(append([]byte("!<arch>\n"), data[:len(data)/2]...))), nil
	})
	if _, err := imp.Import("example.com/third/b"); err == nil || !strings.Contains(err.Error(), "export data of example.com/third/b") {
		t.Fatalf("damaged data: %v", err)
	}
	damaged = false
	if _, err := imp.Import("example.com/third/b"); err != nil {
		t.Fatal(err)
	}
}

// freshWorld forgets what the process has decoded, so that decoding can be seen.
func freshWorld() {
	std.mu.Lock()
	std.fset, std.world = token.NewFileSet(), map[string]*types.Package{"unsafe": types.Unsafe}
	std.mu.Unlock()
}

func BenchmarkImportFmt(b *testing.B) {
	for b.Loop() {
		freshWorld()
		if _, err := NewImporter(nil).Import("fmt"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImportAll(b *testing.B) {
	for b.Loop() {
		freshWorld()
		for _, path := range Packages() {
			if _, err := NewImporter(nil).Import(path); err != nil {
				b.Fatal(err)
			}
		}
	}
}
