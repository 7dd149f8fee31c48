package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// What items do to memory at places that aren't their own may be done later, in
// the order of the items, when nothing else in the loop looks at that memory:
//
//	out[perm[i]] = f(x)                                    // a scatter: indices and values are listed
//	adj[e.from] = append(adj[e.from], e.to)
//	s := sums[k]; s.X += p.X; s.N++; sums[k] = s           // the item's variables are listed, the statements stay
//	if !seen[w] { seen[w] = true; words = append(words, w) } // beside work that can be done in parallel
//
// The items list what the statements need; after the run the statements go over
// the list, as they would have. A later is one such piece of the body.
type later struct {
	id      int
	sites   []*site
	touched []*loc // what they write: nothing else in the loop touches it
	effects []effect
	spares  map[*loc]bool // of touched: the spare capacity of slices
	quiet   bool          // it fills what it writes, as append does
}

// A site is statements in a row of which a later consists: one site that holds
// all, or simple statements here and there.
type site struct {
	list     []ast.Stmt
	end      bool                // they end the body of the loop they stand in
	rest     []ast.Stmt          // from them on to that end; nil where they stand in no loop's body
	operands []ast.Expr          // evaluated for the item, in the order of the source
	vars     []*types.Var        // of the item
	spread   ast.Expr            // the operand whose elements are appended
	bins     map[ast.Expr]string // of operands that are indices: the slice or array
}

func (s *site) pos() token.Pos  { return s.list[0].Pos() }
func (s *site) till() token.Pos { return s.list[len(s.list)-1].End() }

func (s *site) holds(n ast.Node) bool { return s.pos() <= n.Pos() && n.Pos() < s.till() }

// declares tells whether o is declared in the site. Positions of other cells mean
// nothing here.
func (s *site) declares(c *collector, o types.Object) bool {
	return o != nil && c.sh.w.local[o] && s.pos() <= o.Pos() && o.Pos() < s.till()
}

func (p *later) holds(n ast.Node) bool {
	return slices.ContainsFunc(p.sites, func(s *site) bool { return s.holds(n) })
}

// evaluates tells whether n is evaluated for the item, and its value listed.
func (p *later) evaluates(n ast.Node) bool {
	for _, s := range p.sites {
		for _, e := range s.operands {
			if e.Pos() <= n.Pos() && n.Pos() < e.End() {
				return true
			}
		}
	}
	return false
}

// trigger notes an element of what all items share for whose sake the loop is
// refused: what is done there may be put off.
func (c *collector) trigger(l *loc) {
	if slices.ContainsFunc(l.steps, func(s step) bool { return s.kind == stepSlice || s.kind == stepArray || s.kind == stepMap }) {
		c.triggers = append(c.triggers, l)
	}
}

// named tells whether the place can be written as a name with fields.
func (l *loc) named() bool {
	return !slices.ContainsFunc(l.steps, func(s step) bool { return s.kind != stepField })
}

// putOff finds what must be done later for the loop to be accepted: around each
// place for which it was refused.
func (c *collector) putOff(found []*later) ([]*later, bool) {
	for _, l := range c.triggers {
		if l.root.kind != rootVar || l.root.v == anError || l.root.v == theInput {
			continue
		}
		for _, find := range []func(*loc) *later{c.laterAround, c.laterSites} {
			p := find(l)
			if p == nil || !c.worthIt(p) {
				continue
			}
			beside := slices.DeleteFunc(slices.Clone(found), p.covers)
			if !slices.ContainsFunc(beside, p.overlaps) {
				return append(beside, p), true
			}
		}
	}
	return nil, false
}

// covers tells whether all of q is a part of p.
func (p *later) covers(q *later) bool {
	return !slices.ContainsFunc(q.sites, func(y *site) bool {
		return !slices.ContainsFunc(p.sites, func(x *site) bool {
			return x.pos() <= y.pos() && y.till() <= x.till() && len(p.touched) >= len(q.touched)
		})
	})
}

func (p *later) overlaps(q *later) bool {
	return slices.ContainsFunc(p.sites, func(x *site) bool {
		return slices.ContainsFunc(q.sites, func(y *site) bool { return x.pos() < y.till() && y.pos() < x.till() })
	})
}

func (c *collector) newLater(l *loc) *later {
	return &later{touched: []*loc{c.a.locs.anyElement(c.a.locs.at(l))}, spares: map[*loc]bool{}}
}

// laterAround is the smallest piece of the body that does all that the loop does
// to the memory at l, and may be done later; nil if there is none.
func (c *collector) laterAround(l *loc) *later {
	p, s := c.newLater(l), &site{bins: map[ast.Expr]string{}}
	for range 8 {
		lo, hi, ok := c.extentOf(p)
		if !ok || !s.find(c.sh.body.List, lo, hi, true) {
			return nil
		}
		p.sites = []*site{s}
		s.toEnd()
		c.withPointers(p, s)
		if !c.collectWrites(p) && !c.withUses(s) {
			break
		}
	}
	if !c.listable(p) || !c.mayWait(p) {
		return nil
	}
	return p
}

// dependent says in the refusal r of what is read at l, where that could wait with
// all else that depends on it, that the loop has no other work.
func (c *collector) dependent(r *Refusal, l *loc) {
	p := c.laterAround(l)
	if p != nil && slices.ContainsFunc(p.touched, func(t *loc) bool { return t.root != p.touched[0].root }) && !c.worthIt(p) && !c.callsBack(p) {
		_, line, _ := c.a.position(p.sites[0].pos())
		r.Instead = fmt.Sprintf("nothing else in the body is work that could run in parallel: run this loop sequentially, or call what is work before line %d", line)
	}
}

// laterSites is all simple statements that do something to the memory at l, where
// each only stores there.
func (c *collector) laterSites(l *loc) *later {
	p := c.newLater(l)
	listed := listedStmts(c.sh.body)
	for range 8 {
		p.sites = p.sites[:0]
		for _, e := range c.sh.w.effects {
			if !p.touches(c.a, e) || p.holds(e.node) {
				continue
			}
			st := simpleAround(listed, e.node)
			if e.head || st == nil {
				return nil
			}
			p.sites = append(p.sites, &site{list: []ast.Stmt{st}, bins: map[ast.Expr]string{}})
		}
		slices.SortFunc(p.sites, func(x, y *site) int { return int(x.pos() - y.pos()) })
		if !c.collectWrites(p) {
			break
		}
	}
	if len(p.sites) < 2 || !c.straight(p) || !c.writesOnly(p) || !c.listable(p) || !c.mayWait(p) {
		return nil
	}
	return p
}

// simpleAround is the statement of a list that holds n and no other statement.
func simpleAround(listed map[ast.Stmt]bool, n ast.Node) ast.Stmt {
	for s := range listed {
		switch s.(type) {
		case *ast.AssignStmt, *ast.IncDecStmt, *ast.ExprStmt:
			if s.Pos() <= n.Pos() && n.Pos() < s.End() {
				return s
			}
		}
	}
	return nil
}

// withPointers lets a site begin where the item gets the pointers it writes
// through.
func (c *collector) withPointers(p *later, s *site) {
	var list []ast.Stmt
	for _, inner := range append([]stmtList{{list: c.sh.body.List}}, allLists(c.sh.body)...) {
		if slices.Contains(inner.list, s.list[0]) {
			list = inner.list
		}
	}
	for at := slices.Index(list, s.list[0]) - 1; at >= 0; at-- {
		as, ok := list[at].(*ast.AssignStmt)
		if !ok || as.Tok != token.DEFINE || len(as.Lhs) != 1 || !c.takesAddress(as.Rhs[0], p) {
			return
		}
		v := c.a.in.Info.Defs[identOf(as.Lhs[0])]
		if v == nil || !slices.ContainsFunc(s.list, func(st ast.Stmt) bool { return c.a.mentions(st, v) }) {
			return
		}
		s.list = list[at : at+1+len(s.list) : at+1+len(s.list)]
	}
}

// withUses lets a site reach to the last use of what it declares; false where it
// does.
func (c *collector) withUses(s *site) bool {
	last := s.till()
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Pos() > last {
			if o := c.a.in.Info.Uses[id]; s.declares(c, o) {
				last = id.Pos()
			}
		}
		return true
	})
	return last > s.till() && s.find(c.sh.body.List, s.pos(), last, true)
}

// takesAddress recognises &x[k] of what the piece writes.
func (c *collector) takesAddress(e ast.Expr, p *later) bool {
	u, ok := unparen(e).(*ast.UnaryExpr)
	return ok && u.Op == token.AND && c.path(elementOf(u.X), p.touched[0].root.v)
}

// elementOf is the list of which e is an element, or a field of one.
func elementOf(e ast.Expr) ast.Expr {
	base, indices, _ := binParts(e)
	if len(indices) == 0 {
		return e
	}
	return base
}

// extentOf is where the body touches what the piece writes.
func (c *collector) extentOf(p *later) (lo, hi token.Pos, ok bool) {
	for _, e := range c.sh.w.effects {
		if !p.touches(c.a, e) {
			continue
		}
		at := e.node
		if e.head || at.Pos() < c.sh.body.Lbrace || at.Pos() > c.sh.body.Rbrace {
			return 0, 0, false
		}
		if lo == 0 || at.Pos() < lo {
			lo = at.Pos()
		}
		hi = max(hi, at.Pos())
	}
	return lo, hi, lo != 0
}

// touches tells whether the effect has to do with what the piece writes.
func (p *later) touches(a *analysis, e effect) bool {
	if e.l == nil {
		return false
	}
	l := a.locs.anyElement(a.locs.at(e.l))
	if e.kind == effSpare || e.kind == effCap {
		l = a.locs.extend(l, step{kind: stepSlice}, nil)
	}
	return slices.ContainsFunc(p.touched, func(t *loc) bool { return t.root == l.root && !independent(t, l, 1) })
}

// find makes the site the statements of the innermost list that hold all from lo
// to hi, and all that it was before.
func (s *site) find(list []ast.Stmt, lo, hi token.Pos, loopBody bool) bool {
	if s.list != nil {
		lo, hi = min(lo, s.pos()), max(hi, s.till()-1)
	}
	in := func(at token.Pos) int {
		return slices.IndexFunc(list, func(s ast.Stmt) bool { return s.Pos() <= at && at < s.End() })
	}
	first, last := in(lo), in(hi)
	if first < 0 || last < first {
		return false
	}
	if first == last {
		for _, inner := range innerLists(list[first]) {
			if len(inner.list) > 0 && inner.lo <= lo && hi < inner.hi {
				return s.find(inner.list, lo, hi, inner.loop)
			}
		}
	}
	s.list = list[first : last+1 : last+1]
	s.end, s.rest = loopBody && last == len(list)-1, nil
	if loopBody {
		s.rest = list[first:]
	}
	return true
}

// toEnd lets a site that may continue the loop around it reach to that loop's
// end.
func (s *site) toEnd() {
	if !s.end && s.rest != nil && continues(&ast.BlockStmt{List: s.list}) {
		s.list, s.end = s.rest, true
	}
}

// collectWrites adds to what the piece touches all that it writes; false when
// nothing is new.
func (c *collector) collectWrites(p *later) (grew bool) {
	p.effects = p.effects[:0]
	for _, e := range c.sh.w.effects {
		if e.head || !p.holds(e.node) {
			continue
		}
		p.effects = append(p.effects, e)
		if e.l == nil || e.kind != effWrite && e.kind != effSpare && e.kind != effDelete {
			continue
		}
		l := c.a.locs.anyElement(c.a.locs.at(e.l))
		if e.kind == effSpare {
			l = c.a.locs.extend(l, step{kind: stepSlice}, elemOf(l.typ, stepSlice))
			p.spares[l] = true
		}
		if !slices.Contains(p.touched, l) {
			p.touched = append(p.touched, l)
			grew = true
		}
	}
	return grew
}

// classifyLater sorts what the loop does once more, without what can be put off;
// where it is refused even so, the answer is as it was.
func (a *analysis) classifyLater(sh *shape, first *collector) *collector {
	all, refused := sh.w.effects, *sh
	var found []*later
	for c, tries := first, 0; tries < 6; tries++ {
		var ok bool
		sh.w.effects = all
		if found, ok = c.putOff(found); !ok {
			break
		}
		sh.forget()
		sh.w.effects = slices.DeleteFunc(slices.Clone(all), func(e effect) bool {
			return !e.head && slices.ContainsFunc(found, func(p *later) bool { return p.holds(e.node) && !p.evaluates(e.node) })
		})
		if c = a.classify(sh); len(c.refs) == 0 {
			for i, p := range found {
				p.id = i
			}
			sh.laters = found
			c.laterReads()
			return c
		}
	}
	*sh = refused
	sh.w.effects = all
	return first
}

// forget drops what a classification found.
func (sh *shape) forget() {
	sh.outers, sh.sends, sh.prints, sh.external, sh.warnings, sh.notes, sh.own, sh.reads = nil, nil, false, nil, nil, nil, nil, nil
}

// laterReads notes what the pieces that come later read, and says what they do.
func (c *collector) laterReads() {
	for _, p := range c.sh.laters {
		for _, e := range p.effects {
			if e.kind == effRead && e.l.root.kind == rootVar && !p.touches(c.a, e) && !p.evaluates(e.node) {
				c.sh.reads = append(c.sh.reads, access{l: c.a.locs.anyElement(e.l), node: e.node})
			}
		}
		c.indices(p)
		if p.quiet {
			continue
		}
		_, line, _ := c.a.position(p.sites[0].pos())
		var names []string
		for _, t := range p.touched {
			if name := t.root.name(); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		verb := "is"
		if len(names) > 1 {
			verb = "are"
		}
		c.sh.notes = append(c.sh.notes, fmt.Sprintf("line %d: %s %s filled after the parallel part, in the order of the items", line, and(names), verb))
	}
}

func and(names []string) string {
	if n := len(names) - 1; n > 0 {
		return strings.Join(names[:n], ", ") + " and " + names[n]
	}
	return strings.Join(names, "")
}

// indices finds the operands that are indices of the list that a piece fills:
// they are looked at when the item is done.
func (c *collector) indices(p *later) {
	root := p.touched[0].root
	if root.kind != rootVar || slices.ContainsFunc(p.touched, func(t *loc) bool { return t.root == root && t.named() }) {
		return
	}
	for _, s := range p.sites {
		for _, st := range s.list {
			ast.Inspect(st, func(n ast.Node) bool {
				ix, ok := n.(*ast.IndexExpr)
				if !ok || !slices.Contains(s.operands, ix.Index) || !c.path(ix.X, root.v) {
					return true
				}
				switch c.a.in.Info.TypeOf(ix.X).Underlying().(type) {
				case *types.Slice, *types.Array:
					s.bins[ix.Index] = c.a.text(ix.X)
				}
				return true
			})
		}
	}
}
