package build

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// linker is how plugins are linked on this machine: found by trying.
type linker struct {
	Name  string   // for %tier and doctor: "ld", "mold", …
	Shim  bool     // call the C compiler through the script that answers the Go linker's questions
	Flags []string // of the C compiler
}

// shim saves the C compiler runs by which the Go linker, at every link, finds out whether flags exist that no plugin
// needs (a build id, compressed debug information): it compiles a file trivial.c with each. Saying no costs 1 ms
// instead of 30. chooseLinker proves on the machine itself that links through it are right.
const shim = `#!/bin/sh
for last; do :; done
case "$last" in */trivial.c) exit 1;; esac
exec %s "$@"
`

// candidates are tried in order; a later one must be faster than the best before it.
func (t *Toolchain) candidates() []linker {
	list := []linker{
		{Name: "ld"},
		{Name: "ld", Shim: true},
		{Name: "ld without plugins", Shim: true, Flags: []string{"-fno-use-linker-plugin"}},
	}
	for name, program := range map[string]string{"mold": "mold", "lld": "ld.lld"} {
		if _, err := exec.LookPath(program); err == nil {
			list = append(list, linker{Name: name, Shim: true, Flags: []string{"-fuse-ld=" + name}})
		}
	}
	return list
}

// usable tells whether the program that was chosen is still installed.
func (l linker) usable() bool {
	program := map[string]string{"mold": "mold", "lld": "ld.lld"}[l.Name]
	if program == "" {
		return true
	}
	_, err := exec.LookPath(program)
	return err == nil
}

// linkCommand links the package in root, and all it needs, into a plugin.
func (t *Toolchain) linkCommand(l linker, engine, tmp, config, pluginPath, root, out string) command {
	cc := quoteWords(append([]string{t.CC}, t.ccArgs...))
	if l.Shim {
		cc = quoteWords([]string{filepath.Join(engine, "cc")})
	}
	argv := []string{t.tool("link"), "-o", out, "-importcfg", config, "-buildmode=plugin", "-pluginpath", pluginPath,
		"-tmpdir", tmp, "-s", "-w", "-extld=" + cc}
	if len(l.Flags) > 0 {
		argv = append(argv, "-extldflags="+strings.Join(l.Flags, " "))
	}
	return command{dir: tmp, env: t.toolEnv(tmp), argv: append(argv, root), nice: true}
}

// toolEnv makes the C compiler, too, keep its temporary files where they are removed with ours, and the Go tools, whose
// heaps are small here, collect less often (5 % of a build).
func (t *Toolchain) toolEnv(tmp string) []string {
	return append(t.env[:len(t.env):len(t.env)], "TMPDIR="+tmp, "GOGC=400")
}

// quoteWords joins words as the Go tools split them again.
func quoteWords(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if strings.ContainsAny(w, " \t'") {
			w = `"` + w + `"`
		}
		quoted[i] = w
	}
	return strings.Join(quoted, " ")
}

func shellQuote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// probeHost opens the plugins it is given and prints what they print.
const probeHost = `package main

import (
	"fmt"
	"os"
	"plugin"
)

func main() {
	fmt.Fprint(os.Stdout, "")
	for _, file := range os.Args[1:] {
		if _, err := plugin.Open(file); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}
`

const probeCell = `package main

import "fmt"

type point struct{ x, y int }

func init() { fmt.Printf("%T %v\n", point{}, point{1, 2}) }

func main() {}
`

// chooseLinker links a small plugin with every candidate, loads it, and gives the fastest that works.
func (t *Toolchain) chooseLinker(ctx context.Context, dir string, packages []*archive) (linker, error) {
	words := []string{shellQuote(t.CC)}
	for _, w := range t.ccArgs {
		words = append(words, shellQuote(w))
	}
	if err := os.WriteFile(filepath.Join(dir, "cc"), fmt.Appendf(nil, shim, strings.Join(words, " ")), 0o755); err != nil {
		return linker{}, err
	}
	tmp, err := os.MkdirTemp(dir, "probe-")
	if err != nil {
		return linker{}, err
	}
	defer os.RemoveAll(tmp)
	root, config, err := t.prepareProbe(ctx, dir, tmp, packages)
	if err != nil {
		return linker{}, err
	}
	return t.race(ctx, dir, tmp, config, root)
}

// race times the candidates in turns, so that a busy machine is busy for all of them alike, and takes the fastest link
// of each. One must be 5 % faster than those before it to be preferred to them.
func (t *Toolchain) race(ctx context.Context, dir, tmp, config, root string) (linker, error) {
	candidates := t.candidates()
	times := make([]time.Duration, len(candidates))
	errs := make([]error, len(candidates))
	for range 4 {
		for i, l := range candidates {
			if errs[i] != nil {
				continue
			}
			took, err := t.probe(ctx, l, dir, tmp, config, root, i)
			if ctx.Err() != nil {
				return linker{}, ctx.Err()
			}
			if errs[i] = err; err == nil && (times[i] == 0 || took < times[i]) {
				times[i] = took
			}
		}
	}
	best := -1
	for i := range candidates {
		if errs[i] == nil && (best < 0 || times[i] < times[best]*95/100) {
			best = i
		}
	}
	if best < 0 {
		return linker{}, fmt.Errorf("plugins cannot be linked or loaded here: %w", errs[0])
	}
	return candidates[best], nil
}

// prepareProbe builds the host and compiles the cell; config serves for linking.
func (t *Toolchain) prepareProbe(ctx context.Context, dir, tmp string, packages []*archive) (root, config string, err error) {
	hostDir := filepath.Join(tmp, "host")
	if err := os.Mkdir(hostDir, 0o755); err != nil {
		return "", "", err
	}
	if err := os.WriteFile(filepath.Join(hostDir, "main.go"), []byte(probeHost), 0o644); err != nil {
		return "", "", err
	}
	res, err := run(ctx, command{dir: hostDir, env: t.env,
		argv: []string{t.Go, "build", "-buildvcs=false", "-ldflags=-s -w", "-o", filepath.Join(tmp, "probe"), "main.go"}})
	if err != nil {
		return "", "", fmt.Errorf("building a program that loads a plugin: %w", explainGo(res.log, err))
	}
	config = filepath.Join(tmp, "importcfg")
	whole := make([]*archive, len(packages))
	for i, a := range packages {
		placed := *a
		placed.File = filepath.Join(dir, "pkg", a.File)
		whole[i] = &placed
	}
	if err := os.WriteFile(config, importConfig(whole), 0o644); err != nil {
		return "", "", err
	}
	unit := unit{path: "nb/probe", files: map[string][]byte{"cell.go": []byte(probeCell)}}
	root, _, err = t.compile(ctx, unit, tmp, config)
	return root, config, err
}

// probe links the cell and, the first time, loads it.
func (t *Toolchain) probe(ctx context.Context, l linker, dir, tmp, config, root string, n int) (time.Duration, error) {
	out := filepath.Join(tmp, fmt.Sprintf("probe%d.so", n))
	tried := false
	if _, err := os.Stat(out); err == nil {
		tried = true
	}
	start := time.Now()
	c := t.linkCommand(l, dir, tmp, config, "nb/probe", root, out)
	c.nice = false
	if _, err := run(ctx, c); err != nil {
		return 0, fmt.Errorf("linking with %s: %w", l.Name, err)
	}
	took := time.Since(start)
	if tried {
		return took, nil
	}
	res, err := run(ctx, command{dir: tmp, env: t.env, argv: []string{filepath.Join(tmp, "probe"), out}})
	if err != nil {
		return 0, fmt.Errorf("loading a plugin linked with %s: %w", l.Name, err)
	}
	if want := "main.point {1 2}\n"; string(res.stdout) != want {
		return 0, fmt.Errorf("a plugin linked with %s printed %q instead of %q", l.Name, res.stdout, want)
	}
	return took, nil
}
