package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// cgoNeeds are imported by what cgo generates.
var cgoNeeds = []string{"runtime/cgo", "syscall"}

// compileCgo does by hand what go build does with a package that imports "C", because go build refuses to import a
// `package main` and cells are just that: translate with cgo, compile the C parts, find out which dynamic symbols they
// use, compile the Go parts, and join all in one archive. C sources are those in the comments above import "C"; files
// they include are looked up in the notebook's folder.
func (t *Toolchain) compileCgo(ctx context.Context, u unit, tmp, notebook string, deps []*archive, find func(string) *archive) (file, log string, err error) {
	dir, err := os.MkdirTemp(tmp, "cgo-")
	if err != nil {
		return "", "", err
	}
	c := &cgoRun{t: t, ctx: ctx, dir: dir, include: notebook, path: u.path}
	if err := c.translate(u); err != nil {
		return "", "", err
	}
	if err := c.compileC(); err != nil {
		return "", "", err
	}
	if err := c.dynamicImports(); err != nil {
		return "", "", err
	}
	generated, err := c.generated(u)
	if err != nil {
		return "", "", err
	}
	more, err := closure(cgoNeeds, find)
	if err != nil {
		return "", "", err
	}
	config, err := writeConfig(tmp, unite(deps, more))
	if err != nil {
		return "", "", err
	}
	file, log, err = t.compile(ctx, generated, tmp, config)
	return file, c.log.String() + log, err
}

func unite(a, b []*archive) []*archive {
	all := slices.Clone(a)
	for _, x := range b {
		if !slices.ContainsFunc(all, func(y *archive) bool { return y.Path == x.Path }) {
			all = append(all, x)
		}
	}
	return all
}

// cgoRun is one package on its way through cgo.
type cgoRun struct {
	t       *Toolchain
	ctx     context.Context
	dir     string   // holds the sources, and in obj what is made of them
	include string   // folder of headers, "" for none
	path    string   // import path
	goFiles []string // base names of the files that import "C", sorted
	cflags  []string // what #cgo CFLAGS and CPPFLAGS say
	ldflags []string
	objects []string
	log     strings.Builder
}

func (c *cgoRun) obj(name string) string { return filepath.Join(c.dir, "obj", name) }

// run runs a tool in the folder of the sources; complaints are the cell's fault.
func (c *cgoRun) run(argv []string, env ...string) error {
	e := append(c.t.toolEnv(c.dir), "CC="+quoteWords(append([]string{c.t.CC}, c.t.ccArgs...)))
	res, err := run(c.ctx, command{dir: c.dir, env: append(e, env...), argv: argv, nice: true})
	c.log.WriteString(res.log)
	if err == nil {
		return nil
	}
	if c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	return compileError(c.path, res.log, c.dir, err)
}

func (c *cgoRun) translate(u unit) error {
	if err := os.Mkdir(filepath.Join(c.dir, "obj"), 0o755); err != nil {
		return err
	}
	for name, src := range u.files {
		if err := os.WriteFile(filepath.Join(c.dir, name), src, 0o644); err != nil {
			return err
		}
		uses, err := imports(Package{Path: u.path, Files: map[string][]byte{name: src}})
		if err != nil {
			return err
		}
		if slices.Contains(uses, "C") {
			c.goFiles = append(c.goFiles, name)
		}
	}
	slices.Sort(c.goFiles)
	if err := c.readFlags(u); err != nil {
		return err
	}
	argv := []string{c.t.tool("cgo"), "-objdir", c.obj("") + string(filepath.Separator), "-importpath", c.path,
		"-trimpath", c.dir + "=>", "-ldflags", strings.Join(c.ldflags, " "), "--", "-I", c.obj("")}
	return c.run(append(append(argv, c.cflags...), c.goFiles...))
}

// readFlags collects the #cgo lines and asks pkg-config for the packages they name. The notebook's folder is searched
// for headers and libraries, as a package's own folder is.
func (c *cgoRun) readFlags(u unit) error {
	c.cflags = []string{"-g", "-O2", "-fPIC", "-pthread"}
	if c.include != "" {
		c.cflags = append(c.cflags, "-I", c.include)
	}
	var packages []string
	for _, name := range c.goFiles {
		for _, line := range cgoLines(u.files[name], c.t.GOOS, c.t.GOARCH) {
			words := strings.Fields(strings.ReplaceAll(line.value, "${SRCDIR}", c.include))
			switch line.verb {
			case "CFLAGS", "CPPFLAGS":
				c.cflags = append(c.cflags, words...)
			case "LDFLAGS":
				c.ldflags = append(c.ldflags, words...)
			case "pkg-config":
				packages = append(packages, words...)
			}
		}
	}
	if len(packages) == 0 {
		return nil
	}
	for _, q := range []struct {
		flag string
		to   *[]string
	}{{"--cflags", &c.cflags}, {"--libs", &c.ldflags}} {
		res, err := run(c.ctx, command{dir: c.dir, env: c.t.env, argv: append([]string{"pkg-config", q.flag, "--"}, packages...)})
		if err != nil {
			return fmt.Errorf("#cgo pkg-config: %s: %w", strings.Join(packages, " "), err)
		}
		*q.to = append(*q.to, strings.Fields(string(res.stdout))...)
	}
	return nil
}

type cgoLine struct{ verb, value string }

// cgoLines reads lines such as `#cgo linux,amd64 LDFLAGS: -lm` that hold on this system. Conditions are alternatives
// separated by blanks, each a list of names joined by commas, with ! for not.
func cgoLines(src []byte, goos, goarch string) []cgoLine {
	var lines []cgoLine
	for text := range strings.Lines(string(src)) {
		text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "//"))
		rest, ok := strings.CutPrefix(text, "#cgo ")
		if !ok {
			continue
		}
		head, value, ok := strings.Cut(rest, ":")
		words := strings.Fields(head)
		if !ok || len(words) == 0 {
			continue
		}
		conditions, verb := words[:len(words)-1], words[len(words)-1]
		if len(conditions) == 0 || slices.ContainsFunc(conditions, func(cond string) bool { return holds(cond, goos, goarch) }) {
			lines = append(lines, cgoLine{verb, strings.TrimSpace(value)})
		}
	}
	return lines
}

func holds(condition, goos, goarch string) bool {
	for term := range strings.SplitSeq(condition, ",") {
		name, not := strings.CutPrefix(term, "!")
		is := name == goos || name == goarch || name == "cgo" || name == "unix" || name == "gc"
		if is == not {
			return false
		}
	}
	return true
}

func (c *cgoRun) compileC() error {
	sources := []string{"_cgo_export.c"}
	for _, name := range c.goFiles {
		sources = append(sources, strings.TrimSuffix(name, ".go")+".cgo2.c")
	}
	cc := append([]string{c.t.CC}, c.t.ccArgs...)
	for _, source := range append(sources, "_cgo_main.c") {
		object := c.obj(strings.TrimSuffix(source, ".c") + ".o")
		argv := append(slices.Clone(cc), "-I", c.obj(""), "-I", c.dir)
		argv = append(append(argv, c.cflags...), "-o", object, "-c", c.obj(source))
		if err := c.run(argv); err != nil {
			return err
		}
		c.objects = append(c.objects, object)
	}
	return nil
}

// dynamicImports links the C parts with a stand-in for Go's, to see which symbols of which libraries they want.
func (c *cgoRun) dynamicImports() error {
	trial := c.obj("_cgo_.o")
	argv := append(append([]string{c.t.CC}, c.t.ccArgs...), "-pthread", "-o", trial)
	argv = append(append(argv, c.objects...), c.ldflags...)
	if err := c.run(argv); err != nil {
		var e *CompileError
		if errors.As(err, &e) {
			return &LinkError{Path: c.path, Log: e.Log}
		}
		return err
	}
	c.objects = c.objects[:len(c.objects)-1] // _cgo_main.o was for the trial
	return c.run([]string{c.t.tool("cgo"), "-dynpackage", "main", "-dynimport", trial, "-dynout", c.obj("_cgo_import.go")})
}

// generated is the package as the compiler wants it: cgo's output in place of the files that import "C".
func (c *cgoRun) generated(u unit) (unit, error) {
	g := u
	g.files = map[string][]byte{}
	g.extra = c.objects
	for name, src := range u.files {
		if !slices.Contains(c.goFiles, name) {
			g.files[name] = src
		}
	}
	names := []string{"_cgo_gotypes.go", "_cgo_import.go"}
	for _, name := range c.goFiles {
		names = append(names, strings.TrimSuffix(name, ".go")+".cgo1.go")
	}
	for _, name := range names {
		data, err := os.ReadFile(c.obj(name))
		if err != nil {
			return g, err
		}
		g.files[name] = data
	}
	return g, nil
}
