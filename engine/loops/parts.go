package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A part of a slice belongs to one item where a loop goes from one to the next in
// steps: the elements from its own index on,
//
//	for lo := 0; lo < n; lo += chunk { for i := lo; i < min(lo+chunk, n); i++ { out[i] = … } }
//
// or those whose numbers leave its own index when divided by a width, a column,
//
//	for x := range w { for y := range h { img[y*w+x] = … } }
//
// Whether two items' parts meet is seen before the start, on the loop's own
// indices.

// part interns a size or a width.
func (w *walker) part(x extent) int {
	text := strings.Join(x.factor(), ", ")
	n := slices.Index(w.a.parts, text)
	if n < 0 {
		n = len(w.a.parts)
		w.a.parts = append(w.a.parts, text)
	}
	return n
}

// columnOf recognises k*width + i, where i is the loop's own index.
func (w *walker) columnOf(e *ast.BinaryExpr) (index, bool) {
	if w.of != nil || w.a.noBlocks || e.Op != token.ADD || !wideInt(w.info.TypeOf(e)) {
		return index{}, false
	}
	for _, xy := range [][2]ast.Expr{{e.X, e.Y}, {e.Y, e.X}} {
		own := w.indexOf(xy[1])
		times, ok := unparen(xy[0]).(*ast.BinaryExpr)
		if !ok || times.Op != token.MUL || !bare(own) || !wideInt(w.info.TypeOf(times)) {
			continue
		}
		if _, stays := w.steadyExtent(times); stays { // a line
			continue
		}
		for _, f := range []ast.Expr{times.Y, times.X} {
			if width, ok := w.steadyExtent(f); ok {
				return index{kind: indexModulo, n: w.part(width), off: own.off}, true
			}
		}
	}
	return index{}, false
}

// fromOwn recognises i + k with 0 ≤ k < size, in a loop whose index i goes in
// steps of more than one.
func (w *walker) fromOwn(e *ast.BinaryExpr) (index, bool) {
	if w.of != nil || !w.a.strides || e.Op != token.ADD || !wideInt(w.info.TypeOf(e)) {
		return index{}, false
	}
	for _, xy := range [][2]ast.Expr{{e.X, e.Y}, {e.Y, e.X}} {
		own := w.indexOf(xy[0])
		if _, isConst := constInt(w.info, xy[1]); !bare(own) || isConst {
			continue
		}
		if _, top, ok := w.within(xy[1]); ok && w.steady(top) {
			return index{kind: indexPart, n: w.part(top), off: own.off}, true
		}
	}
	return index{}, false
}

// steady: no iteration assigns to what the extent depends on.
func (w *walker) steady(x extent) bool {
	for _, dep := range x.deps {
		if dep.root.kind != rootVar || len(dep.steps) > 0 || w.mutated[dep.root.v] {
			return false
		}
	}
	return true
}

// innerIndex recognises the variable of an inner loop that runs over the item's
// own part of a slice, from its start to its end or to where the slice ends.
func (w *walker) innerIndex(v types.Object) (index, bool) {
	n, ok := w.loops[v].(*ast.ForStmt)
	if !ok || w.of != nil || w.a.noBlocks || n.Post == nil || n.Cond == nil || !types.Identical(v.Type(), types.Typ[types.Int]) {
		return index{}, false
	}
	init, isAssign := n.Init.(*ast.AssignStmt)
	cond, isBinary := unparen(n.Cond).(*ast.BinaryExpr)
	if !isAssign || !isBinary || cond.Op != token.LSS || len(init.Lhs) != 1 || len(init.Rhs) != 1 {
		return index{}, false
	}
	id, isIdent := unparen(cond.X).(*ast.Ident)
	step, steps := w.a.stepOf(n.Post, v.(*types.Var))
	if !isIdent || w.info.Uses[id] != v || !steps || step <= 0 || w.a.newWalker(w.info, n.Body).mutated[v] {
		return index{}, false
	}
	return w.partIndex(init.Rhs[0], cond.Y)
}

// partIndex is the index of elements from lo up to hi: in the item's own block,
// or from its own index on.
func (w *walker) partIndex(lo, hi ast.Expr) (index, bool) {
	for _, top := range w.tops(hi, 0) {
		if ix, ok := w.windowIndex(lo, top); ok {
			return ix, true
		}
		start := w.indexOf(w.through(lo))
		if end, isSum := top.(*ast.BinaryExpr); w.a.strides && bare(start) && isSum && end.Op == token.ADD && wideInt(w.info.TypeOf(end)) {
			for _, xy := range [][2]ast.Expr{{end.X, end.Y}, {end.Y, end.X}} {
				own := w.indexOf(xy[0])
				size, ok := w.steadyExtent(xy[1])
				if bare(own) && ok {
					return index{kind: indexPart, n: w.part(size.plus(own.off - start.off)), off: start.off}, true
				}
			}
		}
	}
	return index{}, false
}

// tops are values that e is at most: itself, each argument of min, and what a
// variable is given that is only made smaller after.
func (w *walker) tops(e ast.Expr, depth int) []ast.Expr {
	e = w.through(e)
	out := []ast.Expr{e}
	if depth > 4 {
		return out
	}
	switch x := e.(type) {
	case *ast.CallExpr:
		if tv := w.info.Types[unparen(x.Fun)]; tv.IsBuiltin() && builtinName(w.info, unparen(x.Fun)) == "min" {
			for _, arg := range x.Args {
				out = append(out, w.tops(arg, depth+1)...)
			}
		}
	case *ast.Ident:
		if v := w.info.Uses[x]; v != nil && w.local[v] && w.alias[v] != nil && w.a.onlySmaller(v) {
			out = append(out, w.tops(w.alias[v], depth+1)...)
		}
	}
	return out
}

// onlySmaller: v changes in if v > x { v = x } alone.
func (a *analysis) onlySmaller(v types.Object) bool {
	is := func(e ast.Expr) bool {
		id, ok := unparen(e).(*ast.Ident)
		return ok && a.in.Info.Uses[id] == v
	}
	fine := map[ast.Node]bool{}
	ok := true
	ast.Inspect(a.in.Loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			cmp, isCmp := unparen(n.Cond).(*ast.BinaryExpr)
			if !isCmp || len(n.Body.List) != 1 || n.Init != nil || cmp.Op != token.GTR && cmp.Op != token.GEQ || !is(cmp.X) {
				break
			}
			if as, isAssign := n.Body.List[0].(*ast.AssignStmt); isAssign && as.Tok == token.ASSIGN && len(as.Lhs) == 1 && len(as.Rhs) == 1 &&
				is(as.Lhs[0]) && types.ExprString(as.Rhs[0]) == types.ExprString(cmp.Y) && a.settled(cmp.Y) {
				fine[as] = true
			}
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				ok = ok && (!is(l) || fine[n])
			}
		case *ast.IncDecStmt:
			ok = ok && !is(n.X)
		case *ast.UnaryExpr:
			ok = ok && (n.Op != token.AND || !is(n.X))
		case *ast.RangeStmt:
			ok = ok && (n.Key == nil || !is(n.Key)) && (n.Value == nil || !is(n.Value))
		}
		return ok
	})
	return ok
}
