package engine

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/plan/proof"
)

// interpretingEngine builds the engine process that serves where there is no
// toolchain: a plain program.
func interpretingEngine(t *testing.T) []string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "engine")
	cmd := exec.Command("go", "build", "-o", bin, "../engine/host")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return []string{bin}
}

// TestNoToolchain runs programs whose functions are interpreted, in sessions
// that can compile nothing, and wants what Go prints.
func TestNoToolchain(t *testing.T) {
	want := functionOutputs(t)
	command := interpretingEngine(t)
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: command})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	refused := 0
	for i, p := range proof.Functions() {
		got, err := runProgram(t, s, i, p)
		if err != nil {
			t.Logf("refused: %v\n%s", err, p.Decls)
			refused++
			continue
		}
		if got != want[i] {
			t.Errorf("differs\n%s\n%s\n--- got\n%s--- want\n%s", p.Decls, p.Statements, got, want[i])
		}
	}
	t.Logf("%d programs, %d refused", len(proof.Functions()), refused)
}

func runProgram(t *testing.T, s *Session, i int, p proof.Program) (string, error) {
	rec := &recorder{}
	if _, err := s.Exec(t.Context(), s.Begin(2*i+1, p.Decls, rec), Source{Text: p.Decls, Line: 1, Col: 1}); err != nil {
		return "", err
	}
	_, err := s.Exec(t.Context(), s.Begin(2*i+2, p.Statements, rec), Source{Text: p.Statements, Line: 1, Col: 1})
	if re, ok := err.(*RuntimeError); ok {
		return rec.stdout() + re.Text + "\n", nil
	}
	return rec.stdout(), err
}

// functionOutputs runs the programs by Go, each as a package of its own.
func functionOutputs(t *testing.T) []string {
	dir := t.TempDir()
	var main strings.Builder
	main.WriteString("package main\nimport (\n\"fmt\"\n")
	for i, p := range proof.Functions() {
		fmt.Fprintf(&main, "p%d \"proof/p%d\"\n", i, i)
		writePackage(t, filepath.Join(dir, fmt.Sprint("p", i)), p)
	}
	main.WriteString(")\nfunc try(f func()) {\n\tfmt.Print(\"\\x01\\n\")\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tif e, ok := r.(error); ok { r = e.Error() }\n\t\t\tfmt.Printf(\"panic: %v\\n\", r)\n\t\t}\n\t}()\n\tf()\n}\nfunc main() {\n")
	for i := range proof.Functions() {
		fmt.Fprintf(&main, "try(p%d.Run)\n", i)
	}
	main.WriteString("}\n")
	write(t, filepath.Join(dir, "main.go"), main.String())
	write(t, filepath.Join(dir, "go.mod"), "module proof\ngo 1.26\n")
	cmd := exec.Command("go", "run", "-gcflags=-e", ".")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	parts := strings.Split(string(out), "\x01\n")[1:]
	return parts
}

func writePackage(t *testing.T, dir string, p proof.Program) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("package p\n")
	used := map[string]bool{}
	for _, m := range packageUse.FindAllStringSubmatch(p.Decls+p.Statements, -1) {
		if path := proofImports[m[1]]; path != "" && !used[path] {
			used[path] = true
			fmt.Fprintf(&b, "import %q\n", path)
		}
	}
	fmt.Fprintf(&b, "%s\nfunc Run() {\n%s\n}\n", p.Decls, p.Statements)
	write(t, filepath.Join(dir, "p.go"), b.String())
}

func write(t *testing.T, file, text string) {
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
