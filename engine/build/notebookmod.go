package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// notebookModule gives the lines for the session's go.mod that make the notebook's module, and all it requires and
// replaces, importable as it is for a Go file beside the notebook; and its go.sum.
func (s *Session) notebookModule() (mod string, sum []byte, err error) {
	if s.notebook == "" {
		return "", nil, nil
	}
	root, err := filepath.Abs(s.notebook)
	if err != nil {
		return "", nil, err
	}
	for {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		if err == nil {
			sum, _ = os.ReadFile(filepath.Join(root, "go.sum")) // a module without dependencies has none
			return moduleLines(data, root), sum, nil
		}
		parent := filepath.Dir(root)
		if parent == root {
			return "", nil, nil
		}
		root = parent
	}
}

// moduleLines translates a go.mod that lies in root. A notebook in this very module gets the engine's copy of it.
func moduleLines(data []byte, root string) string {
	path := moduleLine(data)
	if path == "" || path == modulePath {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nrequire %s v0.0.0\n\nreplace %s => %s\n", path, path, quoteMod(root))
	for _, d := range directives(data) {
		words := strings.Fields(d)
		switch {
		case len(words) < 2 || words[1] == modulePath:
		case words[0] == "require" || words[0] == "exclude":
			fmt.Fprintf(&b, "\n%s\n", d)
		case words[0] == "replace":
			fmt.Fprintf(&b, "\n%s\n", absoluteReplace(d, root))
		}
	}
	return b.String()
}

// directives gives the lines of a go.mod with blocks undone: "require a v1.0.0".
func directives(data []byte) []string {
	var list []string
	verb := ""
	for line := range strings.Lines(string(data)) {
		if i := strings.Index(line, "//"); i >= 0 && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
		}
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case line == ")":
			verb = ""
		case strings.HasSuffix(line, "("):
			verb = strings.TrimSpace(strings.TrimSuffix(line, "(")) + " "
		default:
			list = append(list, verb+line)
		}
	}
	return list
}

// absoluteReplace makes the folder of `replace a => ../b` independent of where go.mod lies.
func absoluteReplace(d, root string) string {
	left, right, ok := strings.Cut(d, "=>")
	target := unquoteMod(strings.TrimSpace(right))
	if !ok || !strings.HasPrefix(target, ".") {
		return d
	}
	return left + "=> " + quoteMod(filepath.Join(root, filepath.FromSlash(target)))
}

func moduleLine(data []byte) string {
	for _, d := range directives(data) {
		if words := strings.Fields(d); len(words) == 2 && words[0] == "module" {
			return unquoteMod(words[1])
		}
	}
	return ""
}

// quoteMod writes a path for go.mod, which wants quotes around blanks and the like.
func quoteMod(path string) string {
	if strings.ContainsAny(path, " \t\"'`()[]{},;") || strings.Contains(path, "//") {
		return strconv.Quote(path)
	}
	return path
}

func unquoteMod(s string) string {
	if plain, err := strconv.Unquote(s); err == nil {
		return plain
	}
	return s
}
