package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// settle finishes the outer variables: private or not, slot or list.
func (c *collector) settle() {
	c.ownGuards()
	for _, o := range c.order {
		switch o.class {
		case classPrivate, classNone:
			c.private(o)
		case classAppend:
			o.slot = c.isSlot(o)
		case classBins, classBestBins:
			c.soleBins(o)
		case classReduce:
			c.reduction(o)
		case classGuard:
			if missing, ok := o.guard.kept(); !ok {
				c.refuse(o.guard.stmt.Pos(), o.text, "iterations read "+missing+", which another iteration writes", "keep the best in a variable of the cell")
			}
		}
		if o.class != classNone {
			c.sh.outers = append(c.sh.outers, o)
		}
	}
}

// ownGuards: where every iteration starts the search anew, what it finds is its
// own.
func (c *collector) ownGuards() {
	for _, o := range c.order {
		if o.class == classGuard && slices.ContainsFunc(o.guard.vars, func(v *outerVar) bool { return v.class == classPrivate }) {
			o.class = classPrivate
		}
	}
}

func (c *collector) private(o *outerVar) {
	if o.class == classNone {
		return
	}
	v := o.l.root.v
	if len(o.l.steps) > 0 {
		c.refuse(o.stmts[0].Pos(), o.text, "iterations write "+o.text+", and the last to run would win", "write a variable declared in the body, or store at the loop's own index")
		return
	}
	d := follow(c.a.in.Info, v, c.sh.body)
	switch {
	case d.bad != nil:
		c.refuse(d.bad.Pos(), o.text, "a function literal or pointer keeps "+o.text+", which every iteration writes", "declare "+o.text+" in the body")
	case d.early != nil:
		c.refuse(d.early.Pos(), o.text, "iterations read "+o.text+", which another iteration writes", c.carriedInstead(o, d.early))
	default:
		o.always = d.always
		for _, e := range c.sh.w.effects {
			if e.l != nil && e.l.root == o.l.root && e.node != nil {
				if len(e.via) > 0 {
					c.refuse(e.node.Pos(), o.text, fmt.Sprintf("%s uses %s, which every iteration writes", chain(e), o.text), "pass the value as an argument")
					return
				}
				c.allowed[e.node] = true
			}
		}
	}
}

// carriedInstead is what to write instead of a value that is carried from item to
// item.
func (c *collector) carriedInstead(o *outerVar, read ast.Node) string {
	for _, s := range o.stmts {
		as, ok := s.(*ast.AssignStmt)
		if !ok || len(as.Lhs) != 1 || len(as.Rhs) != 1 {
			continue
		}
		call, isCall := unparen(as.Rhs[0]).(*ast.CallExpr)
		if isCall && slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return c.a.mentions(e, o.l.root.v) }) {
			return "collect what " + c.a.text(call.Fun) + " combines with append, and combine it after the loop"
		}
	}
	alternative := false
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		f, ok := n.(*ast.IfStmt)
		if ok && f.Else != nil && f.Cond.Pos() <= read.Pos() && read.Pos() < f.Cond.End() {
			_, alternative = f.Else.(*ast.IfStmt)
		}
		return !alternative
	})
	if _, info := basicInfo(o.typ); alternative && info&(types.IsNumeric|types.IsString) != 0 {
		return "where " + o.text + " keeps the least or the greatest, write an if of its own in place of the else if"
	}
	return "declare " + o.text + " in the body if it belongs to one item; a value carried from item to item needs the sequential loop"
}

// exclusive: no item runs more than one of the statements, which stand in other
// branches of one if or switch.
func exclusive(body *ast.BlockStmt, list []ast.Stmt) bool {
	for i, x := range list {
		for _, y := range list[i+1:] {
			if !apartBranches(body, x, y) {
				return false
			}
		}
	}
	return true
}

func apartBranches(body *ast.BlockStmt, x, y ast.Stmt) (found bool) {
	in := func(n, s ast.Node) bool { return n != nil && n.Pos() <= s.Pos() && s.End() <= n.End() }
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if n.Else != nil {
				found = found || in(n.Body, x) && in(n.Else, y) || in(n.Body, y) && in(n.Else, x)
			}
		case *ast.SwitchStmt:
			if in(n.Body, x) && in(n.Body, y) && !breaks([]ast.Stmt{n}) {
				one := slices.IndexFunc(n.Body.List, func(s ast.Stmt) bool { return in(s, x) })
				found = found || one != slices.IndexFunc(n.Body.List, func(s ast.Stmt) bool { return in(s, y) })
			}
		}
		return !found
	})
	return found
}

// isSlot: exactly one element comes from every item.
func (c *collector) isSlot(o *outerVar) bool {
	if len(o.stmts) != 1 || !c.top[o.stmts[0]] {
		return false
	}
	as := o.stmts[0].(*ast.AssignStmt)
	call := unparen(as.Rhs[0]).(*ast.CallExpr)
	if len(call.Args) != 2 || call.Ellipsis.IsValid() {
		return false
	}
	early := false
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			early = early || n.Tok == token.CONTINUE && n.Pos() < as.Pos()
		}
		return true
	})
	return !early
}

func (c *collector) reduction(o *outerVar) {
	_, info := basicInfo(o.typ)
	if o.op == token.ADD && info&types.IsNumeric == 0 && info&types.IsString == 0 {
		c.refuse(o.stmts[0].Pos(), o.text, "iterations read "+o.text+", which another iteration writes", "use a number or a string")
	}
	if info&(types.IsFloat|types.IsComplex) == 0 {
		return
	}
	for _, s := range o.stmts {
		o.sums = o.sums || c.depth[s] > 0
	}
	o.sums = o.sums || len(o.stmts) > 1 && !exclusive(c.sh.body, o.stmts)
	if o.sums {
		c.sh.notes = append(c.sh.notes, fmt.Sprintf("several additions to %s in one item become that item's sum, so the last digits may differ from the sequential loop", o.text))
	}
}

// touched refuses any other use of what the loop fills.
func (c *collector) touched() {
	for _, e := range c.sh.w.effects {
		if e.l == nil || e.head || e.kind == effLasting || e.kind == effOrder || e.kind == effExchange || e.kind == effCap || e.kind == effSend || e.kind == effReceive || e.kind == effClose || c.allowed[e.node] && len(e.via) == 0 {
			continue
		}
		for _, o := range c.order {
			if o.class == classNone || e.l.root != o.l.root || !meets(o.l, e.l) {
				continue
			}
			if e.kind == effWrite && e.direct {
				continue // classified
			}
			if o.class == classPrivate || e.node.Pos() < c.sh.body.Pos() && c.refused(o.text) {
				continue
			}
			c.refuse(e.node.Pos(), o.text, c.reading(o, e), c.readInstead(o))
			if o.class >= classBins {
				c.triggers = append(c.triggers, o.elements(c.a))
				c.dependent(c.refs[len(c.refs)-1], o.elements(c.a))
			}
			break
		}
	}
}

// refused tells whether there is a refusal about a variable already.
func (c *collector) refused(name string) bool {
	return slices.ContainsFunc(c.refs, func(r *Refusal) bool { return r.Var == name })
}

func (c *collector) reading(o *outerVar, e effect) string {
	verb := "iterations read "
	if len(e.via) > 0 {
		verb = chain(e) + " reads "
	}
	switch o.class {
	case classAppend:
		return verb + o.text + ", to which other iterations append"
	case classBins:
		return verb + o.text + ", to whose elements other iterations add"
	case classReduce:
		return verb + o.text + ", the value so far, which depends on the iterations before"
	case classBestBins:
		return verb + o.text + ", whose elements are the best so far, which depend on the iterations before"
	case classMinMax, classGuard:
		return verb + o.text + ", the best so far, which depends on the iterations before"
	}
	return verb + "the map " + o.text + ", which other iterations write"
}

func (c *collector) readInstead(o *outerVar) string {
	switch o.class {
	case classAppend:
		return "collect first and look at " + o.text + " after the loop"
	case classReduce, classBins:
		return "use " + o.text + " after the loop; a running value (prefix sum) needs the sequential loop"
	case classMinMax, classGuard:
		return "write if x > best { best = x } and use " + o.text + " after the loop"
	case classBestBins:
		return "write if x > " + o.text + "[k] { " + o.text + "[k] = x } and use " + o.text + " after the loop"
	}
	return "look at it after the loop; understood here: m[k] += v, m[k] = append(m[k], v), if v > m[k] { m[k] = v }"
}

// meets tells whether reading or writing r can touch what l holds: one is a
// part of the other, and no reference lies between.
func meets(l, r *loc) bool {
	n := min(len(l.steps), len(r.steps))
	for i := range n {
		if apart(l.steps[i], r.steps[i], 1) {
			return false
		}
	}
	if _, isMap := typeUnder(l).(*types.Map); isMap && len(r.steps) > len(l.steps) {
		return true
	}
	rest := l.steps[n:] // r is a part of the way to l: it holds l if no reference is followed
	for _, s := range rest {
		if s.kind.follows() && s.kind != stepDeep {
			return false
		}
	}
	return true
}

func (ix index) ofPixels() bool { return ix.kind == indexRow || ix.kind == indexColumn }

// apart tells whether two steps from one place lead to different places in
// different iterations (and for fields, always).
func apart(x, y step, stride int64) bool {
	if x.kind == stepDeep || y.kind == stepDeep {
		return false
	}
	if x.kind == stepField && y.kind == stepField {
		return x.field != y.field
	}
	if x.kind == stepField && y.index.ofPixels() || y.kind == stepField && x.index.ofPixels() {
		return x.field != "Pix" && y.field != "Pix"
	}
	if x.index.ofPixels() && x.index.kind == y.index.kind || x.index.kind == indexOwn && y.index.kind == indexOwn || x.index.kind == indexBlock && y.index.kind == indexBlock && x.index.n == y.index.n {
		d := x.index.off - y.index.off
		if x.index.n != y.index.n { // whether two lines cross is seen before the start, when they are known
			return true
		}
		return d == 0 || stride > 1 && d%stride != 0
	}
	if x.index.kind == indexConst && y.index.kind == indexConst || x.index.kind == indexFixed && y.index == (index{indexFixed, x.index.n, y.index.off}) {
		return x.index.off != y.index.off
	}
	return x.index.seenBefore(y.index) || y.index.seenBefore(x.index)
}

// seenBefore: whether a value that stays, a part or a column meets another index
// is seen before the start, when they are known.
func (ix index) seenBefore(other index) bool {
	if ix.kind != indexFixed && ix.kind != indexPart && ix.kind != indexModulo {
		return false
	}
	switch other.kind {
	case indexFixed, indexPart, indexModulo, indexConst, indexOwn, indexBlock:
		return true
	}
	return false
}

// anyElement is a place with any element taken for each on the way.
func (t *locs) anyElement(l *loc) *loc {
	steps := slices.Clone(l.steps)
	for i := range steps {
		steps[i].index = index{}
	}
	return t.get(l.root, steps, l.typ, l.addr)
}

// certainly is a place whose indices are told apart by what the analysis knows.
func (t *locs) certainly(l *loc) *loc {
	steps := slices.Clone(l.steps)
	for i, s := range steps {
		if s.index.kind == indexFixed || s.index.kind == indexPart || s.index.kind == indexModulo || s.index.kind == indexOwn && s.index.n > 0 {
			steps[i].index = index{}
		}
	}
	return t.get(l.root, steps, l.typ, l.addr)
}

// conflicts compares what is written in place with all else that is done to
// the same variable.
func (c *collector) conflicts() {
	stride := max(c.sh.step, -c.sh.step, 1)
	if c.sh.kind == countedList || c.sh.kind == overString || c.sh.kind == overMap {
		stride = c.listedStride()
	}
	for i, wr := range c.sh.own {
		for _, e := range c.sh.w.effects {
			if e.kind != effRead || e.head || e.l.root != wr.l.root || independent(wr.l, e.l, stride) {
				continue
			}
			c.refuse(e.node.Pos(), wr.l.root.name(), "iterations read "+c.nameRead(e, wr)+", which another iteration writes",
				"write to a second slice and swap after the loop; if each item needs the one before, run this loop sequentially")
		}
		for _, other := range c.sh.own[i+1:] {
			if other.l.root == wr.l.root && !independent(wr.l, other.l, stride) {
				c.refuse(other.node.Pos(), wr.l.root.name(), "iterations write "+c.a.text(other.node)+", which another iteration writes, too",
					"store at one index that is the loop's own")
				c.trigger(other.l)
			}
		}
		for _, o := range c.order {
			if o.class != classPrivate || o.l.root != wr.l.root {
				continue
			}
			c.refuse(o.stmts[0].Pos(), o.text, "the body changes "+o.text+", into which iterations store", "change it before or after the loop")
		}
	}
	for _, e := range c.sh.w.effects {
		if e.kind == effRead && e.l.root.kind == rootVar && e.l.root.v != anError {
			l := e.l
			if e.head {
				l = c.a.locs.anyItem(l)
			}
			c.sh.reads = append(c.sh.reads, access{l: l, node: e.node})
		}
	}
}

// listedStride is how far apart the values of a listed loop's variable are, at
// least.
func (c *collector) listedStride() int64 {
	f, ok := c.sh.stmt.(*ast.ForStmt)
	if !ok || c.sh.key == nil || !wideInt(c.sh.key.Type()) {
		return 1
	}
	step, _ := c.a.stepOf(f.Post, c.sh.key)
	return max(step, -step, 1)
}

// nameRead writes the place read in the words of the source.
func (c *collector) nameRead(e effect, wr access) string {
	if e.direct {
		return c.a.text(e.node)
	}
	if len(e.via) > 0 {
		return e.l.name() + " (in " + chain(e) + ")"
	}
	return e.l.name()
}

// independent: two accesses of one root can't meet in different iterations.
func independent(x, y *loc, stride int64) bool {
	n := min(len(x.steps), len(y.steps))
	for i := range n {
		sx, sy := x.steps[i], y.steps[i]
		if sx.kind == stepDeep || sy.kind == stepDeep {
			break
		}
		if apart(sx, sy, stride) {
			return true
		}
	}
	if len(x.steps) > n && !(n > 0 && y.steps[n-1].kind == stepDeep) {
		return follows(x.steps[n:])
	}
	if len(y.steps) > n && !(n > 0 && x.steps[n-1].kind == stepDeep) {
		return follows(y.steps[n:])
	}
	return false
}

func follows(steps []step) bool {
	for _, s := range steps {
		if s.kind.follows() {
			return true
		}
	}
	return false
}

// world gathers warnings and notes.
func (c *collector) world() {
	seen := map[string]bool{}
	for _, e := range c.sh.w.effects {
		_, line, _ := c.a.position(e.node.Pos())
		switch e.kind {
		case effUnknown:
			s := fmt.Sprintf("line %d: can't look into %s; it is taken to leave shared state alone", line, e.name)
			if len(e.via) > 0 {
				s = fmt.Sprintf("line %d: can't look into %s, called by %s; it is taken to leave shared state alone", line, e.name, chain(e))
			}
			if !seen[s] {
				seen[s] = true
				c.sh.warnings = append(c.sh.warnings, s)
			}
		case effLasting:
			if c.a.in.Options.Compare {
				c.refuse(e.node.Pos(), e.l.root.name(), e.name+" changes "+e.l.name()+", which can't be put back for another run", "leave --compare out, or add up in a variable of the cell")
			}
		case effExchange:
			s := fmt.Sprintf("line %d: %s.%s may give another result when another worker comes first", line, e.l.name(), e.name)
			if !seen[s] {
				seen[s] = true
				c.sh.warnings = append(c.sh.warnings, s)
			}
		case effPrint:
			c.sh.prints = true
		case effExternal:
			c.sh.external = append(c.sh.external, e.name)
			if c.a.in.Options.Compare {
				c.refuse(e.node.Pos(), "", e.name+" acts outside the session, so it can't be run again for a comparison", "leave --compare out")
			}
		}
	}
	if c.sh.prints {
		c.sh.notes = append(c.sh.notes, "prints come in the order in which the workers get to them")
	}
}
