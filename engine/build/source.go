package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// modulePath is the module that the engine's sources are, on the user's machine as in the repository.
const modulePath = "github.com/goblaze/goblaze"

// hostFolder holds the engine process's main package.
const hostFolder = "engine/host"

// Folders are the parts of the module that the engine is built from; main embeds exactly these.
var Folders = []string{"display", "vectorizer", "engine/parallel", "engine/rt", "engine/wire", "engine/host"}

// Checkout gives the engine's sources out of a folder that holds the whole module, for tests and for development;
// a kernel uses what is embedded in it.
func Checkout(root string) fs.FS { return checkout{os.DirFS(root)} }

type checkout struct{ fs.FS }

func (c checkout) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !wanted(path.Join(name, e.Name())) }), err
}

// wanted tells whether the file or folder is, holds, or lies in one of Folders.
func wanted(name string) bool {
	if name == "go.mod" || name == "go.sum" {
		return true
	}
	return slices.ContainsFunc(Folders, func(f string) bool {
		return name == f || strings.HasPrefix(name, f+"/") || strings.HasPrefix(f, name+"/")
	})
}

// snapshot is the engine's sources in memory: tests and their data left out, go.mod reduced to what is imported.
type snapshot struct {
	files    map[string][]byte
	names    []string // sorted
	packages []string // import paths of the packages that plugins may share with the host, sorted
	hash     string
}

func readSources(src fs.FS) (*snapshot, error) {
	s := &snapshot{files: map[string][]byte{}}
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && leftOut(src, name) {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := fs.ReadFile(src, name)
		s.files[name] = data
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the engine's sources: %w", err)
	}
	if s.files["go.mod"] == nil {
		return nil, fmt.Errorf("reading the engine's sources: no go.mod among the %d files", len(s.files))
	}
	s.sum()
	return s, nil
}

// leftOut tells whether the folder is no part of the build, by the go command's rules; a module of its own isn't.
func leftOut(src fs.FS, name string) bool {
	base := path.Base(name)
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return true
	}
	_, err := fs.Stat(src, path.Join(name, "go.mod"))
	return err == nil
}

// sum fills names, packages and hash.
func (s *snapshot) sum() {
	h := sha256.New()
	folders := map[string]bool{}
	for name := range s.files {
		s.names = append(s.names, name)
		if dir := path.Dir(name); strings.HasSuffix(name, ".go") && dir != hostFolder && !strings.HasPrefix(dir, hostFolder+"/") {
			folders[dir] = true
		}
	}
	sort.Strings(s.names)
	for _, name := range s.names {
		fmt.Fprintf(h, "%s %d\n", name, len(s.files[name]))
		h.Write(s.files[name])
	}
	for dir := range folders {
		s.packages = append(s.packages, path.Join(modulePath, dir))
	}
	sort.Strings(s.packages)
	s.hash = hex.EncodeToString(h.Sum(nil))
}

// extract writes the sources below dir and removes what else is there. Files are read-only: third-party modules that
// import vectorizer are compiled against them, and must see what the host was built from.
func (s *snapshot) extract(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	mod, sum, err := s.moduleFiles()
	if err != nil {
		return err
	}
	for _, name := range s.names {
		data := s.files[name]
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		mode := fs.FileMode(0o444)
		switch name {
		case "go.mod":
			data, mode = mod, 0o644
		case "go.sum":
			data, mode = sum, 0o644
		}
		if err := os.WriteFile(file, data, mode); err != nil {
			return err
		}
	}
	return nil
}

// moduleFiles reduces go.mod and go.sum to the modules that the extracted packages import, so that the kernel's own
// dependencies never meet a user's.
func (s *snapshot) moduleFiles() (mod, sum []byte, err error) {
	imports, err := s.imports()
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "module %s\n\ngo %s\n", modulePath, MinGo)
	kept := map[string]bool{}
	for _, r := range requirements(s.files["go.mod"]) {
		if slices.ContainsFunc(imports, func(p string) bool { return p == r.path || strings.HasPrefix(p, r.path+"/") }) {
			fmt.Fprintf(&out, "\nrequire %s %s\n", r.path, r.version)
			kept[r.path] = true
		}
	}
	var sums bytes.Buffer
	for line := range strings.Lines(string(s.files["go.sum"])) {
		if module, _, ok := strings.Cut(line, " "); ok && kept[module] {
			sums.WriteString(line)
		}
	}
	return out.Bytes(), sums.Bytes(), nil
}

// imports are the import paths of all files, sorted.
func (s *snapshot) imports() ([]string, error) {
	seen := map[string]bool{}
	for _, name := range s.names {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, s.files[name], parser.ImportsOnly)
		if err != nil {
			return nil, fmt.Errorf("the engine's sources: %w", err)
		}
		for _, spec := range file.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				seen[p] = true
			}
		}
	}
	paths := make([]string, 0, len(seen))
	for p := range seen {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	return paths, nil
}

type requirement struct{ path, version string }

// requirements reads the require lines of a go.mod as the go command writes it.
func requirements(mod []byte) []requirement {
	var list []requirement
	inBlock := false
	for line := range strings.Lines(string(mod)) {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		switch {
		case len(words) >= 2 && words[0] == "require" && words[1] == "(":
			inBlock = true
		case len(words) == 1 && words[0] == ")":
			inBlock = false
		case inBlock && len(words) == 2:
			list = append(list, requirement{words[0], words[1]})
		case len(words) == 3 && words[0] == "require":
			list = append(list, requirement{words[1], words[2]})
		}
	}
	return list
}
