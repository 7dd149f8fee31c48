package build

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// archive is a compiled package.
type archive struct {
	Path    string   // import path
	File    string   // the archive, with export data and object code
	Size    int64    // bytes
	Imports []string // import paths as the linker knows them (std's vendored ones resolved)
	Hash    string   `json:",omitempty"` // of the content; empty for the engine's packages, which the engine's key covers

	engine  bool              // shared with the host
	module  string            // its module's path, for third-party packages
	against map[string]string // of a cell: import path → hash it was compiled against
}

// listed is what go list -json says of a package.
type listed struct {
	ImportPath, Export string
	Imports            []string
	ImportMap          map[string]string
	Module             *struct {
		Path, Version string
		Replace       *struct{ Path, Version string }
	}
	Error *struct {
		ImportStack []string
		Err         string
	}
}

// list compiles the packages and all they import for plugins and says where their archives lie in Go's own build
// cache. It never uses the network when offline is set. Cost: 0.3 to 0.7 s, plus what must be compiled.
func (t *Toolchain) list(ctx context.Context, dir string, offline bool, paths []string) ([]*archive, error) {
	env := t.env
	if offline {
		env = append(env[:len(env):len(env)], "GOPROXY=off")
	}
	argv := []string{t.Go, "list", "-mod=mod", "-buildvcs=false", "-buildmode=plugin", "-export", "-deps",
		"-json=ImportPath,Export,Imports,ImportMap,Module,Error", "--"}
	res, err := run(ctx, command{dir: dir, env: env, argv: append(argv, paths...), nice: offline})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, explainGo(res.log, err)
	}
	return parseList(res.stdout)
}

func parseList(out []byte) ([]*archive, error) {
	var archives []*archive
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			return archives, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: unreadable output: %w", err)
		}
		if p.Error != nil {
			return nil, errors.New(strings.TrimSpace(p.Error.Err))
		}
		if p.Export == "" {
			continue // unsafe
		}
		info, err := os.Stat(p.Export)
		if err != nil {
			return nil, err
		}
		a := &archive{Path: p.ImportPath, File: p.Export, Size: info.Size(), Hash: filepath.Base(p.Export)}
		if p.Module != nil {
			a.module = p.Module.Path
		}
		for _, imp := range p.Imports {
			if to, ok := p.ImportMap[imp]; ok {
				imp = to
			}
			if imp != "C" && imp != "unsafe" {
				a.Imports = append(a.Imports, imp)
			}
		}
		archives = append(archives, a)
	}
}

// adopt gives the archives a place in our own cache, by hard link where the file system allows it (no bytes used) and
// by copy else: go clean -cache, or its weekly trimming, cannot then break a session. File becomes a name within dir.
func adopt(dir string, archives []*archive) ([]*archive, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, a := range archives {
		name := strings.ReplaceAll(a.Path, "/", "@") + ".a"
		if err := linkOrCopy(a.File, filepath.Join(dir, name)); err != nil {
			return nil, err
		}
		a.File, a.Hash = name, ""
	}
	return archives, nil
}

func linkOrCopy(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// linkerNeeds are linked into every plugin though no source names them.
var linkerNeeds = []string{"runtime", "runtime/cgo"}

// closure is the archives of paths and of all they import, the imported first. find returns nil for what is unknown.
func closure(paths []string, find func(string) *archive) ([]*archive, error) {
	var order []*archive
	seen := map[string]bool{"unsafe": true, "C": true}
	var visit func(path, from string) error
	visit = func(path, from string) error {
		if seen[path] {
			return nil
		}
		seen[path] = true
		a := find(path)
		if a == nil {
			return fmt.Errorf("no compiled package %q (imported by %s)", path, from)
		}
		for _, imp := range a.Imports {
			if err := visit(imp, path); err != nil {
				return err
			}
		}
		order = append(order, a)
		return nil
	}
	for _, path := range paths {
		if err := visit(path, "the cell"); err != nil {
			return nil, err
		}
	}
	return order, nil
}

// importConfig is what the compiler and the linker read to find packages.
func importConfig(archives []*archive) []byte {
	var b bytes.Buffer
	for _, a := range archives {
		fmt.Fprintf(&b, "packagefile %s=%s\n", a.Path, a.File)
	}
	return b.Bytes()
}
