package engine

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/plan/proof"
)

var proofAll = flag.Bool("proof", false, "run every program of the proof and write its table into docs/go-in-cells.md")

var (
	proofSeed   = flag.Uint64("proof-seed", 1, "choose the random programs of the proof")
	proofFamily = flag.String("proof-family", "", "run the families whose name begins so")
)

// proofSample is how many programs of each family run without -proof.
const proofSample = 40

// TestProof runs the generated programs that hold package plan's list, by Go
// and interpreted, and wants the same output and the same panics.
func TestProof(t *testing.T) {
	limit := proofSample
	if *proofAll {
		limit = 0
	}
	proof.Seed = *proofSeed
	families := slices.DeleteFunc(proof.Families(limit), func(f proof.Family) bool { return !strings.HasPrefix(f.Name, *proofFamily) })
	want := goOutputs(t, families)
	s := newTestSession(t, testEngine(t))
	if _, err := s.Exec(t.Context(), s.Begin(1, proof.Decls, &recorder{}), Source{Text: proof.Decls, Line: 1, Col: 1}); err != nil {
		t.Fatal(err)
	}
	s.startBuild(s.decls.byName["double"].unit)
	bare := bareSession(t)
	var rows []string
	k := 0
	for _, f := range families {
		var r, alone tally
		for _, p := range f.Programs {
			r.program(t, s, f, k, p, want[k])
			alone.bare(t, bare, f, k, p, want[k])
			k++
		}
		rows = append(rows, fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %d | %d |", f.Name, len(f.Programs), r.interpreted, r.straight, r.refused, alone.interpreted, alone.refused, r.differ+alone.differ))
		t.Logf("%s: %d programs, %d interpreted (%d straight), %d refused %v; without a toolchain %d and %d %v; %d differ", f.Name, len(f.Programs),
			r.interpreted, r.straight, r.refused, r.reasonList(), alone.interpreted, alone.refused, alone.reasonList(), r.differ+alone.differ)
	}
	if *proofAll && !t.Failed() && *proofFamily == "" && *proofSeed == 1 {
		writeProofTable(t, rows)
	}
}

type tally struct {
	interpreted, straight, refused, differ int
	reasons                                map[string]int
}

// program runs one program interpreted, and where it is straight-line code by
// yaegi too, which has the same statements in loops and functions: every second
// one of a sample.
func (r *tally) program(t *testing.T, s *Session, f proof.Family, k int, text, want string) {
	straight := s.straight
	r.once(t, s, f, k, text, want)
	if s.straight == straight {
		return
	}
	r.straight++
	if *proofAll || k%2 == 0 {
		s.opt.NoStraight = true
		defer func() { s.opt.NoStraight = false }()
		var again tally
		f.Name += ", by yaegi,"
		again.once(t, s, f, k, text, want)
		r.differ += again.differ
	}
}

// once runs one program; families of known faults are also run where they are
// compiled, to see that they are right there.
func (r *tally) once(t *testing.T, s *Session, f proof.Family, k int, text, want string) {
	mode := "interp"
	if f.Refused {
		mode = "auto"
	}
	if err := s.SetTier(mode); err != nil {
		t.Fatal(err)
	}
	rec := &recorder{}
	_, err := s.Exec(t.Context(), s.Begin(k+2, text, rec), Source{Text: text, Line: 1, Col: 1})
	got := rec.stdout()
	if re, ok := err.(*RuntimeError); ok {
		got += re.Text + "\n"
	} else if err != nil && strings.HasPrefix(err.Error(), "not interpreted: ") {
		r.refuse(strings.TrimPrefix(err.Error(), "not interpreted: "))
		if strings.Contains(err.Error(), "interpreter:") {
			t.Errorf("planned, but refused by yaegi: %v\n%s", err, text)
		}
		return
	} else if err != nil {
		t.Errorf("%v\n%s", err, text)
		return
	}
	if s.cells[len(s.cells)-1].Tier == tierCompiled {
		r.refuse(s.cells[len(s.cells)-1].Why)
	} else {
		r.interpreted++
	}
	if got != want {
		r.differ++
		t.Errorf("%s differs\n%s\n--- got\n%s--- want\n%s", f.Name, text, got, want)
	}
}

// bareSession is a session that can compile nothing, with the declarations of
// the proof.
func bareSession(t *testing.T) *Session {
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Exec(t.Context(), s.Begin(1, proof.Decls, &recorder{}), Source{Text: proof.Decls, Line: 1, Col: 1}); err != nil {
		t.Fatal(err)
	}
	return s
}

// bare runs one program where nothing can be compiled, the declarations of its
// functions included.
func (r *tally) bare(t *testing.T, s *Session, f proof.Family, k int, text, want string) {
	rec := &recorder{}
	_, err := s.Exec(t.Context(), s.Begin(k+2, text, rec), Source{Text: text, Line: 1, Col: 1})
	got := rec.stdout()
	if re, ok := err.(*RuntimeError); ok {
		got += re.Text + "\n"
	} else if err != nil {
		m := refusedBecause.FindStringSubmatch(err.Error())
		if m == nil || got != "" {
			t.Errorf("without a toolchain: %v\n%s\n%s", err, text, got)
			return
		}
		r.refuse(m[1])
		return
	}
	r.interpreted++
	if got != want {
		r.differ++
		t.Errorf("%s differs without a toolchain\n%s\n--- got\n%s--- want\n%s", f.Name, text, got, want)
	}
}

func (r *tally) refuse(why string) {
	if r.reasons == nil {
		r.reasons = map[string]int{}
	}
	r.refused++
	r.reasons[why]++
}

func (r *tally) reasonList() []string {
	var out []string
	for why, n := range r.reasons {
		out = append(out, fmt.Sprintf("%d× %s", n, why))
	}
	sort.Strings(out)
	return out
}

var packageUse = regexp.MustCompile(`\b([a-z0-9]+)\.[A-Z]`)

var proofImports = map[string]string{"base64": "encoding/base64", "big": "math/big", "bits": "math/bits", "bufio": "bufio", "bytes": "bytes", "crc32": "hash/crc32", "errors": "errors", "filepath": "path/filepath", "fmt": "fmt", "hex": "encoding/hex", "html": "html", "io": "io", "json": "encoding/json", "math": "math", "md5": "crypto/md5", "cmp": "cmp", "maps": "maps", "iter": "iter", "os": "os", "path": "path", "rand": "math/rand", "regexp": "regexp", "sha256": "crypto/sha256", "slices": "slices", "sort": "sort", "strconv": "strconv", "strings": "strings", "sync": "sync", "time": "time", "unicode": "unicode", "url": "net/url", "utf8": "unicode/utf8"}

// goOutputs runs all programs in one compiled by Go, and returns what each
// prints, with its panic.
func goOutputs(t *testing.T, families []proof.Family) []string {
	var b strings.Builder
	used := map[string]bool{"fmt": true}
	var programs []string
	for _, f := range families {
		programs = append(programs, f.Programs...)
	}
	for _, m := range packageUse.FindAllStringSubmatch(strings.Join(programs, "\n")+proof.Decls, -1) {
		if proofImports[m[1]] != "" {
			used[m[1]] = true
		}
	}
	b.WriteString("package main\n")
	for name := range used {
		fmt.Fprintf(&b, "import %q\n", proofImports[name])
	}
	b.WriteString(proof.Decls)
	b.WriteString("func try(n int, f func()) {\n\tfmt.Printf(\"\\x01%d\\n\", n)\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tif e, ok := r.(error); ok { r = e.Error() }\n\t\t\tfmt.Printf(\"panic: %v\\n\", r)\n\t\t}\n\t}()\n\tf()\n}\n")
	for i, p := range programs {
		fmt.Fprintf(&b, "func p%d() {\n//line p%d.go:1\n%s\n}\n", i, i, p)
	}
	b.WriteString("func main() {\n")
	for i := range programs {
		fmt.Fprintf(&b, "try(%d, p%d)\n", i, i)
	}
	b.WriteString("}\n")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module proof\ngo 1.26\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-gcflags=-e", ".")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	parts := strings.Split(string(out), "\x01")[1:]
	for i, p := range parts {
		_, parts[i], _ = strings.Cut(p, "\n")
	}
	return parts
}

func writeProofTable(t *testing.T, rows []string) {
	const file, from, to = "../docs/go-in-cells.md", "<!-- proof -->", "<!-- /proof -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), from)
	_, tail, ok := strings.Cut(rest, to)
	if !ok {
		t.Fatalf("%s has no place for the table", file)
	}
	table := "\n| construct | programs | interpreted | as straight code | compiled | interpreted without a toolchain | refused there | differences |\n|---|---|---|---|---|---|---|---|\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(file, []byte(head+from+table+to+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}
