package loops

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// A line is an index that goes forth or back with the loop's own: base + i, or
// base - i, where base has one value all through the loop; or another variable of
// the loop's head, whose values are listed.
type line struct {
	back bool
	base string // as it can be written before the loop
	list string
	deps []*loc // what it depends on: no iteration may write it
}

// lineOf recognises the own index plus or minus what stays, and what stays minus
// the own index.
func (w *walker) lineOf(e *ast.BinaryExpr, x, y index) (index, bool) {
	if w.of != nil || w.a.noBlocks || !wideInt(w.info.TypeOf(e)) {
		return index{}, false
	}
	switch {
	case bare(x):
		if b, ok := w.steadyExtent(e.Y); ok {
			sign := ""
			if e.Op == token.SUB {
				sign, b.add = "-", -b.add
			}
			return w.onLine(sign, b, x.off, false), true
		}
	case bare(y):
		if b, ok := w.steadyExtent(e.X); ok {
			if e.Op == token.SUB {
				return w.onLine("", b, -y.off, true), true
			}
			return w.onLine("", b, y.off, false), true
		}
	}
	return index{}, false
}

// steadyExtent is an extent of variables that nothing in the loop assigns to: a
// read on a line that moved would be looked for in another place.
func (w *walker) steadyExtent(e ast.Expr) (extent, bool) {
	x, ok := w.extent(e)
	for _, dep := range x.deps {
		ok = ok && dep.root.kind == rootVar && len(dep.steps) == 0 && !w.mutated[dep.root.v]
	}
	return x, ok
}

// fixedIndex recognises an index that has one value all through the loop.
func (w *walker) fixedIndex(e ast.Expr) index {
	if w.of != nil || w.a.noBlocks || !wideInt(w.info.TypeOf(e)) {
		return index{}
	}
	x, ok := w.steadyExtent(e)
	if !ok || len(x.factors) == 0 {
		return index{}
	}
	text := strings.Join(x.factors, "*")
	n := slices.Index(w.a.fixed, text)
	if n < 0 {
		n = len(w.a.fixed)
		w.a.fixed = append(w.a.fixed, text)
	}
	return index{kind: indexFixed, n: n, off: x.add}
}

// bare: the loop's own index, plus a constant.
func bare(ix index) bool { return ix.kind == indexOwn && ix.n == 0 }

// onLine is the index on the line whose base is b, off further on.
func (w *walker) onLine(sign string, b extent, off int64, back bool) index {
	base := "0"
	if len(b.factors) > 0 {
		base = sign + strings.Join(b.factors, "*")
	}
	n := slices.IndexFunc(w.a.lines, func(l line) bool { return l.list == "" && l.back == back && l.base == base })
	if n < 0 {
		n = len(w.a.lines)
		w.a.lines = append(w.a.lines, line{back: back, base: base, deps: b.deps})
	}
	return index{kind: indexOwn, n: n + 1, off: b.add + off}
}
