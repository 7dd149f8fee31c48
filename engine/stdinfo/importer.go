package stdinfo

import (
	"bytes"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

// ErrNotFound is wrapped by Import's error when neither std nor the fallback knows the path.
var ErrNotFound = errors.New("package not found")

// Fallback opens the export data of a package outside std, as `go list -export` names it: a compiler's archive or the
// bare export data. An error that wraps ErrNotFound says that there is no such package.
type Fallback func(path string) (io.ReadCloser, error)

// Importer imports packages for go/types: std from the embedded data, others through its fallback. Std packages are the
// same for all importers of the process, packages from the fallback the same for one importer; a session whose
// module versions change takes a new importer. It may be used concurrently. What a package's Imports method lists may be
// incomplete and still be filled in: import it before looking into its scope.
type Importer struct {
	fallback Fallback
	// world holds std and what the fallback gave, complete or only as far as others mention it; nil until the
	// fallback is first needed. Guarded by std.mu.
	world map[string]*types.Package
}

var _ types.ImporterFrom = (*Importer)(nil)

// std is the standard library as decoded so far. gcexportdata.Read fills in packages that it finds in the map, so one
// lock covers every read of the process.
var std = struct {
	mu    sync.Mutex
	fset  *token.FileSet
	world map[string]*types.Package // complete packages and, for others, the objects that complete ones mention
}{
	fset:  token.NewFileSet(),
	world: map[string]*types.Package{"unsafe": types.Unsafe},
}

// NewImporter returns an importer of std and, when fallback is not nil, of the packages it opens.
func NewImporter(fallback Fallback) *Importer { return &Importer{fallback: fallback} }

// Import returns the complete package of that import path.
func (i *Importer) Import(path string) (*types.Package, error) { return i.ImportFrom(path, "", 0) }

// ImportFrom is Import; the folder and the mode do not matter, because neither std nor a session's module has vendored copies.
func (i *Importer) ImportFrom(path, _ string, _ types.ImportMode) (*types.Package, error) {
	std.mu.Lock()
	defer std.mu.Unlock()
	if IsStd(path) {
		return importStd(path)
	}
	if elems := strings.Split(path, "/"); !strings.Contains(elems[0], ".") && slices.Contains(elems, "internal") && inStd(elems) {
		return nil, fmt.Errorf("use of internal package %s not allowed", path)
	}
	if i.fallback == nil {
		return nil, fmt.Errorf("package %s is not in std: %w", path, ErrNotFound)
	}
	return i.importOther(path)
}

// importStd returns a std package, decoding it when this is the first time. The caller holds std.mu.
func importStd(path string) (*types.Package, error) {
	if pkg := std.world[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	data, ok, err := typeArchive.read(path)
	if err == nil && !ok {
		err = errors.New("no entry of that name")
	}
	if err != nil {
		return nil, fmt.Errorf("stdinfo: data/types.zip, package %s: %w", path, err)
	}
	return gcexportdata.Read(bytes.NewReader(data), std.fset, std.world, path)
}

// importOther returns a package from the fallback. Export data carries what it mentions of other packages; so that its
// std types are ours whatever toolchain wrote it, all of std is decoded first (60 ms, once). The caller holds std.mu.
func (i *Importer) importOther(path string) (*types.Package, error) {
	if pkg := i.world[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	r, err := i.fallback(path)
	if err != nil {
		return nil, fmt.Errorf("package %s: %w", path, err)
	}
	defer r.Close()
	if i.world == nil {
		for _, e := range index {
			if _, err := importStd(e.path); err != nil {
				return nil, err
			}
		}
		i.world = maps.Clone(std.world)
	}
	//lint:ignore SA1019 up to Go 1.27 `go list -export` names archives, which only NewReader opens
	data, err := gcexportdata.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	world := maps.Clone(i.world) // so that a damaged file leaves nothing half read behind
	pkg, err := gcexportdata.Read(data, std.fset, world, path)
	if err != nil {
		return nil, fmt.Errorf("export data of %s: %w", path, err)
	}
	i.world = world
	return pkg, nil
}
