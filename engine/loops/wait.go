package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// mayWait tells whether the piece, but for what is listed, does nothing but read
// and write memory, none of which the rest of the loop changes.
func (c *collector) mayWait(p *later) bool {
	for _, t := range p.touched {
		if t.root.kind != rootVar || t.deep() || t.root.v == anError || !c.a.visibleAtLoop(t.root.v) || t.root.v == c.sh.items && len(t.steps) == 0 {
			return false
		}
	}
	for _, e := range p.effects {
		if p.evaluates(e.node) {
			continue
		}
		if e.l != nil && slices.ContainsFunc(e.l.steps, func(s step) bool { return s.index.ofPixels() }) {
			return false
		}
		switch e.kind {
		case effRead:
			if e.l.root.kind == rootVar && (e.l.root.v == anError || e.l.deep()) || c.changedBeside(p, e) {
				return false
			}
		case effWrite, effSpare, effDelete:
			if e.l.isWindow() {
				return false
			}
		default:
			return false
		}
	}
	return !slices.ContainsFunc(p.sites, func(s *site) bool { return !c.staysInside(s) })
}

// changedBeside tells whether the rest of the loop changes what e reads.
func (c *collector) changedBeside(p *later, e effect) bool {
	q := &later{touched: []*loc{c.a.locs.anyElement(c.a.locs.at(e.l))}}
	for _, o := range c.sh.w.effects {
		if o.kind != effRead && o.kind != effCap && (!p.holds(o.node) || p.evaluates(o.node)) && q.touches(c.a, o) {
			return true
		}
	}
	return false
}

// staysInside: the piece jumps nowhere else, and declares nothing that the rest
// of the body uses.
func (c *collector) staysInside(p *site) bool {
	ok := true
	for _, st := range p.list {
		inside(st, 0, 0, func(n ast.Node, loops, switches int) {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt, *ast.SelectStmt, *ast.LabeledStmt, *ast.ReturnStmt, *ast.SendStmt:
				ok = false
			case *ast.BranchStmt:
				switch {
				case n.Tok == token.FALLTHROUGH || n.Label == nil && loops > 0:
				case n.Label != nil || n.Tok == token.GOTO:
					ok = false
				case n.Tok == token.CONTINUE:
					ok = ok && p.end
				default:
					ok = ok && switches > 0
				}
			}
		})
	}
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		if id, isIdent := n.(*ast.Ident); isIdent && ok && !p.holds(id) {
			if p.declares(c, c.a.in.Info.Uses[id]) {
				ok = false
			}
		}
		return ok
	})
	return ok
}

// worthIt tells whether something is left to do in parallel: where one element is
// changed, by a store or by its key alone, what is stored; else a call or a loop
// beside the piece.
func (c *collector) worthIt(p *later) bool {
	if p.quiet = c.straight(p) && (c.writesOnly(p) || c.keyed(p)); p.quiet {
		return true
	}
	if c.callsBack(p) {
		return false
	}
	s, found := p.sites[0], false
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		if n == nil || found {
			return false
		}
		switch n := n.(type) {
		case ast.Stmt:
			if s.pos() <= n.Pos() && n.End() <= s.till() {
				return false
			}
			switch n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				found = n.End() <= s.pos() || n.Pos() >= s.till()
			}
		case *ast.CallExpr:
			tv := c.a.in.Info.Types[unparen(n.Fun)]
			found = !tv.IsType() && !tv.IsBuiltin()
		}
		return !found
	})
	return found
}

// callsBack tells whether a function of the session is called by the piece, other
// than to change what the piece fills: that may be the work itself.
func (c *collector) callsBack(p *later) bool {
	found := false
	for _, s := range p.statements() {
		ast.Inspect(s, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || p.evaluates(call) {
				return !found
			}
			tv := c.a.in.Info.Types[unparen(call.Fun)]
			fn := c.sh.w.funcObject(unparen(call.Fun))
			if tv.IsType() || tv.IsBuiltin() || fn != nil && fn.Pkg() != nil && isStd(fn.Pkg()) {
				return !found
			}
			found = found || !slices.ContainsFunc(p.effects, func(e effect) bool { return e.node == call && e.kind == effWrite && p.touches(c.a, e) })
			return !found
		})
	}
	return found
}

// statements are those of all sites.
func (p *later) statements() (out []ast.Stmt) {
	for _, s := range p.sites {
		out = append(out, s.list...)
	}
	return out
}

// straight: the piece has no way around any of its statements.
func (c *collector) straight(p *later) bool {
	ok := true
	for _, s := range p.statements() {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.BranchStmt:
				ok = false
			case *ast.BinaryExpr:
				ok = ok && n.Op != token.LAND && n.Op != token.LOR
			}
			return ok
		})
	}
	return ok
}

// writesOnly: the piece does not look at what it writes.
func (c *collector) writesOnly(p *later) bool {
	for _, e := range p.effects {
		if e.kind == effRead && p.touches(c.a, e) && !c.selfRead(p, e) {
			return false
		}
	}
	return true
}

// selfRead: x = append(x, …) and x op= v look at the element that they change.
func (c *collector) selfRead(p *later, e effect) bool {
	for _, s := range p.statements() {
		if e.node.Pos() < s.Pos() || e.node.Pos() >= s.End() {
			continue
		}
		switch s := s.(type) {
		case *ast.IncDecStmt:
			return e.node == s.X
		case *ast.AssignStmt:
			if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
				return false
			}
			if s.Tok != token.ASSIGN {
				return e.node == s.Lhs[0]
			}
			call, ok := unparen(s.Rhs[0]).(*ast.CallExpr)
			return ok && builtinName(c.a.in.Info, unparen(call.Fun)) == "append" && c.a.in.Info.Types[unparen(call.Fun)].IsBuiltin() &&
				c.same(call.Args[0], s.Lhs[0]) && e.node.Pos() >= call.Args[0].Pos() && e.node.End() <= call.Args[0].End()
		}
	}
	return false
}

// keyed: the piece uses one container, and only the element at one key.
func (c *collector) keyed(p *later) bool {
	root := p.touched[0].root
	if slices.ContainsFunc(p.touched, func(t *loc) bool { return t.root != root }) {
		return false
	}
	var key ast.Expr
	ok, elements := true, map[ast.Expr]bool{}
	for _, s := range p.statements() {
		ast.Inspect(s, func(n ast.Node) bool {
			if ix, isIndex := n.(*ast.IndexExpr); isIndex && c.path(ix.X, root.v) {
				ok = ok && c.stable(ix.Index) && (key == nil || c.same(key, ix.Index))
				key = ix.Index
				for e := unparen(ix.X); e != nil; e = pathBase(e) {
					elements[unparen(e)] = true
				}
			}
			if id, isIdent := n.(*ast.Ident); isIdent && c.a.in.Info.Uses[id] == types.Object(root.v) {
				ok = ok && elements[id]
			}
			return ok
		})
	}
	return ok && key != nil
}
