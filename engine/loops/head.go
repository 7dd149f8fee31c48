package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// What decides a loop's course, the condition and step of a counted loop and
// the iterator of a ranged one, runs to its end before the first item does: its
// values are listed. That is right as long as no item changes what it reads, or
// sees what it changes.

// walkHead walks what decides the loop's course, and gives the loop's variables
// their values.
func (a *analysis) walkHead(sh *shape, w *walker) {
	w.head = true
	defer func() { w.head = false }()
	switch s := sh.stmt.(type) {
	case *ast.ForStmt:
		a.headValues(sh, s, w)
		w.eval(s.Cond)
		switch post := s.Post.(type) {
		case *ast.AssignStmt:
			for i := range post.Lhs {
				if i < len(post.Rhs) {
					w.eval(post.Rhs[i])
				}
				a.stepWrites(sh, post.Lhs[i], w)
			}
		case *ast.IncDecStmt:
			a.stepWrites(sh, post.X, w)
		case *ast.ExprStmt:
			w.eval(post.X)
		}
	case *ast.RangeStmt:
		if sig, ok := sh.xt.Underlying().(*types.Signature); ok {
			w.iterate(s.X, sig)
		}
	}
}

// iterate calls the iterator x with a yield that does nothing: the body is
// walked apart. Those of the standard library look at the elements of what they
// are given.
func (w *walker) iterate(x ast.Expr, sig *types.Signature) {
	call, ok := unparen(x).(*ast.CallExpr)
	if ok {
		if fn := w.funcObject(call.Fun); fn != nil && fn.Pkg() != nil && isStd(fn.Pkg()) {
			if fn.FullName() == "slices.Chunk" { // it cuts, and looks at no element
				return
			}
			for _, arg := range call.Args {
				w.load(w.followAny(w.eval(arg), w.info.TypeOf(arg)), nil, arg, false)
			}
			return
		}
	}
	w.a.yield = w.a.locs.site(x)
	w.callValue(x, w.eval(x), []set{setOf(w.a.locs.addrOf(w.a.yield))}, x, sig, nil)
}

// followAny goes from values of a slice, map or pointer type to what they refer
// to.
func (w *walker) followAny(vals set, t types.Type) set {
	switch t.Underlying().(type) {
	case *types.Slice:
		return w.follow(vals, stepSlice, index{})
	case *types.Map:
		return w.follow(vals, stepMap, index{})
	case *types.Pointer:
		return w.follow(vals, stepDeref, index{})
	}
	return set{}
}

// headValues gives the variables of a counted loop what they may refer to: one
// that steps from place to place stands in a list, each item's in an element of
// its own; one that stays has the value it starts with.
func (a *analysis) headValues(sh *shape, s *ast.ForStmt, w *walker) {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || len(init.Lhs) != len(sh.vars) {
		return
	}
	vals := make([]set, len(init.Lhs))
	if len(init.Rhs) == len(init.Lhs) {
		for i, e := range init.Rhs {
			vals[i] = w.eval(e)
		}
	} else {
		vals = w.evalMulti(init.Rhs[0], len(init.Lhs))
	}
	for i, v := range sh.vars {
		switch {
		case !hasRefs(v.Type()):
		case sh.key != nil:
			w.put(a.locs.site(v), vals[i])
		default:
			list := a.locs.variable(sh.listOf(a, i))
			w.put(a.locs.site(v), w.load(w.follow(setOf(list), stepSlice, index{kind: indexOwn}), v.Type(), init, false))
		}
	}
}

// listOf is the variable that holds the values of the loop's variable i.
func (sh *shape) listOf(a *analysis, i int) *types.Var {
	for n := len(sh.lists); n < len(sh.vars); n++ {
		sh.lists = append(sh.lists, types.NewVar(token.NoPos, a.in.Pkg, fmt.Sprintf("gbz_v%d", n), types.NewSlice(sh.vars[n].Type())))
	}
	return sh.lists[i]
}

// stepWrites notes that the loop's step changes something other than the loop's
// variables.
func (a *analysis) stepWrites(sh *shape, e ast.Expr, w *walker) {
	if id, ok := unparen(e).(*ast.Ident); ok {
		if v, ok := a.in.Info.ObjectOf(id).(*types.Var); ok && slices.Contains(sh.vars, v) {
			return
		}
	}
	w.store(e, nil, true)
}

// course refuses items that change what decides the loop's course, or see what
// it changes.
func (c *collector) course() {
	for _, h := range c.sh.w.effects {
		if !h.head || h.l == nil || !h.touches() {
			continue
		}
		for _, e := range c.sh.w.effects {
			if !e.head && e.l != nil && e.l.root == h.l.root && !independent(c.a.locs.anyItem(h.l), e.l, 1) && c.disturbs(h, e) {
				break
			}
		}
	}
}

// touches tells whether the effect reads or changes the memory at its place.
func (e effect) touches() bool {
	switch e.kind {
	case effRead, effWrite, effSpare, effDelete, effSend, effReceive, effClose:
		return true
	}
	return false
}

// disturbs refuses the effect e of an item where it and h, a part of what
// decides the course, can't be done one after the other.
func (c *collector) disturbs(h, e effect) bool {
	who, what := "the body", e.l.name()
	if len(e.via) > 0 {
		who = chain(e)
	} else if _, ok := e.node.(ast.Expr); ok && e.direct {
		what = c.a.text(e.node)
	}
	switch {
	case !e.touches() || e.kind == effRead && h.kind == effRead:
		return false
	case h.kind == effRead:
		c.refuse(e.node.Pos(), h.l.root.name(), who+" changes "+what+", on which the loop's course depends",
			"items that depend on what the items before did need the sequential loop")
	case len(h.via) > 0, h.name != "":
		by := chain(h)
		if by == "" {
			by = c.a.text(h.node)
		}
		c.refuse(e.node.Pos(), h.l.root.name(), by+" changes "+h.l.name()+" from item to item, and "+who+" uses it, too",
			"collect what the items need in a loop of its own, and range over that")
	default:
		c.refuse(e.node.Pos(), h.l.root.name(), "the loop's step changes "+h.l.name()+", and "+who+" uses it",
			"declare it in the loop's head with :=")
	}
	return true
}

// anyItem is a place with the item's own element taken for any item's.
func (t *locs) anyItem(l *loc) *loc {
	steps := slices.Clone(l.steps)
	for i := range steps {
		if steps[i].index.itemsOwn() || steps[i].index.kind == indexFixed {
			steps[i].index = index{}
		}
	}
	return t.get(l.root, steps, l.typ, l.addr)
}
