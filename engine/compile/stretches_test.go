package compile

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// countedLoops writes counted loops of every integer type, comparison and kind
// of step, whose bounds are arguments.
func countedLoops() string {
	var b strings.Builder
	for _, t := range []string{"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64"} {
		for i, op := range []string{"<", "<=", ">", ">=", "!="} {
			for j, post := range []string{"i++", "i--", "i += 1", "i += 2", "i -= 3", "i += s", "i -= s"} {
				step := ""
				if strings.HasSuffix(post, "s") {
					step = ", s " + t
				}
				fmt.Fprintf(&b, "func Loop_%s_%d_%d(p *Probe, a, n %s%s) { for i := a; i %s n; %s { if p.Tick(uint64(i)) { return } } }\n", t, i, j, t, step, op, post)
			}
		}
	}
	return b.String()
}

var exportedFunc = regexp.MustCompile(`(?m)^func ([A-Z]\w*)\(`)

// stretchSource returns the functions of which package plain runs as written.
func stretchSource(t *testing.T) string {
	text, err := os.ReadFile("testdata/stretches/loops.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + countedLoops()
}

// table lists the exported functions of a source by name.
func table(src string) string {
	var b strings.Builder
	b.WriteString("map[string]any{\n")
	for _, m := range exportedFunc.FindAllStringSubmatch(src, -1) {
		fmt.Fprintf(&b, "%q: %s,\n", m[1], m[1])
	}
	return b.String() + "}\n"
}

// Every loop and recursion does the same as emitted and as written, for edge
// values of its bounds, and never runs long without a check.
func TestStretches(t *testing.T) {
	src := stretchSource(t)
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"../rt/guard.go", "../rt/predeclared.go", "testdata/stretches/rt/stub.go", "testdata/stretches/main.go"} {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Base(f)
		if to != "main.go" {
			to = "rt/" + to
		}
		write(to, string(text))
	}
	write("go.mod", "module stretches\ngo 1.26\n")
	write("plain/plain.go", "package plain\n"+src+"\nvar Funcs = "+table(src))
	write("cell.go", probed(emit(t, src, Options{Stretch: 6000})))
	write("table.go", "package main\nvar emitted = "+table(src))
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // a loop may have become endless
	defer cancel()
	for _, argv := range [][]string{{"go", "build", "-o", "stretches", "."}, {filepath.Join(dir, "stretches")}} {
		cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", argv[0], err, out)
		}
		t.Logf("%s", out)
	}
}

// probed lets emitted source tell the probe when it checks.
func probed(src string) string {
	src = strings.ReplaceAll(src, "gbz_rt.Stopping.Load() != 0 { gbz_rt.Halt() }", "gbz_rt.Checked() { }")
	src = strings.ReplaceAll(src, RuntimePath, "stretches/rt")
	return strings.Replace(src, "func main() {}\n", "", 1)
}
