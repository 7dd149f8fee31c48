package loops

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// A program is one case: a package whose function run(n int) any holds a loop
// marked by a //goblaze:vectorize line.
type program struct {
	name    string
	src     string
	want    string   // the refusal, "" when the loop is accepted
	fails   string   // what the parallel loop says when it starts with 7 items or more
	notes   []string // expected notes and warnings, in order
	options Options
	racy    bool // forced: not run

	plan     *Plan
	refusal  *Refusal
	parallel string // the package's source with run transformed to RunPar
	compared string // the same with --compare, as RunCmp; "" where that is refused
}

const marker = "//goblaze:vectorize"

var stdExports = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}}={{.Export}}", "std").Output()
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		m[path] = file
	}
	return m, nil
})

var (
	fset        = token.NewFileSet()
	stdImporter = sync.OnceValue(func() types.Importer {
		return importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
			m, err := stdExports()
			if err != nil {
				return nil, err
			}
			return os.Open(m[path])
		})
	})
)

// load reads the cases of the archives that match pattern. A section's leading
// comments give what is expected: "refused: SENTENCE", "note: …".
func load(t *testing.T, pattern string) []*program {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives match %s (%v)", pattern, err)
	}
	var out []*program
	for _, f := range files {
		ar, err := txtar.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range ar.Files {
			out = append(out, parseCase(s.Name, string(s.Data)))
		}
	}
	return out
}

func parseCase(name, text string) *program {
	p := &program{name: name}
	var rest []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "// refused: "):
			p.want = strings.TrimPrefix(line, "// refused: ")
		case strings.HasPrefix(line, "// fails: "):
			p.fails = strings.TrimPrefix(line, "// fails: ")
		case strings.HasPrefix(line, "// note: "):
			p.notes = append(p.notes, strings.TrimPrefix(line, "// note: "))
		case strings.HasPrefix(line, "// option: force"):
			p.options.Force, p.racy = true, true
		case strings.HasPrefix(line, "// option: compare"):
			p.options.Compare = true
		default:
			rest = append(rest, line)
		}
	}
	p.src = strings.Join(rest, "\n")
	return p
}

// analyse type-checks the case, gives its marked loop to Loop and writes the
// transformed package.
func (p *program) analyse(t *testing.T) {
	t.Helper()
	src := "package p\n" + p.src
	file, info, pkg := check(t, p.name, src)
	decl, loop := markedLoop(file)
	if loop == nil {
		t.Fatalf("%s: no loop after %s", p.name, marker)
	}
	in := input(p.name, src, file, info, pkg, decl, loop)
	in.Options = p.options
	p.plan, p.refusal = Loop(in)
	if p.plan == nil {
		return
	}
	p.parallel = transformed(src, decl, loop, p.plan, "run", "RunPar")
	in.Options.Compare = true
	p.compared = "\nvar RunCmp func(int) any\n"
	if plan, _ := Loop(in); plan != nil {
		p.compared = "\n" + transformed(src, decl, loop, plan, "run", "RunCmp")
	}
}

// check type-checks one file.
func check(t *testing.T, name, src string) (*ast.File, *types.Info, *types.Package) {
	t.Helper()
	file, err := parser.ParseFile(fset, name+".go", src, parser.ParseComments)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	info := newInfo()
	conf := types.Config{Importer: stdImporter()}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return file, info, pkg
}

// input is what the engine would give Loop for one loop of a file; lines count
// from the loop.
func input(name, src string, file *ast.File, info *types.Info, pkg *types.Package, decl *ast.FuncDecl, loop ast.Stmt) Input {
	decls := map[*types.Func]*ast.FuncDecl{}
	for _, d := range file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			decls[info.Defs[fd.Name].(*types.Func)] = fd
		}
	}
	first := fset.Position(loop.Pos()).Line
	return Input{Fset: fset, Src: []byte(src), File: "cell1", Info: info, Pkg: pkg, Loop: loop, Around: decl.Body, Key: name,
		FuncBody: func(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
			d, ok := decls[fn]
			return d, info, ok
		},
		FuncValues: func() []FuncValue {
			values, handed := FuncValues(file, info)
			for i := range values {
				if slices.Contains(handed, values[i].Var) {
					values[i].Var = ""
				}
			}
			return values
		},
		Position: func(pos token.Pos) (string, int, int) {
			q := fset.Position(pos)
			return "1", q.Line - first + 1, q.Column
		}}
}

// transformed is the source of decl with the loop replaced, under a new name.
func transformed(src string, decl *ast.FuncDecl, loop ast.Stmt, plan *Plan, from, to string) string {
	at := func(p token.Pos) int { return fset.Position(p).Offset }
	return strings.Replace(src[at(decl.Pos()):at(loop.Pos())], "func "+from+"(", "func "+to+"(", 1) + plan.Source + src[at(loop.End()):at(decl.End())]
}

func markedLoop(file *ast.File) (fn *ast.FuncDecl, loop ast.Stmt) {
	line := -1
	for _, g := range file.Comments {
		for _, c := range g.List {
			if strings.HasPrefix(c.Text, marker) {
				line = fset.Position(c.Pos()).Line + 1
			}
		}
	}
	for _, d := range file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				if loop == nil && fset.Position(n.Pos()).Line == line {
					fn, _ = d.(*ast.FuncDecl)
					loop = n.(ast.Stmt)
				}
			}
			return true
		})
	}
	return fn, loop
}

// build writes one program that holds every accepted case, sequential and
// parallel, and runs it.
func build(t *testing.T, programs []*program, main string, flags ...string) string {
	t.Helper()
	dir, err := os.MkdirTemp("testdata", "gen")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	var imports, table bytes.Buffer
	for i, p := range programs {
		if p.plan == nil || p.racy {
			continue
		}
		pkg := fmt.Sprintf("c%d", i)
		writeCase(t, filepath.Join(dir, pkg), pkg, p)
		fmt.Fprintf(&imports, "\t%s \"github.com/goblaze/goblaze/engine/loops/%s/%s\"\n", pkg, filepath.ToSlash(dir), pkg)
		fmt.Fprintf(&table, "\t{%q, %s.Run, %s.RunPar, %s.RunCmp, %q},\n", p.name, pkg, pkg, pkg, p.fails)
	}
	text := strings.NewReplacer("/*imports*/", imports.String(), "/*table*/", table.String()).Replace(main)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "corpus")
	args := append([]string{"build", "-o", bin}, flags...)
	if out, err := exec.Command("go", append(args, "./"+dir)...).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, cutText(string(out), 60000))
	}
	cmd := exec.Command(bin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the corpus program: %v\n%s", err, cutText(string(out), 60000))
	}
	return string(out)
}

func cutText(s string, n int) string {
	if len(s) > n {
		return s[:n] + "\n…"
	}
	return s
}

func writeCase(t *testing.T, dir, pkg string, p *program) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	src := strings.Replace(p.src, "func run(", "func Run(", 1)
	seq := "package " + pkg + "\n" + src
	imports := "import (\ngbz_parallel \"github.com/goblaze/goblaze/engine/parallel\"\ngbz_vectorizer \"github.com/goblaze/goblaze/vectorizer\"\n" + importsIn(p.src) + ")\nvar _ = gbz_parallel.NegZero\nvar _ gbz_vectorizer.Option\n"
	par := "package " + pkg + "\n" + imports + usesOf(p.src) + p.parallel + p.compared
	for name, text := range map[string]string{"seq.go": seq, "par.go": par} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// importsIn repeats the case's imports, as blank ones where the loop's
// function does not need them.
func importsIn(src string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+src, parser.ImportsOnly)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, s := range f.Imports {
		b.WriteString(s.Path.Value + "\n")
	}
	return b.String()
}

var usable = map[string]string{"fmt": "fmt.Sprint", "math": "math.Pi", "strings": "strings.Fields", "sort": "sort.Ints", "errors": "errors.New",
	"sync": "sync.OnceFunc", "sync/atomic": "atomic.AddInt64", "math/rand": "rand.Intn", "math/rand/v2": "rand.IntN", "time": "time.Now", "strconv": "strconv.Itoa", "slices": "slices.Clone[[]int]",
	"bytes": "bytes.NewBuffer", "unicode": "unicode.IsUpper", "maps": "maps.Clone[map[int]int]", "math/bits": "bits.Len", "encoding/json": "json.Marshal", "hash/fnv": "fnv.New32a",
	"iter": "iter.Pull[int]", "os": "os.Getenv", "crypto/sha256": "sha256.Sum256", "cmp": "cmp.Compare[int]", "math/cmplx": "cmplx.Abs", "math/big": "big.NewInt", "regexp": "regexp.MustCompile", "io": "io.ReadAll", "log": "log.Println", "text/template": "template.New",
	"encoding/base64": "base64.StdEncoding", "encoding/binary": "binary.LittleEndian", "encoding/hex": "hex.EncodeToString", "net/url": "url.Parse", "unicode/utf8": "utf8.RuneCount",
	"hash/crc32": "crc32.Checksum", "encoding/gob": "gob.NewEncoder", "encoding/csv": "csv.NewReader", "compress/gzip": "gzip.NewReader", "crypto/aes": "aes.NewCipher",
	"crypto/cipher": "cipher.NewCTR", "container/heap": "heap.Init", "reflect": "reflect.ValueOf", "bufio": "bufio.NewReader",
	"path/filepath": "filepath.Base", "context": "context.Background", "html": "html.EscapeString", "crypto/md5": "md5.Sum", "container/list": "list.New", "text/tabwriter": "tabwriter.NewWriter", "unsafe": "unsafe.Pointer(nil)", "image": "image.NewGray", "image/color": "color.Black"}

func usesOf(src string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+src, parser.ImportsOnly)
	if err != nil {
		return ""
	}
	s := ""
	for _, im := range f.Imports {
		s += "var _ = " + usable[strings.Trim(im.Path.Value, `"`)] + "\n"
	}
	return s
}
