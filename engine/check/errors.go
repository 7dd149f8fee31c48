package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// CellFile returns the name that line directives give to cell n.
func CellFile(n int) string { return stack.FileName(n) }

// CellOf returns the cell a line directive's file name stands for.
func CellOf(file string) (n int, ok bool) { return stack.CellOf(file) }

// An Error is one mistake in a cell, in the compiler's words.
type Error struct {
	File      string // as CellFile gives it
	Line, Col int    // 1-based, Col in bytes
	Msg       string
	Hint      string // what to do, may be empty
}

// Error gives `cell 3, line 4, column 9: undefined: tokenise`.
func (e Error) Error() string {
	var b strings.Builder
	if n, ok := CellOf(e.File); ok {
		fmt.Fprintf(&b, "cell %d, line %d, column %d: ", n, e.Line, e.Col)
	}
	b.WriteString(e.Msg)
	if e.Hint != "" {
		b.WriteString(" (" + e.Hint + ")")
	}
	return b.String()
}

// An ErrorList is what Check found, in the order of the cell.
type ErrorList []Error

func (l ErrorList) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

func (l ErrorList) sort() {
	sort.SliceStable(l, func(i, j int) bool {
		a, b := l[i], l[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
}

// unqualified matches the qualifier that the checker gives types of earlier
// cells: for the user all cells are one package.
var unqualified = regexp.MustCompile(`(^|[^\w.])main\.`)

// add appends the checker's error; a continuation ("\tother declaration of x")
// joins the one before.
func (l ErrorList) add(u *Unit, req *Request, e types.Error) ErrorList {
	if strings.HasPrefix(e.Msg, "\t") && len(l) > 0 {
		p := u.Fset.Position(e.Pos)
		if n, ok := CellOf(p.Filename); ok {
			last := &l[len(l)-1]
			if !strings.HasSuffix(last.Msg, ":") {
				last.Msg += ";"
			}
			last.Msg += fmt.Sprintf(" %s (cell %d, line %d)", strings.TrimSpace(e.Msg), n, p.Line)
		}
		return l
	}
	hint := ""
	if name, ok := strings.CutPrefix(e.Msg, "undefined: "); ok {
		hint = u.didYouMean(name, e.Pos)
		paths := u.pathsOf(req, name, e.Pos)
		switch {
		case req.Imports[name] != "":
			e.Msg, hint = "use of package "+name+" without selector", "a package's names stand behind a dot: "+name+".…"
		case len(paths) > 0:
			hint = "import " + strings.Join(paths, " or ")
		case name == "C":
			hint = "C is what the comment before import \"C\" declares, in this cell only: repeat both here, or call a Go function of that cell"
		case hint == "" && u.inFunction(e.Pos) && !strings.Contains(name, "."):
			hint = "declare " + name + " first, or in this cell: functions that need each other go into one cell"
		}
	}
	if strings.HasPrefix(e.Msg, "too many return values") && u.atTopLevel(e.Pos) {
		hint = "outside of a function nothing is returned: a last line that is an expression shows its value"
	}
	if strings.Contains(e.Msg, "(missing method ") && u.inFunction(e.Pos) {
		hint = "methods that need each other go into one cell"
	}
	return append(l, u.errorAt(e.Pos, unqualified.ReplaceAllString(e.Msg, "$1"), hint))
}

// pathsOf returns the std packages that an undefined name before a dot may
// mean, in quotes.
func (u *Unit) pathsOf(req *Request, name string, at token.Pos) (paths []string) {
	end := u.Offset(at) + len(name)
	if req.Paths == nil || end >= len(u.Src) || u.Src[end] != '.' {
		return nil
	}
	for _, p := range req.Paths(name) {
		paths = append(paths, strconv.Quote(p))
	}
	return paths
}

// inFunction reports whether a position lies in a declared function or method.
func (u *Unit) inFunction(p token.Pos) bool {
	for _, d := range u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd != u.Run && fd.Pos() <= p && p < fd.End() {
			return true
		}
	}
	return false
}

// atTopLevel reports whether a position is in a statement of the cell itself,
// not in a function or a function literal.
func (u *Unit) atTopLevel(p token.Pos) bool {
	return !u.inFunction(p) && u.Run != nil && !inLiteral(u.Run.Body, p)
}

// inLiteral reports whether a position is in the body of a function literal
// under the node.
func inLiteral(root ast.Node, p token.Pos) bool {
	in := false
	ast.Inspect(root, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncLit); ok && p >= f.Body.Pos() && p < f.Body.End() {
			in = true
		}
		return !in
	})
	return in
}

func (u *Unit) errorAt(p token.Pos, msg, hint string) Error {
	pos := u.Fset.Position(p)
	return Error{File: pos.Filename, Line: pos.Line, Col: pos.Column, Msg: msg, Hint: hint}
}

// didYouMean proposes the name nearest to one that is undefined, among those
// visible at its position.
func (u *Unit) didYouMean(name string, at token.Pos) string {
	if root, sel, ok := strings.Cut(name, "."); ok {
		for _, im := range u.Pkg.Imports() {
			if im.Name() == root {
				if best := nearest(sel, im.Scope().Names()); best != "" {
					return "did you mean " + root + "." + best + "?"
				}
			}
		}
		return ""
	}
	names := append(u.Pkg.Scope().Names(), types.Universe.Names()...)
	names = append(names, u.locals(at)...)
	for _, im := range u.Imports {
		names = append(names, im.Name)
	}
	for _, v := range u.Vars {
		names = append(names, v.Name())
	}
	if best := nearest(name, names); best != "" {
		return "did you mean " + best + "?"
	}
	return ""
}

// locals returns the names declared in the functions around a position, before
// it.
func (u *Unit) locals(at token.Pos) (names []string) {
	for node, scope := range u.Info.Scopes {
		if _, ok := node.(*ast.File); ok || !scope.Contains(at) {
			continue
		}
		for _, n := range scope.Names() {
			if scope.Lookup(n).Pos() < at {
				names = append(names, n)
			}
		}
	}
	return names
}

// nearest returns the name within a third of its length in edits (at least
// one), or "".
func nearest(name string, names []string) string {
	best, bestD := "", max(1, len(name)/3)
	if len(name) < 2 {
		bestD = 0 // every letter is near to every other
	}
	for _, n := range names {
		if n == name || strings.HasPrefix(n, "gbz") {
			continue
		}
		if strings.EqualFold(n, name) {
			return n
		}
		if d := editDistance(name, n); d < bestD || d == bestD && (best == "" || n < best) {
			best, bestD = n, d
		}
	}
	return best
}

// editDistance is Levenshtein's, in runes.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		prev := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			prev, row[j+1] = row[j+1], min(prev+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
