package engine

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/engine/randprog"
)

var (
	generatedN    = flag.Int("generated", 20, "how many random programs TestGenerated compares")
	generatedSeed = flag.Uint64("generated-seed", 1, "the seed of the first; 0: a new one")
	generatedKeep = flag.String("generated-keep", "", "the folder where programs that differ are written")
)

// TestGenerated runs random programs by go build and as cells, each in one of
// the splits, and wants the same output. A batch is one binary by Go and one
// plugin of cells.
func TestGenerated(t *testing.T) {
	seed := *generatedSeed
	if seed == 0 {
		seed = rand.Uint64() >> 32
	}
	env := testEngine(t)
	jobs := make(chan []*program)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			r := &replay{t: t, s: newTestSession(t, env), failed: keepGenerated}
			for ps := range jobs {
				r.batch(ps)
			}
		})
	}
	for at := 0; at < *generatedN; at += batch {
		n := min(batch, *generatedN-at)
		t.Logf("seeds %d to %d", seed, seed+uint64(n)-1)
		jobs <- generated(t, seed, n)
		seed += uint64(n)
	}
	close(jobs)
	wg.Wait()
}

// generated returns the programs of n seeds, with what they print by go build.
func generated(t *testing.T, seed uint64, n int) []*program {
	t.Helper()
	dir := t.TempDir()
	dispatch := "package main\n\nimport \"os\"\n\nfunc main() {\n\tswitch os.Args[1] {\n"
	var progs []*program
	for i := range n {
		s := seed + uint64(i)
		name := fmt.Sprintf("seed%d", s)
		p, err := newProgram(name, randprog.Program(s, fmt.Sprintf("_%d", i)), "")
		if err != nil {
			t.Fatalf("seed %d: %v", s, err)
		}
		all := p.splits()
		p.only = []string{all[s%uint64(len(all))]}
		progs = append(progs, p)
		dispatch += fmt.Sprintf("\tcase %q:\n\t\tmain%d()\n", name, i)
		renamed := strings.Replace(p.src, "\nfunc main() {", fmt.Sprintf("\nfunc main%d() {", i), 1)
		writeFile(t, filepath.Join(dir, name+".go"), renamed)
	}
	writeFile(t, filepath.Join(dir, "main.go"), dispatch+"\t}\n}\n")
	writeFile(t, filepath.Join(dir, "go.mod"), "module generated\n\ngo 1.26\n")
	cmd := exec.Command("go", "build", "-o", "programs", ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build of seeds from %d: %v\n%s", seed, err, out)
	}
	return slices.DeleteFunc(progs, func(p *program) bool {
		cmd := exec.Command("./programs", p.name)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s by go build: %v\n%s", p.name, err, err.(*exec.ExitError).Stderr)
		}
		p.want = string(out)
		return err != nil
	})
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// keepGenerated writes a program that differs where -generated-keep says.
func keepGenerated(pl *plan) {
	if *generatedKeep == "" {
		return
	}
	_ = os.MkdirAll(*generatedKeep, 0o777)
	base := filepath.Join(*generatedKeep, pl.prog.name)
	_ = os.WriteFile(base+".go", []byte(pl.prog.src), 0o666)
	_ = os.WriteFile(base+"."+pl.split, []byte(strings.Join(pl.cells, "\n-----\n")), 0o666)
	_ = os.WriteFile(base+".diff", []byte(fmt.Sprintf("%v\n%s\n", pl.err, difference(pl.prog.want, pl.out.stdout()))), 0o666)
}
