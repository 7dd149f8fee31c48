package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Package is one cell package.
type Package struct {
	Path  string            // "nb/<hash of the content>"
	Files map[string][]byte // name → source; cgo is used where a file imports "C"
}

// Plugin is what Build gives. File is loaded by plugin.Open in the engine process; the inits of its packages, those of
// packages that were not loaded before, run then.
type Plugin struct {
	Root    string        // the plugin's path: the package, or a generated one that imports several
	File    string        // absolute path of the .so
	Size    int64         // bytes
	Cached  bool          // nothing was compiled or linked
	Compile time.Duration // wall time of compiling, 0 when cached
	Link    time.Duration // wall time of linking, 0 when cached
	Log     string        // what the tools wrote, mostly empty
}

// Session is the module of one notebook: its cells' packages and the modules they import. All methods may be called
// concurrently.
type Session struct {
	engine   *Engine
	dir      string
	notebook string
	lease    *lease

	module sync.Mutex // held while a go command may change or read go.mod

	mu      sync.Mutex
	cells   map[string]*archive // built by this session
	modules map[string]*archive // of third parties, as go list gave them
	linked  map[string]string   // third-party path → hash, in the plugins built for the present engine process
}

// Session opens a session whose module lies in dir (created; the caller removes it). notebook is the notebook's folder:
// its go.mod, or that of a folder above, is honoured when there, and //go:embed is relative to it; "" means none.
func (e *Engine) Session(dir, notebook string) (*Session, error) {
	s := &Session{engine: e, notebook: notebook, cells: map[string]*archive{}, modules: map[string]*archive{}, linked: map[string]string{}}
	var err error
	if s.dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := s.writeModule(); err != nil {
		return nil, fmt.Errorf("the session's module in %s: %w", s.dir, err)
	}
	if s.lease, err = e.store().newLease(); err != nil {
		return nil, unwritable(e.dir, err)
	}
	now := time.Now()
	_ = os.Chtimes(filepath.Join(e.dir, "ready.json"), now, now) // Clean keeps engines that are used
	return s, nil
}

// Close lets the cache forget what only this session needed. Builds that still run fail.
func (s *Session) Close() error { return s.lease.release() }

// EngineReplaced says that a fresh engine process runs: versions of modules that the old one had loaded bind no more.
// Cells that import a module whose version changed since must be built again before others can import them.
func (s *Session) EngineReplaced() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.linked)
}

// Build compiles the packages, which may import each other in any order, and links one plugin that holds them. What was
// built before, by any session, is taken from the cache. Nothing of a build that fails or is cancelled stays: neither
// package becomes importable. Errors: *CompileError, *LinkError, *StaleModule, or ctx's. It uses no network.
//
// A cell of 30 lines takes 0.2 to 0.35 s, a cached one 2 ms.
func (s *Session) Build(ctx context.Context, pkgs ...Package) (*Plugin, error) {
	if len(pkgs) == 0 {
		return nil, errors.New("nothing to build")
	}
	b, err := s.newBuild(pkgs)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(b.tmp)
	start := time.Now()
	if err := b.compileAll(ctx); err != nil {
		return nil, err
	}
	compiled := time.Since(start)
	p, err := b.link(ctx)
	if err != nil {
		return nil, err
	}
	if b.fresh {
		p.Compile, p.Cached = compiled, false
	}
	p.Log = b.log.String() + p.Log
	b.commit()
	return p, nil
}
