package build

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// These tests use the Go module proxy (or the module cache, when it holds the modules already).

func TestThirdPartyModules(t *testing.T) {
	s := newSession(t, "")
	r, err := s.Resolve(t.Context(), "github.com/samber/lo")
	if err != nil {
		t.Fatal(err)
	}
	if r.Path != "github.com/samber/lo" || !strings.HasPrefix(r.Version, "v1.") || r.Note != "added "+r.Path+" "+r.Version {
		t.Errorf("%+v", r)
	}
	if r, err := s.Get(t.Context(), "gonum.org/v1/gonum/stat@v0.16.0"); err != nil || r.Path != "gonum.org/v1/gonum" || r.Version != "v0.16.0" {
		t.Fatalf("%+v, %v", r, err)
	}
	third := cell("nb/third", `import ("fmt"; "github.com/samber/lo"; "gonum.org/v1/gonum/stat"; "gonum.org/v1/gonum/mat")
func Double(xs []int) []int { return lo.Map(xs, func(x, _ int) int { return 2 * x }) }
func init() {
	m := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	fmt.Println(Double([]int{1, 2}), stat.Mean([]float64{1, 2, 3}, nil), mat.Det(m) < 0)
}`)
	p := build(t, s, third)
	again := build(t, s, cell("nb/third2", `import ("fmt"; "github.com/samber/lo"; third "nb/third")
func init() { fmt.Println(lo.Sum(third.Double([]int{1, 2}))) }`))
	want(t, load(t, p, again), "[2 4] 2 true\n6\n")
	file, err := s.Export(t.Context(), "gonum.org/v1/gonum/floats")
	if err != nil || !exists(file) {
		t.Errorf("export data: %q, %v", file, err)
	}
	if r, err := s.Resolve(t.Context(), "fmt"); err != nil || r != (Resolved{}) {
		t.Errorf("std: %+v, %v", r, err)
	}

	// Another version of what is loaded needs another process.
	if r, err = s.Get(t.Context(), "github.com/samber/lo@v1.47.0"); err != nil || !strings.Contains(r.Note, "restart") {
		t.Fatalf("%+v, %v", r, err)
	}
	next := cell("nb/third3", `import "github.com/samber/lo"
var X = lo.Max([]int{1, 2})`)
	var stale *StaleModule
	if _, err := s.Build(t.Context(), next); !errors.As(err, &stale) || stale.Path != "github.com/samber/lo" {
		t.Errorf("got %v", err)
	}
	s.EngineReplaced()
	onOld := cell("nb/third4", `import third "nb/third"
var X = third.Double([]int{1})`)
	if _, err := s.Build(t.Context(), onOld); !errors.As(err, &stale) {
		t.Errorf("a cell compiled against the old version: %v", err)
	}
	build(t, s, next, third, onOld)
}

func TestTrimmedArchivesAreListedAgain(t *testing.T) {
	s := newSession(t, t.TempDir())
	write(t, s.notebook, "trim/go.mod", "module example.com/trim\n\ngo 1.26\n")
	write(t, s.notebook, "trim/trim.go", "package trim\n\nconst A = 7\n")
	if _, err := s.Get(t.Context(), "./trim"); err != nil {
		t.Fatal(err)
	}
	file, err := s.Export(t.Context(), "example.com/trim")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	want(t, load(t, build(t, s, cell("nb/trimmed", `import ("example.com/trim"; "fmt")
func init() { fmt.Println(trim.A) }`))), "7\n")
}

func TestLocalFolder(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "mylib/go.mod", "module example.com/mylib\n\ngo 1.26\n")
	write(t, folder, "mylib/sub/sub.go", "package sub\n\nfunc Name() string { return \"sub of mylib\" }\n")
	write(t, folder, "bare/x.go", "package bare\n")
	s := newSession(t, folder)
	r, err := s.Get(t.Context(), "./mylib")
	if err != nil || r.Path != "example.com/mylib" || r.Version != filepath.Join(folder, "mylib") {
		t.Fatalf("%+v, %v", r, err)
	}
	want(t, load(t, build(t, s, cell("nb/local", `import ("example.com/mylib/sub"; "fmt")
func init() { fmt.Println(sub.Name()) }`))), "sub of mylib\n")
	if _, err := s.Get(t.Context(), "./bare"); err == nil || !strings.Contains(err.Error(), "go mod init") {
		t.Errorf("a folder without go.mod: %v", err)
	}
}

func TestNotebooksOwnModule(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a folder")
	write(t, folder, "go.mod", "module example.com/project\n\ngo 1.26\n\nrequire example.com/helper v1.2.3 // of ours\n\nreplace (\n\texample.com/helper => ./vendored/helper\n)\n")
	write(t, folder, "vendored/helper/go.mod", "module example.com/helper\n\ngo 1.26\n")
	write(t, folder, "vendored/helper/helper.go", "package helper\n\nconst Who = \"helper\"\n")
	write(t, folder, "internal/inner/inner.go", "package inner\n")
	write(t, folder, "pkg/pkg.go", "package pkg\n\nimport \"example.com/helper\"\n\nvar Who = \"pkg and \" + helper.Who\n")
	write(t, folder, "notebooks/here/x.ipynb", "{}")
	s := newSession(t, filepath.Join(folder, "notebooks", "here"))
	if _, err := s.Resolve(t.Context(), "example.com/project/pkg"); err != nil {
		t.Fatal(err)
	}
	want(t, load(t, build(t, s, cell("nb/project", `import ("example.com/helper"; "example.com/project/pkg"; "fmt")
func init() { fmt.Println(pkg.Who, helper.Who) }`))), "pkg and helper helper\n")
}

func TestErrorsOfGettingAreSentences(t *testing.T) {
	proxy := t.TempDir()
	for module, goLine := range map[string]string{"example.com/known": "1.26", "example.com/newer": "1.99"} {
		mod := "module " + module + "\n\ngo " + goLine + "\n"
		write(t, proxy, module+"/@v/list", "v1.0.0\n")
		write(t, proxy, module+"/@v/v1.0.0.info", `{"Version":"v1.0.0"}`)
		write(t, proxy, module+"/@v/v1.0.0.mod", mod)
		moduleZip(t, filepath.Join(proxy, module, "@v", "v1.0.0.zip"), module+"@v1.0.0", map[string]string{"go.mod": mod, "sub/sub.go": "package sub\n"})
	}
	s := sessionWith(t, "GOPROXY=file://"+proxy, "GOMODCACHE="+t.TempDir(), "GOSUMDB=off", "GOFLAGS=-modcacherw")
	mod := func() string {
		data, err := os.ReadFile(filepath.Join(s.dir, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	before := mod()
	for spec, say := range map[string]string{
		"example.com/known@v0.0.1":        "no such package or module",
		"example.com/known@banana":        "no such",
		"example.com/unknown":             "check the spelling",
		"example.com/known/gone@v1.0.0":   "check the spelling",
		"example.com/newer@v1.0.0":        "needs a newer Go",
		"./nowhere":                       "no go.mod",
		"example.com/known@v1.0.0@v1.0.0": "",
	} {
		if _, err := s.Get(t.Context(), spec); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v", spec, err)
		}
		if mod() != before {
			t.Errorf("%s: go.mod was changed", spec)
		}
	}
	if _, err := s.Resolve(t.Context(), "nosuchstd/pkg"); err == nil || !strings.Contains(err.Error(), "not in the standard library") {
		t.Errorf("got %v", err)
	}
	// A module without a package at its root.
	if r, err := s.Get(t.Context(), "example.com/known@v1.0.0"); err != nil || r.Path != "example.com/known" || r.Version != "v1.0.0" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := s.Get(t.Context(), "example.com/known@none"); err != nil || r.Note != "removed example.com/known" {
		t.Errorf("%+v, %v", r, err)
	}
}

// moduleZip writes a module as a proxy serves it.
func moduleZip(t *testing.T, file, prefix string, files map[string]string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for name, text := range files {
		w, err := z.Create(prefix + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// sessionWith opens a session whose go commands run with further settings.
func sessionWith(t *testing.T, env ...string) *Session {
	t.Helper()
	tc, e := *shared.t, *shared.e
	tc.env = append(tc.env[:len(tc.env):len(tc.env)], env...)
	e.toolchain = &tc
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestOffline(t *testing.T) {
	s := sessionWith(t, "GOPROXY=http://127.0.0.1:1", "GOMODCACHE="+t.TempDir(), "GOFLAGS=-modcacherw")
	_, err := s.Resolve(t.Context(), "gonum.org/v1/gonum/stat")
	if err == nil || !strings.Contains(err.Error(), "the module proxy cannot be reached") {
		t.Errorf("got %v", err)
	}
	// A build asks nobody.
	_, err = s.Build(t.Context(), cell("nb/offline", `import _ "gonum.org/v1/gonum/stat"`))
	if err == nil || !strings.Contains(err.Error(), "%get") {
		t.Errorf("got %v", err)
	}
}

func TestReplaceLines(t *testing.T) {
	mod := "module example.com/a\ngo 1.26\nreplace example.com/b v1.0.0 => ../b // near\nreplace example.com/c => example.com/d v1.0.0\nexclude example.com/e v1.0.0\ntoolchain go1.26.1\n"
	want(t, moduleLines([]byte(mod), "/p/a"), `
require example.com/a v0.0.0

replace example.com/a => /p/a

replace example.com/b v1.0.0 => /p/b

replace example.com/c => example.com/d v1.0.0

exclude example.com/e v1.0.0
`)
}
