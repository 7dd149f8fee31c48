package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// buildRun is one call of Build.
type buildRun struct {
	s    *Session
	pkgs []Package
	uses [][]string // imports of each package
	done map[string]chan struct{}
	tmp  string

	mu    sync.Mutex
	built map[string]*archive
	stack []*archive // of the plugin
	fresh bool       // something was compiled
	log   strings.Builder
}

func (s *Session) newBuild(pkgs []Package) (*buildRun, error) {
	b := &buildRun{s: s, pkgs: pkgs, done: map[string]chan struct{}{}, built: map[string]*archive{}}
	for _, p := range pkgs {
		uses, err := imports(p)
		if err != nil {
			return nil, err
		}
		if b.done[p.Path] != nil {
			return nil, fmt.Errorf("package %s is twice in one build", p.Path)
		}
		b.uses = append(b.uses, uses)
		b.done[p.Path] = make(chan struct{})
	}
	if cycle := b.cycle(); cycle != "" {
		return nil, &CompileError{Path: cycle, Diags: []Diagnostic{{Msg: "import cycle through package " + cycle}}}
	}
	dir := filepath.Join(s.engine.dir, "tmp")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritable(s.engine.dir, err)
	}
	tmp, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return nil, unwritable(s.engine.dir, err)
	}
	b.tmp = tmp
	return b, nil
}

// imports lists what the package's files import, sorted.
func imports(p Package) ([]string, error) {
	seen := map[string]bool{}
	for name, src := range p.Files {
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return nil, parseError(p.Path, err)
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				seen[path] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

func parseError(path string, err error) error {
	e := &CompileError{Path: path, Log: err.Error()}
	var list scanner.ErrorList
	if errors.As(err, &list) {
		for _, x := range list {
			e.Diags = append(e.Diags, Diagnostic{x.Pos.Filename, x.Pos.Line, x.Pos.Column, x.Msg})
		}
	}
	return e
}

// cycle gives a package of the build that imports itself through others of it, or "".
func (b *buildRun) cycle() string {
	const visiting, finished = 1, 2
	state := map[string]int{}
	at := map[string]int{}
	for i, p := range b.pkgs {
		at[p.Path] = i
	}
	var visit func(path string) string
	visit = func(path string) string {
		i, ours := at[path]
		switch {
		case !ours || state[path] == finished:
			return ""
		case state[path] == visiting:
			return path
		}
		state[path] = visiting
		for _, imp := range b.uses[i] {
			if found := visit(imp); found != "" {
				return found
			}
		}
		state[path] = finished
		return ""
	}
	for _, p := range b.pkgs {
		if found := visit(p.Path); found != "" {
			return found
		}
	}
	return ""
}

// compileAll compiles every package as soon as those it imports are there, two at a time.
func (b *buildRun) compileAll(ctx context.Context) error {
	var foreign []string
	for _, uses := range b.uses {
		for _, path := range uses {
			if b.done[path] == nil {
				foreign = append(foreign, path)
			}
		}
	}
	if err := b.s.ensure(ctx, foreign); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	slots := make(chan struct{}, 2)
	for i := range b.pkgs {
		g.Go(func() error {
			for _, path := range b.uses[i] {
				if ready := b.done[path]; ready != nil {
					select {
					case <-ready:
					case <-ctx.Done():
						return ctx.Err()
					}
				}
			}
			slots <- struct{}{}
			defer func() { <-slots }()
			return b.compileOne(ctx, i)
		})
	}
	return g.Wait()
}

// compileOne makes or finds the archive of package i. Its key is the source and the hashes of what it imports, which
// themselves cover what those import.
func (b *buildRun) compileOne(ctx context.Context, i int) error {
	p, uses := b.pkgs[i], b.uses[i]
	u, err := b.s.unit(p)
	if err != nil {
		return err
	}
	deps, err := closure(uses, b.find)
	if err != nil {
		return fmt.Errorf("package %s: %w", p.Path, err)
	}
	name := compileKey(b.s.engine.key, u, uses, b.find) + ".a"
	if err := b.s.lease.hold(ctx, name); err != nil {
		return err
	}
	store := b.s.engine.store()
	file, sum, ok := store.lookup(name)
	if !ok {
		made, log, err := b.make(ctx, u, slices.Contains(uses, "C"), deps)
		if err != nil {
			return err
		}
		if file, sum, err = store.keep(made, name); err != nil {
			return unwritable(b.s.engine.dir, err)
		}
		b.mu.Lock()
		b.fresh = true
		b.log.WriteString(log)
		b.mu.Unlock()
	}
	a := &archive{Path: p.Path, File: file, Hash: sum, Imports: uses}
	if slices.Contains(uses, "C") {
		a.Imports = append(slices.Clone(uses), cgoNeeds...)
	}
	a.against = map[string]string{}
	for _, path := range uses {
		if dep := b.find(path); dep != nil {
			a.against[path] = dep.Hash
		}
	}
	b.mu.Lock()
	b.built[p.Path] = a
	b.mu.Unlock()
	close(b.done[p.Path])
	return nil
}

func compileKey(engine string, u unit, uses []string, find func(string) *archive) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s compile 2 %q\n", engine, u.path)
	for _, name := range slices.Sorted(maps.Keys(u.files)) {
		fmt.Fprintf(h, "file %q %d\n", name, len(u.files[name]))
		h.Write(u.files[name])
	}
	fmt.Fprintf(h, "embed %s\n", u.embedHash)
	for _, path := range uses {
		if a := find(path); a != nil {
			fmt.Fprintf(h, "import %q %s\n", path, a.Hash)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:40]
}

func (b *buildRun) make(ctx context.Context, u unit, cgo bool, deps []*archive) (file, log string, err error) {
	t := b.s.engine.toolchain
	if cgo {
		return t.compileCgo(ctx, u, b.tmp, b.s.notebook, deps, b.find)
	}
	config, err := writeConfig(b.tmp, deps)
	if err != nil {
		return "", "", err
	}
	return t.compile(ctx, u, b.tmp, config)
}

func writeConfig(tmp string, archives []*archive) (string, error) {
	f, err := os.CreateTemp(tmp, "importcfg-")
	if err != nil {
		return "", err
	}
	_, err = f.Write(importConfig(archives))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return f.Name(), err
}

// find gives the archive of a path: of this build, of the engine, of the session, of a module; nil when unknown.
func (b *buildRun) find(path string) *archive {
	b.mu.Lock()
	a := b.built[path]
	b.mu.Unlock()
	if a != nil {
		return a
	}
	return b.s.find(path)
}

func (s *Session) find(path string) *archive {
	if a := s.engine.packages[path]; a != nil {
		return a
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.cells[path]; a != nil {
		return a
	}
	return s.modules[path]
}

// link makes the plugin, or finds it. Its key is all archives in it and how they are linked.
func (b *buildRun) link(ctx context.Context) (*Plugin, error) {
	e := b.s.engine
	root, err := b.root(ctx)
	if err != nil {
		return nil, err
	}
	if b.stack, err = closure(append([]string{root.Path}, linkerNeeds...), b.find); err != nil {
		return nil, fmt.Errorf("plugin %s: %w", root.Path, err)
	}
	if err := b.s.checkLoaded(b.stack); err != nil {
		return nil, err
	}
	name := b.linkKey(root) + ".so"
	if err := b.s.lease.hold(ctx, name); err != nil {
		return nil, err
	}
	p := &Plugin{Root: root.Path, Cached: true}
	var ok bool
	if p.File, _, ok = e.store().lookup(name); !ok {
		if err := b.linkNew(ctx, root, name, p); err != nil {
			return nil, err
		}
	}
	info, err := os.Stat(p.File)
	if err != nil {
		return nil, err
	}
	p.Size = info.Size()
	return p, nil
}

func (b *buildRun) linkNew(ctx context.Context, root *archive, name string, p *Plugin) error {
	start := time.Now()
	e := b.s.engine
	config, err := writeConfig(b.tmp, b.stack)
	if err != nil {
		return err
	}
	out := filepath.Join(b.tmp, "plugin.so")
	l := e.linker
	if !l.usable() || b.cgo() {
		l = linker{Name: "ld"} // what C code asks of the C compiler must not meet our choices
	}
	res, err := run(ctx, e.toolchain.linkCommand(l, e.dir, b.tmp, config, root.Path, root.File, out))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return &LinkError{Path: root.Path, Log: res.log}
	}
	if err := plainFuncs(out); err != nil {
		return fmt.Errorf("plugin %s: %w", root.Path, err)
	}
	if p.File, _, err = e.store().keep(out, name); err != nil {
		return unwritable(e.dir, err)
	}
	p.Link, p.Cached, p.Log = time.Since(start), false, res.log
	return nil
}

// cgo tells whether a cell or a module in the plugin has C code.
func (b *buildRun) cgo() bool {
	return slices.ContainsFunc(b.stack, func(a *archive) bool { return !a.engine && slices.Contains(a.Imports, "runtime/cgo") })
}

func (b *buildRun) linkKey(root *archive) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s link %q %q %v %q\n", b.s.engine.key, root.Path, b.s.engine.linker.Name, b.s.engine.linker.Shim, b.s.engine.linker.Flags)
	for _, a := range b.stack {
		if !a.engine {
			fmt.Fprintf(h, "%q %s\n", a.Path, a.Hash)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:40]
}

// root is the package that the plugin is: the one that imports all others of the build, else a generated one.
func (b *buildRun) root(ctx context.Context) (*archive, error) {
	for _, p := range b.pkgs {
		reached, err := closure([]string{p.Path}, b.find)
		if err != nil {
			return nil, err
		}
		n := 0
		for _, a := range reached {
			if b.done[a.Path] != nil {
				n++
			}
		}
		if n == len(b.pkgs) {
			return b.find(p.Path), nil
		}
	}
	return b.generateRoot(ctx)
}

func (b *buildRun) generateRoot(ctx context.Context) (*archive, error) {
	paths := make([]string, 0, len(b.pkgs))
	h := sha256.New()
	for _, p := range b.pkgs {
		paths = append(paths, p.Path)
	}
	sort.Strings(paths)
	var src strings.Builder
	src.WriteString("package main\n\nimport (\n")
	for _, path := range paths {
		fmt.Fprintf(&src, "\t_ %q\n", path)
		fmt.Fprintf(h, "%q %s\n", path, b.find(path).Hash)
	}
	src.WriteString(")\n\nfunc main() {}\n")
	p := Package{Path: "nb/all" + hex.EncodeToString(h.Sum(nil))[:16], Files: map[string][]byte{"all.go": []byte(src.String())}}
	b.pkgs, b.uses = append(slices.Clone(b.pkgs), p), append(b.uses, paths)
	b.done[p.Path] = make(chan struct{})
	if err := b.compileOne(ctx, len(b.pkgs)-1); err != nil {
		return nil, err
	}
	return b.find(p.Path), nil
}

// commit makes the packages importable and remembers which module versions the engine process will hold.
func (b *buildRun) commit() {
	b.s.mu.Lock()
	defer b.s.mu.Unlock()
	maps.Copy(b.s.cells, b.built)
	for _, a := range b.stack {
		if !a.engine && b.s.cells[a.Path] == nil {
			b.s.linked[a.Path] = a.Hash
		}
	}
}

// StaleModule says that a plugin would need another version of a module than the engine process holds: Go cannot load
// a package twice. A fresh engine can (EngineReplaced).
type StaleModule struct{ Path string }

func (e *StaleModule) Error() string {
	return fmt.Sprintf("%s has changed since this session loaded it: restart the kernel to use the new version", e.Path)
}

// checkLoaded makes sure that one process can hold all of the stack: no module in another version than the one loaded,
// and none in another version than an earlier cell was compiled against.
func (s *Session) checkLoaded(stack []*archive) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := map[string]*archive{}
	for _, a := range stack {
		now[a.Path] = a
		if hash, ok := s.linked[a.Path]; ok && !a.engine && hash != a.Hash {
			return &StaleModule{cmp.Or(a.module, a.Path)}
		}
	}
	for _, a := range stack {
		for path, hash := range a.against {
			if dep := now[path]; dep != nil && dep.Hash != hash {
				return &StaleModule{cmp.Or(dep.module, path)}
			}
		}
	}
	return nil
}
