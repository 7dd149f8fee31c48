package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// layout is the version of everything below an engine's folder; another number is another folder.
const layout = 1

// Engine is a host binary and the archives that it shares with plugins. It is immutable and safe for concurrent use.
type Engine struct {
	Binary string // the engine process's program
	Source string // the folder of the module it was built from

	toolchain *Toolchain
	dir       string // <cache>/engine/<key>
	key       string
	packages  map[string]*archive // std, and the shared packages of ours
	linker    linker
}

// manifest is ready.json: written last, so an engine is whole if and only if it is there and true.
type manifest struct {
	Go       string // for people who look
	Engine   stamp
	Linker   linker
	Packages []*archive
}

// stamp recognises a file without reading it.
type stamp struct {
	Size    int64
	ModTime int64 // ns since 1970
}

func stampOf(file string) (stamp, error) {
	info, err := os.Stat(file)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime().UnixNano()}, nil
}

// Ready gives the engine if it was built before and nothing of it is missing; it runs no tool (about 10 ms).
func (t *Toolchain) Ready(src fs.FS) (*Engine, bool) {
	snap, err := readSources(src)
	if err != nil {
		return nil, false
	}
	root, err := CacheDir()
	if err != nil {
		return nil, false
	}
	e, err := t.open(root, snap)
	return e, err == nil
}

// Engine gives the engine for the sources, and builds it first where needed: the host by go build, then the archives of
// std and of our packages as plugins need them. That takes about a minute when Go has never built std for plugins, and
// some seconds else; log is told what happens, one line each. Two processes may call it at once: one builds, the other
// waits. Modules that the host needs may be fetched from the network.
func (t *Toolchain) Engine(ctx context.Context, src fs.FS, log io.Writer) (*Engine, error) {
	snap, err := readSources(src)
	if err != nil {
		return nil, err
	}
	root, err := CacheDir()
	if err != nil {
		return nil, err
	}
	if e, err := t.open(root, snap); err == nil {
		return e, nil
	}
	dir := engineDir(root, t.key(snap))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, unwritable(root, err)
	}
	lock, err := lockFile(ctx, filepath.Join(dir, "lock"), true, func() {
		fmt.Fprintln(log, "another process is building the engine; waiting for it")
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, unwritable(root, err)
	}
	defer lock.Close()
	if e, err := t.open(root, snap); err == nil {
		return e, nil
	}
	if err := t.buildEngine(ctx, dir, snap, log); err != nil {
		return nil, err
	}
	return t.open(root, snap)
}

func unwritable(root string, err error) error {
	return fmt.Errorf("cannot write the cache folder %s (%w): make it writable, or set GOBLAZE_CACHE to a folder that is", root, err)
}

func engineDir(root, key string) string { return filepath.Join(root, "engine", key[:24]) }

func (t *Toolchain) key(snap *snapshot) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s", layout, t.id, snap.hash))
	return hex.EncodeToString(sum[:])
}

// open reads the manifest and checks that the files it names are there, whole.
func (t *Toolchain) open(root string, snap *snapshot) (*Engine, error) {
	e := &Engine{toolchain: t, key: t.key(snap), packages: map[string]*archive{}}
	e.dir = engineDir(root, e.key)
	e.Binary, e.Source = filepath.Join(e.dir, "engine"), filepath.Join(e.dir, "src")
	data, err := os.ReadFile(filepath.Join(e.dir, "ready.json"))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(e.dir, "ready.json"), err)
	}
	if now, err := stampOf(e.Binary); err != nil || now != m.Engine {
		return nil, fmt.Errorf("%s is not the file that was built", e.Binary)
	}
	if _, err := os.Stat(filepath.Join(e.Source, "go.mod")); err != nil {
		return nil, err
	}
	for _, a := range m.Packages {
		a.engine = true
		a.File = filepath.Join(e.dir, "pkg", a.File)
		if info, err := os.Stat(a.File); err != nil || info.Size() != a.Size {
			return nil, fmt.Errorf("%s is missing or cut short", a.File)
		}
		e.packages[a.Path] = a
	}
	e.linker = m.Linker
	return e, nil
}

// buildEngine does the work in place, because archives remember the folder they were compiled in; the lock is held.
func (t *Toolchain) buildEngine(ctx context.Context, dir string, snap *snapshot, log io.Writer) error {
	start := time.Now()
	if err := t.CheckC(ctx); err != nil {
		return err
	}
	ready := filepath.Join(dir, "ready.json")
	if err := os.Remove(ready); err != nil && !os.IsNotExist(err) {
		return err
	}
	fmt.Fprintf(log, "building the engine with %s (once per Go version and release)\n", t.Version)
	src := filepath.Join(dir, "src")
	if err := snap.extract(src); err != nil {
		return fmt.Errorf("extracting the engine's sources to %s: %w", src, err)
	}
	if err := t.buildHost(ctx, src, filepath.Join(dir, "engine")); err != nil {
		return err
	}
	fmt.Fprintln(log, "compiling the standard library for plugins")
	packages, err := t.list(ctx, src, false, append([]string{"std"}, snap.packages...))
	if err != nil {
		return fmt.Errorf("listing the archives of the standard library: %w", err)
	}
	if packages, err = adopt(filepath.Join(dir, "pkg"), packages); err != nil {
		return fmt.Errorf("keeping the archives of the standard library: %w", err)
	}
	fmt.Fprintln(log, "choosing the linker")
	m := manifest{Go: t.Version, Packages: packages}
	if m.Linker, err = t.chooseLinker(ctx, dir, packages); err != nil {
		return err
	}
	if m.Engine, err = stampOf(filepath.Join(dir, "engine")); err != nil {
		return err
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := writeFile(ready, data); err != nil {
		return err
	}
	fmt.Fprintf(log, "engine ready after %.0f s\n", time.Since(start).Seconds())
	return nil
}

func (t *Toolchain) buildHost(ctx context.Context, src, binary string) error {
	tmp := binary + ".new"
	res, err := run(ctx, command{
		dir: src, env: t.env,
		argv: []string{t.Go, "build", "-mod=mod", "-buildvcs=false", "-ldflags=-s -w", "-o", tmp, "./" + hostFolder},
	})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("building the engine in %s: %w", src, explainGo(res.log, err))
	}
	return os.Rename(tmp, binary)
}

// writeFile replaces the file in one step.
func writeFile(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
