package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
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

// unit prepares the package for the compiler: //go:embed patterns are looked up in the notebook's folder.
func (s *Session) unit(p Package) (unit, error) {
	u := unit{path: p.Path, files: p.Files}
	patterns, err := embedPatterns(p)
	if err != nil || len(patterns) == 0 {
		return u, err
	}
	if s.notebook == "" {
		return u, errors.New("//go:embed: the notebook's folder is not known")
	}
	config := embedConfig{Patterns: map[string][]string{}, Files: map[string]string{}}
	for _, pattern := range patterns {
		names, err := embedded(s.notebook, pattern)
		if err != nil {
			return u, fmt.Errorf("//go:embed %s: %w", pattern, err)
		}
		config.Patterns[pattern] = names
		for _, name := range names {
			config.Files[name] = filepath.Join(s.notebook, filepath.FromSlash(name))
		}
	}
	if u.embedHash, err = config.hash(); err != nil {
		return u, fmt.Errorf("//go:embed: %w", err)
	}
	u.embed, err = json.Marshal(config)
	return u, err
}

// embedConfig is the compiler's -embedcfg.
type embedConfig struct {
	Patterns map[string][]string // pattern → names, sorted
	Files    map[string]string   // name → file
}

// hash covers names and contents, and the files' places, which the compiler does not keep.
func (c embedConfig) hash() (string, error) {
	h := sha256.New()
	names := make([]string, 0, len(c.Files))
	for name := range c.Files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		data, err := os.ReadFile(c.Files[name])
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%q %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// embedPatterns lists the patterns of the directives above package variables, as the go command reads them.
func embedPatterns(p Package) ([]string, error) {
	var patterns []string
	for name, src := range p.Files {
		if !strings.Contains(string(src), "//go:embed") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, parseError(p.Path, err)
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				found, err := directive(c)
				if err != nil {
					return nil, err
				}
				patterns = append(patterns, found...)
			}
		}
	}
	slices.Sort(patterns)
	return slices.Compact(patterns), nil
}

func directive(c *ast.Comment) ([]string, error) {
	rest, ok := strings.CutPrefix(c.Text, "//go:embed")
	if !ok || rest == "" || (rest[0] != ' ' && rest[0] != '\t') {
		return nil, nil
	}
	var list []string
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		word := rest
		if rest[0] == '"' || rest[0] == '`' {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, fmt.Errorf("%s: unfinished quote", c.Text)
			}
			rest = rest[len(quoted):]
			word, _ = strconv.Unquote(quoted)
		} else if i := strings.IndexAny(rest, " \t"); i >= 0 {
			word, rest = rest[:i], rest[i:]
		} else {
			rest = ""
		}
		list = append(list, word)
	}
	return list, nil
}

// embedded lists the files, slash-separated and relative to dir, that the pattern stands for: folders with all below
// them, without names that begin with a dot or an underscore unless the pattern begins with "all:".
func embedded(dir, pattern string) ([]string, error) {
	glob, all := strings.CutPrefix(pattern, "all:")
	if _, err := path.Match(glob, ""); err != nil || !fs.ValidPath(glob) {
		return nil, errors.New("invalid pattern")
	}
	fsys := os.DirFS(dir)
	matches, err := fs.Glob(fsys, glob)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, match := range matches {
		err := fs.WalkDir(fsys, match, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if base := d.Name(); !all && name != match && (base[0] == '.' || base[0] == '_') {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() {
				names = append(names, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no matching files in %s", dir)
	}
	sort.Strings(names)
	return slices.Compact(names), nil
}
