package stdinfo

import (
	"go/token"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// entry is one package of the index.
type entry struct{ path, name string }

// tables are the index by path and by name.
var tables = sync.OnceValue(func() (t struct {
	byPath map[string]string
	byName map[string][]string
}) {
	t.byPath, t.byName = map[string]string{}, map[string][]string{}
	for _, e := range index {
		t.byPath[e.path] = e.name
		t.byName[e.name] = append(t.byName[e.name], e.path)
	}
	return t
})

// Packages returns the import paths of std, sorted; those a program may not import are left out.
func Packages() []string {
	paths := make([]string, len(index))
	for i, e := range index {
		paths[i] = e.path
	}
	return paths
}

// IsStd says whether path is an importable package of std.
func IsStd(path string) bool { return tables().byPath[path] != "" }

// Name returns the name that the std package of that path declares (math/rand/v2: rand), or "" outside std.
func Name(path string) string { return tables().byPath[path] }

// ByName returns the import paths of the std packages with that name, sorted; nil when there is none. Ambiguous are
// pprof, rand, scanner and template.
func ByName(name string) []string { return slices.Clone(tables().byName[name]) }

// Suggest decides which std package a missing import means: the one with that name which has every one of the members
// used as name.selector. Where several have them, ok is false (template.New is in text/template and
// html/template, which differ in what they let through; rand.Read in crypto/rand and math/rand), with
// one exception: of versions of one package the path without a version wins (rand.Float64 is math/rand's). Cost: the
// candidates are decoded when the name is ambiguous or a selector is given.
func Suggest(name string, selectors ...string) (path string, ok bool) {
	var having []string
	for _, p := range tables().byName[name] {
		if hasAll(p, selectors) {
			having = append(having, p)
		}
	}
	switch {
	case len(having) == 1:
		return having[0], true
	case len(having) > 1 && versionsOfOne(having):
		return having[0], true
	}
	return "", false
}

// Paths returns the std packages that have the name, in order.
func Paths(name string) []string { return slices.Clone(tables().byName[name]) }

// hasAll says whether the std package exports every name.
func hasAll(path string, names []string) bool {
	if len(names) == 0 {
		return true
	}
	std.mu.Lock()
	defer std.mu.Unlock()
	pkg, err := importStd(path)
	if err != nil {
		return false
	}
	for _, name := range names {
		if !token.IsExported(name) || pkg.Scope().Lookup(name) == nil {
			return false
		}
	}
	return true
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// versionsOfOne says whether the sorted paths are p, p/v2, p/v3 …
func versionsOfOne(paths []string) bool {
	for _, p := range paths[1:] {
		rest, ok := strings.CutPrefix(p, paths[0]+"/")
		if !ok || !version.MatchString(rest) {
			return false
		}
	}
	return true
}

// inStd says whether the elements of an import path begin with those of a std package or of std's own internal tree.
func inStd(elems []string) bool {
	if elems[0] == "internal" {
		return true
	}
	for _, e := range index {
		if e.path == elems[0] || strings.HasPrefix(e.path, elems[0]+"/") {
			return true
		}
	}
	return false
}
