package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Resolved is what Get found.
type Resolved struct {
	Path    string // of the module
	Version string // "v0.16.0", or the folder of a local module
	Note    string // a sentence for the cell: what was added, replaced, or needs a restart
}

// Has tells whether the import path can be compiled against without Resolve: std, ours, a cell's, or listed before.
func (s *Session) Has(importPath string) bool {
	return importPath == "unsafe" || importPath == "C" || s.find(importPath) != nil
}

// Resolve makes the import path available: at once for what is known, by go list for what the module has, else by Get,
// with its note. The empty Resolved means that there was nothing to fetch.
func (s *Session) Resolve(ctx context.Context, importPath string) (Resolved, error) {
	if s.Has(importPath) {
		return Resolved{}, nil
	}
	if strings.HasPrefix(importPath, "nb/") {
		return Resolved{}, fmt.Errorf("no compiled package %q", importPath)
	}
	err := s.ensure(ctx, []string{importPath})
	if err == nil || ctx.Err() != nil {
		return Resolved{}, err
	}
	if isLocal(importPath) {
		return Resolved{}, fmt.Errorf("package %s: not in the standard library of %s", importPath, s.engine.toolchain.Version)
	}
	r, err := s.Get(ctx, importPath)
	if err != nil {
		return r, err
	}
	return r, s.ensure(ctx, []string{importPath})
}

// isLocal tells whether the path cannot be fetched: its first element is no host name.
func isLocal(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// Export gives the file with the package's export data (an archive), for the type checker's gc importer.
func (s *Session) Export(ctx context.Context, importPath string) (string, error) {
	if err := s.ensure(ctx, []string{importPath}); err != nil {
		return "", err
	}
	a := s.find(importPath)
	if a == nil {
		return "", fmt.Errorf("package %s has no export data", importPath)
	}
	return a.File, nil
}

// ensure lists what wanting finds.
func (s *Session) ensure(ctx context.Context, paths []string) error {
	if len(s.wanting(paths)) == 0 {
		return nil
	}
	s.module.Lock()
	defer s.module.Unlock()
	want := s.wanting(paths)
	if len(want) == 0 {
		return nil
	}
	archives, err := s.engine.toolchain.list(ctx, s.dir, true, want)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("importing %s: %w", strings.Join(want, ", "), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range archives {
		if s.engine.packages[a.Path] == nil {
			s.modules[a.Path] = a
		}
	}
	return nil
}

// wanting gives the modules' packages among paths, and among all that these import, that are unknown or whose archives
// Go's cache has dropped. Unknown cells are left to closure's complaint.
func (s *Session) wanting(paths []string) []string {
	var want []string
	seen := map[string]bool{"C": true, "unsafe": true}
	var visit func(path string)
	visit = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		a := s.find(path)
		switch {
		case a == nil && !strings.HasPrefix(path, "nb/"):
			want = append(want, path)
		case a == nil || a.engine:
		case a.module != "" && !exists(a.File):
			want = append(want, path)
		default:
			for _, imp := range a.Imports {
				visit(imp)
			}
		}
	}
	for _, path := range paths {
		visit(path)
	}
	slices.Sort(want)
	return want
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// forget drops what is known of modules, after go.mod changed.
func (s *Session) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.modules)
}

// Get adds a module to the session's: an import path or a module's path, with @version (a version, branch, commit,
// latest, none) or without, or a local folder that holds a go.mod (./mylib, relative to the notebook's folder). It
// uses the network, as the only method. Errors of the go command are *GoError; they leave the module as it was.
func (s *Session) Get(ctx context.Context, spec string) (Resolved, error) {
	s.module.Lock()
	defer s.module.Unlock()
	undo, err := s.backup()
	if err != nil {
		return Resolved{}, err
	}
	var r Resolved
	if strings.HasPrefix(spec, ".") || filepath.IsAbs(spec) {
		r, err = s.getFolder(ctx, spec)
	} else {
		r, err = s.getModule(ctx, spec)
	}
	if err != nil {
		undo()
		return Resolved{}, err
	}
	if s.loadedFrom(r.Path) {
		r.Note += "; packages of it are loaded already: if they differ, restart the kernel"
	}
	s.forget()
	return r, nil
}

func (s *Session) getModule(ctx context.Context, spec string) (Resolved, error) {
	path, version, _ := strings.Cut(spec, "@")
	if err := s.goCommand(ctx, "get", "--", spec); err != nil {
		return Resolved{}, fmt.Errorf("getting %s: %w", spec, err)
	}
	if version == "none" {
		return Resolved{Path: path, Version: "none", Note: "removed " + path}, nil
	}
	r, err := s.provider(ctx, path)
	if err != nil {
		return Resolved{}, fmt.Errorf("getting %s: %w", spec, err)
	}
	r.Note = strings.TrimSpace("added " + r.Path + " " + r.Version)
	return r, nil
}

// provider finds the module of a package, or of a module without a package at its root.
func (s *Session) provider(ctx context.Context, path string) (Resolved, error) {
	t := s.engine.toolchain
	ask := func(to any, args ...string) error {
		argv := append([]string{t.Go, "list", "-mod=mod", "-e"}, args...)
		res, err := run(ctx, command{dir: s.dir, env: t.env, argv: append(argv, "--", path)})
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return explainGo(res.log, err)
		}
		return json.Unmarshal(res.stdout, to)
	}
	var pkg struct{ Module *Resolved }
	if err := ask(&pkg, "-find", "-json=Module"); err != nil {
		return Resolved{}, err
	}
	if pkg.Module != nil {
		return Resolved{Path: pkg.Module.Path, Version: pkg.Module.Version}, nil
	}
	var module Resolved
	err := ask(&module, "-m", "-json=Path,Version")
	return module, err
}

// getFolder replaces the folder's module by the folder.
func (s *Session) getFolder(ctx context.Context, spec string) (Resolved, error) {
	folder := spec
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(s.notebook, folder)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Resolved{}, err
	}
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		return Resolved{}, fmt.Errorf("getting %s: %s holds no go.mod: make it a module first (!cd %s && go mod init example.com/%s)",
			spec, folder, spec, filepath.Base(folder))
	}
	path := moduleLine(mod)
	if path == "" {
		return Resolved{}, fmt.Errorf("getting %s: its go.mod has no module line", spec)
	}
	if err := s.goCommand(ctx, "mod", "edit", "-replace="+path+"="+folder, "-require="+path+"@v0.0.0"); err != nil {
		return Resolved{}, fmt.Errorf("getting %s: %w", spec, err)
	}
	// What the folder's module requires is fetched by asking for all its packages and what they import.
	if err := s.goCommand(ctx, "list", "-deps", "--", path+"/..."); err != nil {
		return Resolved{}, fmt.Errorf("getting %s: %w", spec, err)
	}
	return Resolved{Path: path, Version: folder, Note: fmt.Sprintf("added %s from %s", path, folder)}, nil
}

func (s *Session) goCommand(ctx context.Context, args ...string) error {
	t := s.engine.toolchain
	env := append(t.env[:len(t.env):len(t.env)], "GOFLAGS="+strings.TrimSpace(t.goflags+" -mod=mod")) // go mod edit refuses the flag
	res, err := run(ctx, command{dir: s.dir, env: env, argv: append([]string{t.Go}, args...)})
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return explainGo(res.log, err)
}

func (s *Session) loadedFrom(module string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for path := range s.linked {
		if path == module || strings.HasPrefix(path, module+"/") {
			return true
		}
	}
	return false
}

// backup reads go.mod and go.sum; undo writes them back.
func (s *Session) backup() (undo func(), err error) {
	saved := map[string][]byte{}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		saved[name] = data
	}
	return func() {
		for name, data := range saved {
			_ = writeFile(filepath.Join(s.dir, name), data) // the next command says what is wrong with the folder
		}
	}, nil
}

// writeModule writes the session's go.mod and go.sum: our module by the folder that the engine was built from, and what
// the notebook's own go.mod asks for.
func (s *Session) writeModule() error {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	mod, sum, err := s.notebookModule()
	if err != nil {
		return err
	}
	ours, err := os.ReadFile(filepath.Join(s.engine.Source, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	text := fmt.Sprintf("module nb\n\ngo %s\n\nrequire %s v0.0.0\n\nreplace %s => %s\n%s",
		MinGo, modulePath, modulePath, quoteMod(s.engine.Source), mod)
	if err := writeFile(filepath.Join(s.dir, "go.mod"), []byte(text)); err != nil {
		return err
	}
	return writeFile(filepath.Join(s.dir, "go.sum"), append(ours, sum...))
}
