package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
)

// A window is a slice of a slice that lies in the item's own block of it, the row
// y*w : (y+1)*w of a matrix. As a value it is the address of an element of the
// block that is not known closer: whatever its indices, its elements are there.

// window gives x[lo:hi] as a window of every slice that x may be; false where it
// is none. In the parallel form a window has no spare capacity, so that what goes
// past its length fails instead of reaching another item's block.
func (w *walker) window(e *ast.SliceExpr, vals set) (set, bool) {
	st, ok := w.info.TypeOf(e.X).Underlying().(*types.Slice)
	if !ok {
		return nil, false
	}
	if len(vals) > 0 && w.allWindows(vals) { // a part of one is one
		return vals, true
	}
	if e.Low == nil || e.High == nil || e.Slice3 && types.ExprString(e.Max) != types.ExprString(e.High) {
		return nil, false
	}
	ix, ok := w.partIndex(e.Low, e.High)
	if !ok {
		return nil, false
	}
	out := set{}
	for v := range vals {
		if v.addr || v.isSite() || elemOf(v.typ, stepSlice) == nil {
			return nil, false
		}
		out[w.a.locs.addrOf(w.a.locs.extend(v, step{kind: stepSlice, index: ix}, st.Elem()))] = struct{}{}
	}
	if len(out) > 0 && !e.Slice3 {
		w.a.windows[e] = true
	}
	return out, len(out) > 0
}

// allWindows tells whether values are windows.
func (w *walker) allWindows(vals set) bool {
	for v := range vals {
		if !v.isWindow() {
			return false
		}
	}
	return true
}

// isWindow: slices that begin somewhere in a block.
func (l *loc) isWindow() bool {
	n := len(l.steps)
	return l.addr && n > 0 && l.steps[n-1].kind == stepSlice && (l.steps[n-1].index.kind == indexBlock || l.steps[n-1].index.kind == indexPart)
}

// windowIndex recognises the bounds of a part of the item's own block: lo is in
// it, hi at most its end.
func (w *walker) windowIndex(lo, hi ast.Expr) (index, bool) {
	if w.of != nil || w.a.noBlocks {
		return index{}, false
	}
	ix, ok := w.blockStart(lo)
	if !ok {
		return index{}, false
	}
	size := w.a.blocks[ix.n]
	h, ok := w.through(hi).(*ast.BinaryExpr)
	if !ok {
		return index{}, false
	}
	if h.Op == token.MUL { // (i+1)*w
		end, m, ok := w.ownTimes(h)
		if ok {
			end = w.inBlock(end, m)
		}
		return ix, ok && end.n == ix.n && end.off == ix.off+1
	}
	if h.Op != token.ADD { // i*w + k with k ≤ w
		return index{}, false
	}
	for _, xy := range [][2]ast.Expr{{h.X, h.Y}, {h.Y, h.X}} {
		own, m, ok := w.ownTimes(w.through(xy[0]))
		k, known := w.extent(xy[1])
		if ok && known && w.inBlock(own, m) == ix && k.most(extentOf(size.factors)) {
			return ix, true
		}
	}
	return index{}, false
}

// blockStart recognises i*size + r with r ≥ 0: where that is past the block, it
// is past its end, too.
func (w *walker) blockStart(lo ast.Expr) (index, bool) {
	lo = w.through(lo)
	if own, m, ok := w.ownTimes(lo); ok {
		return w.inBlock(own, m), true
	}
	b, ok := lo.(*ast.BinaryExpr)
	if !ok || b.Op != token.ADD || !wideInt(w.info.TypeOf(b)) {
		return index{}, false
	}
	for _, xy := range [][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
		own, m, ok := w.ownTimes(w.through(xy[0]))
		if _, _, positive := w.within(xy[1]); ok && positive {
			return w.inBlock(own, m), true
		}
	}
	return index{}, false
}

// keptWindows refuses to keep a window: the one of the parallel form has no spare
// capacity.
func (c *collector) keptWindows() {
	for _, e := range c.sh.w.effects {
		for v := range e.vals {
			if v.isWindow() && !e.head {
				c.refuse(e.node.Pos(), v.root.name(), "iterations keep a part of "+v.root.name()+" in "+e.l.name(), "keep a copy of it (slices.Clone)")
				break
			}
		}
	}
}

// windowEdits takes the spare capacity from windows.
func (g *gen) windowEdits() {
	for e := range g.a.windows {
		at := e.High.End()
		g.edits = append(g.edits, edit{at, at, ":" + g.a.source(e.High)})
	}
}

// extentOf is the size of a block.
func extentOf(factors []string) extent {
	if len(factors) == 1 {
		if c, err := strconv.ParseInt(factors[0], 10, 64); err == nil {
			return fixed(c)
		}
	}
	f := slices.Clone(factors)
	slices.Sort(f)
	return extent{factors: f}
}

// through is what a variable stands for that is given its value once.
func (w *walker) through(e ast.Expr) ast.Expr {
	for range 8 {
		id, ok := unparen(e).(*ast.Ident)
		if !ok {
			break
		}
		o := w.info.Uses[id]
		if o == nil || w.mutated[o] || !w.local[o] || w.alias[o] == nil {
			break
		}
		e = w.alias[o]
	}
	return unparen(e)
}
