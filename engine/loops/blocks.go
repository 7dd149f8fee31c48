package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A block is how many elements in a row belong to one item where a loop stores
// at i*size + r with 0 ≤ r < size: the row of a matrix in one slice.
type block struct {
	factors []string // as they can be written before the loop; their product is the size
	deps    []*loc   // what it depends on: no iteration may write it
}

// An extent is an int that has one value all through the loop: the product of
// the factors, plus add.
type extent struct {
	factors []string // sorted; none stands for 0
	add     int64
	deps    []*loc
}

func fixed(c int64) extent { return extent{add: c} }

// factor writes the extent as one operand of a product.
func (x extent) factor() []string {
	switch {
	case len(x.factors) == 0:
		return []string{strconv.FormatInt(x.add, 10)}
	case x.add == 0:
		return x.factors
	}
	return []string{"(" + strings.Join(x.factors, "*") + offset(x.add) + ")"}
}

func (x extent) times(y extent) extent {
	f := append(slices.Clone(x.factor()), y.factor()...)
	slices.Sort(f)
	return extent{factors: f, deps: append(slices.Clone(x.deps), y.deps...)}
}

func (x extent) plus(c int64) extent { x.add += c; return x }

// most tells whether x ≤ y for certain.
func (x extent) most(y extent) bool { return slices.Equal(x.factors, y.factors) && x.add <= y.add }

// blockOf recognises an index in the item's own block: i*size + r.
func (w *walker) blockOf(e *ast.BinaryExpr) (index, bool) {
	if w.of != nil || w.a.noBlocks || !wideInt(w.info.TypeOf(e)) {
		return index{}, false
	}
	if e.Op == token.MUL { // r = 0
		ix, m, ok := w.ownTimes(e)
		if !ok || !fixed(1).most(m) {
			return index{}, false
		}
		return w.inBlock(ix, m), true
	}
	if e.Op != token.ADD && e.Op != token.SUB { // i*7%5 leaves the block
		return index{}, false
	}
	terms := w.terms(e, false, nil)
	for i, t := range terms {
		ix, m, ok := w.ownTimes(t.e)
		if !ok || t.minus {
			continue
		}
		top, ok := w.sumWithin(slices.Delete(slices.Clone(terms), i, i+1))
		switch {
		case ok && top.most(m):
			return w.inBlock(ix, m), true
		case ok && w.takenFor(top, m, e):
			in := w.inBlock(ix, m)
			w.a.blocks[in.n].deps = append(w.a.blocks[in.n].deps, top.deps...)
			return in, true
		}
	}
	return index{}, false
}

// A term is one of a sum of ints.
type term struct {
	e     ast.Expr
	minus bool
}

// terms takes a sum apart.
func (w *walker) terms(e ast.Expr, minus bool, out []term) []term {
	b, ok := unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op != token.ADD && b.Op != token.SUB || !wideInt(w.info.TypeOf(b)) {
		return append(out, term{e, minus})
	}
	return w.terms(b.Y, minus != (b.Op == token.SUB), w.terms(b.X, minus, out))
}

// sumWithin recognises 0 ≤ sum < top: what stays and one that does not, v + c or
// x - v.
func (w *walker) sumWithin(terms []term) (top extent, ok bool) {
	var moving *term
	stays := fixed(0)
	for i, t := range terms {
		x, isExtent := w.extent(t.e)
		switch {
		case isExtent && len(x.factors) == 0 && t.minus:
			stays = stays.plus(-x.add)
		case isExtent && len(x.factors) == 0:
			stays = stays.plus(x.add)
		case isExtent && !t.minus && len(stays.factors) == 0:
			stays = extent{x.factors, stays.add + x.add, x.deps}
		case moving == nil:
			moving = &terms[i]
		default:
			return extent{}, false
		}
	}
	if moving == nil {
		return stays.plus(1), len(stays.factors) == 0 && stays.add >= 0
	}
	lo, top, ok := w.within(moving.e)
	switch {
	case !ok:
	case moving.minus: // lo ≤ v < top ≤ stays + 1
		return stays.plus(1 - lo), top.plus(-1).most(stays)
	case len(stays.factors) == 0:
		return top.plus(stays.add), lo+stays.add >= 0
	}
	return extent{}, false
}

// A bound is what is taken for granted of an index k*size + r, and seen before
// the start: that r stays below size.
type bound struct {
	top, size string
	pos       token.Pos
}

// takenFor takes for granted that top ≤ size, where the loop would be refused
// otherwise.
func (w *walker) takenFor(top, size extent, e ast.Expr) bool {
	if !w.a.trusting || slices.Equal(top.factors, size.factors) { // then it is known
		return false
	}
	b := bound{strings.Join(top.factor(), "*"), strings.Join(size.factor(), "*"), e.Pos()}
	if !slices.ContainsFunc(w.a.bounds, func(c bound) bool { return c.top == b.top && c.size == b.size }) {
		w.a.bounds = append(w.a.bounds, b)
	}
	return true
}

// ownTimes recognises own*m, where own is the loop's own index, or lies in the
// item's block.
func (w *walker) ownTimes(e ast.Expr) (own index, m extent, ok bool) {
	x, isMul := unparen(e).(*ast.BinaryExpr)
	if !isMul || x.Op != token.MUL || !wideInt(w.info.TypeOf(x)) {
		return index{}, extent{}, false
	}
	for _, xy := range [][2]ast.Expr{{x.X, x.Y}, {x.Y, x.X}} {
		own = w.indexOf(xy[0])
		if own.kind != indexOwn && own.kind != indexBlock || own.kind == indexOwn && own.n > 0 {
			continue
		}
		if m, ok = w.extent(xy[1]); ok {
			return own, m, true
		}
	}
	return index{}, extent{}, false
}

// inBlock is the index own*m + r, where 0 ≤ r < m: m elements belong to each
// value of own, so an item whose block has s of those has s*m.
func (w *walker) inBlock(own index, m extent) index {
	size := m
	if own.kind == indexBlock {
		b := w.a.blocks[own.n]
		size = m.times(extent{factors: b.factors, deps: b.deps})
	}
	f := size.factor()
	for n, b := range w.a.blocks {
		if slices.Equal(b.factors, f) {
			return index{kind: indexBlock, n: n, off: own.off}
		}
	}
	w.a.blocks = append(w.a.blocks, block{f, size.deps})
	return index{kind: indexBlock, n: len(w.a.blocks) - 1, off: own.off}
}

// extent recognises an int that has one value all through the loop, and can be
// written before it.
func (w *walker) extent(e ast.Expr) (extent, bool) {
	e = unparen(e)
	if c, ok := constInt(w.info, e); ok {
		return fixed(c), true
	}
	switch e := e.(type) {
	case *ast.Ident:
		v, ok := w.info.Uses[e].(*types.Var)
		if ok && w.local[v] && !w.mutated[v] && w.alias[v] != nil {
			return w.extent(w.alias[v])
		}
		return w.outside(e)
	case *ast.SelectorExpr:
		return w.outside(e)
	case *ast.CallExpr:
		if tv := w.info.Types[unparen(e.Fun)]; tv.IsBuiltin() && builtinName(w.info, unparen(e.Fun)) == "len" {
			if x, ok := w.outside(e.Args[0]); ok {
				return extent{factors: []string{"len(" + x.factors[0] + ")"}, deps: x.deps}, true
			}
		}
	case *ast.BinaryExpr:
		x, ok := w.extent(e.X)
		y, also := w.extent(e.Y)
		switch {
		case !ok || !also || !wideInt(w.info.TypeOf(e)):
		case e.Op == token.MUL:
			return x.times(y), true
		case e.Op == token.ADD && len(y.factors) == 0:
			return x.plus(y.add), true
		case e.Op == token.SUB && len(y.factors) == 0:
			return x.plus(-y.add), true
		}
	}
	return extent{}, false
}

// outside recognises a variable from outside the loop, or a field of one, whose
// name means it before the loop, too: an int, or what has a length.
func (w *walker) outside(e ast.Expr) (extent, bool) {
	e = unparen(e)
	base := e
	for {
		sel, ok := base.(*ast.SelectorExpr)
		if !ok {
			break
		}
		if s := w.info.Selections[sel]; s == nil || s.Kind() != types.FieldVal {
			return extent{}, false
		}
		base = unparen(sel.X)
	}
	id, ok := base.(*ast.Ident)
	if !ok {
		return extent{}, false
	}
	v, ok := w.info.Uses[id].(*types.Var)
	if !ok || w.local[v] || !w.a.visibleAtLoop(v) {
		return extent{}, false
	}
	t := w.info.TypeOf(e).Underlying()
	switch u := t.(type) {
	case *types.Slice, *types.Array:
	case *types.Basic:
		if u.Kind() != types.Int && u.Info()&types.IsString == 0 {
			return extent{}, false
		}
	default:
		return extent{}, false
	}
	x := extent{factors: []string{types.ExprString(e)}}
	for l := range w.place(e) {
		x.deps = append(x.deps, l)
	}
	return x, true
}

// visibleAtLoop tells whether the variable's name means it before the loop.
func (a *analysis) visibleAtLoop(v *types.Var) bool {
	scope := a.in.Pkg.Scope().Innermost(a.in.Loop.Pos())
	if scope == nil {
		scope = a.in.Pkg.Scope()
	}
	_, o := scope.LookupParent(v.Name(), a.in.Loop.Pos())
	if a.in.StandsFor != nil && o != nil {
		o = a.in.StandsFor(o)
	}
	return o == types.Object(v)
}

// within recognises lo ≤ e < top with lo ≥ 0: a constant, the variable of an
// inner loop, one of those plus or minus a constant, and k*size + r.
func (w *walker) within(e ast.Expr) (lo int64, top extent, ok bool) {
	e = unparen(e)
	if c, isConst := constInt(w.info, e); isConst {
		return c, fixed(c + 1), c >= 0
	}
	switch e := e.(type) {
	case *ast.Ident:
		v, isVar := w.info.Uses[e].(*types.Var)
		if !isVar {
			return 0, extent{}, false
		}
		if n := w.loops[v]; n != nil {
			return w.headOf(n, v)
		}
		if w.local[v] && !w.mutated[v] && w.alias[v] != nil {
			return w.within(w.alias[v])
		}
	case *ast.BinaryExpr:
		if !wideInt(w.info.TypeOf(e)) {
			break
		}
		c, isConst := constInt(w.info, e.Y)
		if isConst && (e.Op == token.ADD || e.Op == token.SUB) {
			if e.Op == token.SUB {
				c = -c
			}
			if lo, top, ok = w.within(e.X); ok {
				return lo + c, top.plus(c), lo+c >= 0
			}
		}
		if e.Op == token.SUB {
			top, ok = w.sumWithin(w.terms(e, false, nil))
			return 0, top, ok
		}
		if m, isMul := unparen(e.X).(*ast.BinaryExpr); isMul && m.Op == token.MUL && e.Op == token.ADD {
			return w.nested(m, e.Y)
		}
	}
	return 0, extent{}, false
}

// nested: 0 ≤ k < top and 0 ≤ r < size make 0 ≤ k*size + r < top*size.
func (w *walker) nested(m *ast.BinaryExpr, r ast.Expr) (int64, extent, bool) {
	_, outer, ok := w.within(m.X)
	size, isExtent := w.extent(m.Y)
	_, rest, also := w.within(r)
	return 0, outer.times(size), ok && isExtent && also && rest.most(size)
}

// headOf reads the bounds of an inner loop's variable that only its loop
// changes: for k := lo; k < top; k++, and for k := range top.
func (w *walker) headOf(n ast.Stmt, v *types.Var) (lo int64, top extent, ok bool) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if w.a.newWalker(w.info, n.Body).mutated[v] {
			return 0, extent{}, false
		}
		if _, isInt := w.info.TypeOf(n.X).Underlying().(*types.Basic); isInt {
			top, ok = w.extent(n.X)
			return 0, top, ok && types.Identical(v.Type(), types.Typ[types.Int])
		}
		x, ok := w.outside(n.X)
		if !ok {
			return 0, extent{}, false
		}
		return 0, extent{factors: []string{"len(" + x.factors[0] + ")"}, deps: x.deps}, true
	case *ast.ForStmt:
		init, isAssign := n.Init.(*ast.AssignStmt)
		cond, isBinary := unparen(n.Cond).(*ast.BinaryExpr)
		if !isAssign || !isBinary || len(init.Lhs) != 1 || len(init.Rhs) != 1 || w.a.newWalker(w.info, n.Body).mutated[v] {
			return 0, extent{}, false
		}
		id, isIdent := unparen(cond.X).(*ast.Ident)
		step, steps := w.a.stepOf(n.Post, v)
		lo, fromConst := constInt(w.info, init.Rhs[0])
		if !isIdent || w.info.Uses[id] != types.Object(v) || !steps || step <= 0 || !fromConst || lo < 0 {
			return 0, extent{}, false
		}
		top, ok = w.extent(cond.Y)
		if half, isQuo := unparen(cond.Y).(*ast.BinaryExpr); !ok && isQuo && half.Op == token.QUO { // w/2 ≤ w, where any k ≥ 0 is below it
			c, isConst := constInt(w.info, half.Y)
			top, ok = w.extent(half.X)
			ok = ok && isConst && c > 0 && wideInt(w.info.TypeOf(half))
		}
		if cond.Op == token.LEQ {
			top = top.plus(1)
		}
		return lo, top, ok && (cond.Op == token.LSS || cond.Op == token.LEQ) && types.Identical(v.Type(), types.Typ[types.Int])
	}
	return 0, extent{}, false
}

// steady refuses writes to what the size of a block that is written depends on.
func (c *collector) steady() {
	var deps []*loc
	for _, acc := range c.sh.own {
		for _, s := range acc.l.steps {
			switch {
			case s.index.kind == indexBlock:
				deps = append(deps, c.a.blocks[s.index.n].deps...)
			case s.index.kind == indexOwn && s.index.n > 0:
				deps = append(deps, c.a.lines[s.index.n-1].deps...)
			}
		}
	}
	for _, dep := range deps {
		for _, e := range c.sh.w.effects {
			if e.kind == effWrite && e.l.root == dep.root && !independent(c.a.locs.anyItem(e.l), dep, 1) {
				c.refuse(e.node.Pos(), e.l.root.name(), "the body changes "+e.l.name()+", on which the indices it stores at depend", "compute it before the loop")
			}
		}
	}
}

// otherField tells whether the ways part at fields of one struct.
func otherField(x, y *loc) bool {
	for i := range min(len(x.steps), len(y.steps)) {
		sx, sy := x.steps[i], y.steps[i]
		if sx.kind == stepField && sy.kind == stepField && sx.field != sy.field {
			return true
		}
		if sx.kind != sy.kind {
			return false
		}
	}
	return false
}
