package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"go/build/constraint"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A suiteProgram is one of the Go toolchain's tests, and what it does when it
// is built and run.
type suiteProgram struct {
	name, path, src string
	example         bool // of a package: only its stdout is told, without blanks at the ends
	unordered       bool
	marked          map[int]bool // lines with an error
	left            bool         // it does not run here in suiteLimit
	suiteOutcome
}

// A suiteOutcome is what a process wrote and how it ended.
type suiteOutcome struct {
	Stdout, Stderr string
	Code           int
}

var (
	suiteHeader = regexp.MustCompile(`(?m)^// (run|errorcheck)( .*)?$`)
	suiteMark   = regexp.MustCompile(`// (GC_)?ERROR`)
)

// suitePrograms finds the programs that are run without flags.
func suitePrograms(t *testing.T) []*suiteProgram { return suiteFiles(t, "run") }

// suiteErrors finds those that must not compile. The others' clause goes, that
// they are no programs.
func suiteErrors(t *testing.T) []*suiteProgram {
	all := suiteFiles(t, "errorcheck")
	clause := regexp.MustCompile(`(?m)^package \w+`)
	for _, p := range all {
		p.marked = map[int]bool{}
		for i, line := range strings.Split(p.src, "\n") {
			if suiteMark.MatchString(line) {
				p.marked[i+1] = true
			}
		}
		if !strings.Contains(p.src, "func main()") {
			if at := clause.FindStringIndex(p.src); at != nil {
				p.src = p.src[:at[0]] + p.src[at[1]:]
			}
		}
	}
	return slices.DeleteFunc(all, func(p *suiteProgram) bool { return len(p.marked) == 0 })
}

// goRoot is where the toolchain's own files are.
func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func suiteFiles(t *testing.T, kind string) []*suiteProgram {
	t.Helper()
	root := filepath.Join(goRoot(t), "test")
	var out []*suiteProgram
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head, _, _ := strings.Cut(string(src), "\npackage ")
		m := suiteHeader.FindStringSubmatch(head)
		name, err := filepath.Rel(root, path)
		if err == nil && m != nil && m[1] == kind && strings.TrimSpace(m[2]) == "" && forThisSystem(head) {
			out = append(out, &suiteProgram{name: name, path: path, src: string(src)})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return suiteSelected(out)
}

// forThisSystem reports whether a file's build constraint holds here.
func forThisSystem(head string) bool {
	for line := range strings.Lines(head) {
		if !constraint.IsGoBuild(line) {
			continue
		}
		x, err := constraint.Parse(strings.TrimSpace(line))
		if err != nil || !x.Eval(func(tag string) bool {
			return slices.Contains([]string{runtime.GOOS, runtime.GOARCH, "gc", "cgo", "unix"}, tag) || strings.HasPrefix(tag, "go1.")
		}) {
			return false
		}
	}
	return true
}

func suiteSelected(all []*suiteProgram) []*suiteProgram {
	step := 1
	if n, err := fmt.Sscanf(*goSuiteNamed, "1/%d", &step); n == 1 && err == nil {
		var some []*suiteProgram
		for i := 0; i < len(all); i += step {
			some = append(some, all[i])
		}
		return some
	}
	if *goSuiteNamed == "" {
		return all
	}
	return slices.DeleteFunc(all, func(p *suiteProgram) bool {
		return !slices.ContainsFunc(strings.Split(*goSuiteNamed, ","), func(w string) bool { return strings.Contains(p.name, w) })
	})
}

// suiteExamples finds the examples of std's packages that tell their output.
func suiteExamples(t *testing.T) []*suiteProgram {
	t.Helper()
	root := filepath.Join(goRoot(t), "src")
	var out []*suiteProgram
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (rel == "cmd" || rel == "vendor" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if err != nil || !strings.HasPrefix(d.Name(), "example") || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		if ours, err := build.Default.MatchFile(filepath.Dir(path), d.Name()); err != nil || !ours { // of an experiment
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, ex := range doc.Examples(f) {
			if ex.Play == nil || ex.Output == "" && !ex.EmptyOutput {
				continue
			}
			var src bytes.Buffer
			if err := format.Node(&src, fset, ex.Play); err != nil {
				return err
			}
			out = append(out, &suiteProgram{name: filepath.ToSlash(filepath.Dir(rel)) + "." + ex.Name, src: src.String(),
				example: true, unordered: ex.Unordered, suiteOutcome: suiteOutcome{Stdout: ex.Output}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return suiteSelected(out)
}

// seen is an output as it is compared.
func (p *suiteProgram) seen(out string) string {
	if !p.example {
		return out
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	if p.unordered {
		slices.Sort(lines)
	}
	return strings.Join(lines, "\n")
}

// suiteTypes guards the importer of std's sources, which newProgram uses.
var suiteTypes sync.Mutex

// cells are the program without its main, and main's statements: one cell each
// where they mean the same apart.
func (p *suiteProgram) cells() ([]string, error) {
	suiteTypes.Lock()
	defer suiteTypes.Unlock()
	prog, err := newProgram(p.name, p.src, "")
	if err != nil {
		return nil, err
	}
	main := prog.main()
	from, to := prog.offset(main.Pos()), prog.offset(main.End())
	rest := strings.Replace(p.src[:from]+p.src[to:], "package main", "", 1)
	if !prog.separable() {
		return []string{rest, p.src[prog.offset(main.Body.Lbrace)+1 : to-1]}, nil
	}
	return append([]string{rest}, prog.statements()...), nil
}

// expect builds and runs a program, and keeps what comes of it in the user's
// cache, by Go version.
func (p *suiteProgram) expect() error {
	if p.example || p.marked != nil {
		return nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	kept := filepath.Join(dir, "goblaze", "gosuite", runtime.Version(), strings.ReplaceAll(p.name, "/", "_")+".json")
	if data, err := os.ReadFile(kept); err == nil {
		if p.left = len(data) == 0; p.left {
			return nil
		}
		return json.Unmarshal(data, &p.suiteOutcome)
	}
	data, err := p.outcome()
	if err != nil {
		return err
	}
	p.left = len(data) == 0
	if err := os.MkdirAll(filepath.Dir(kept), 0o777); err != nil {
		return err
	}
	return os.WriteFile(kept, data, 0o666)
}

// outcome builds and runs the program: nothing when it does not build, as one
// that wants other files, or takes too long.
func (p *suiteProgram) outcome() ([]byte, error) {
	dir, err := os.MkdirTemp("", "gosuite")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "program")
	if exec.Command("go", "build", "-o", bin, p.path).Run() != nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), suiteLimit/3)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, bin)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = filepath.Dir(p.path), &stdout, &stderr, time.Second
	var failed *exec.ExitError
	if err := cmd.Run(); ctx.Err() != nil || err != nil && !errors.As(err, &failed) {
		return nil, nil
	}
	p.suiteOutcome = suiteOutcome{Stdout: stdout.String(), Stderr: stderr.String(), Code: cmd.ProcessState.ExitCode()}
	return json.Marshal(p.suiteOutcome)
}

// suiteExceptions reads the programs that differ for a reason in a part: lines
// of `PARTS NAME: reason`, with the parts separated by commas.
func suiteExceptions(t *testing.T, part string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/gosuite/exceptions.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(data)) {
		parts, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(rest, ": ")
		if !ok {
			t.Fatalf("exceptions.txt: no reason: %s", line)
		}
		if slices.Contains(strings.Split(parts, ","), part) {
			out[name] = reason
		}
	}
	return out
}
