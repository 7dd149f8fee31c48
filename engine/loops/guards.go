package loops

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A guard is an if statement that keeps one item: the best so far,
//
//	if len(w) > len(longest) { longest, at = w, i }
//
// or the first that fits,
//
//	if !found && fits(x) { found, at = true, i }
//
// Its condition is a conjunction in which one part, the state's, looks at what
// the statement assigns. A chunk keeps its own one from what was there before
// the loop; the chunks' ones then go through the state's part once more, in the
// order of the items, each in the place of an item. That gives what the loop
// gives: which of two items is kept depends on nothing but the two.
type guard struct {
	stmt   *ast.IfStmt
	state  ast.Expr        // the part that looks at what is assigned
	cmp    *ast.BinaryExpr // of it, the comparison of the item's key with the best's; nil: the first is kept
	best   ast.Expr        // the side of cmp that looks at what is assigned
	item   ast.Expr        // the other side
	empty  ast.Expr        // empty || cmp: nothing is kept yet
	forced ast.Expr        // forced || cmp: the item is kept whatever was before
	id     int
	assign map[ast.Stmt]bool

	key       ast.Expr         // of what is kept by key (see kept.go); else nil
	looks     []*ast.IndexExpr // where the condition looks at it
	present   types.Object     // ok of old, ok := m[k]
	presentIn string           // m
	alias     *ast.AssignStmt  // old, ok := m[k]
	pairs     []pair
	vars      []*outerVar
}

// A pair is an assignment of one value.
type pair struct {
	lhs, rhs ast.Expr
	text     string // of lhs
}

// findGuard recognises a guard.
func (c *collector) findGuard(s *ast.IfStmt) {
	if s.Else != nil || len(s.Body.List) == 0 {
		return
	}
	g := &guard{stmt: s, assign: map[ast.Stmt]bool{}}
	for _, st := range s.Body.List {
		as, ok := st.(*ast.AssignStmt)
		if !ok || as.Tok != token.ASSIGN || len(as.Lhs) != len(as.Rhs) {
			return
		}
		g.assign[as] = true
		for i, l := range as.Lhs {
			g.pairs = append(g.pairs, pair{l, as.Rhs[i], types.ExprString(l)})
		}
	}
	for _, part := range operands(s.Cond, token.LAND) {
		if !g.mentions(part) {
			continue
		}
		if g.state != nil { // two parts look at the state
			return
		}
		g.state = part
	}
	if g.state == nil || !c.readState(g) || g.cmp == nil && g.appends(c.a.in.Info) {
		return
	}
	g.id = c.nguards
	c.nguards++
	for st := range g.assign {
		c.guards[st] = g
	}
}

// appends tells whether the guard appends: it keeps more than the first.
func (g *guard) appends(info *types.Info) bool {
	return slices.ContainsFunc(g.pairs, func(p pair) bool {
		call, ok := unparen(p.rhs).(*ast.CallExpr)
		return ok && info.Types[unparen(call.Fun)].IsBuiltin() && builtinName(info, unparen(call.Fun)) == "append"
	})
}

// operands are the parts that op joins.
func operands(e ast.Expr, op token.Token) []ast.Expr {
	if b, ok := unparen(e).(*ast.BinaryExpr); ok && b.Op == op {
		return append(operands(b.X, op), operands(b.Y, op)...)
	}
	return []ast.Expr{e}
}

// mentions tells whether e looks at something that the guard assigns.
func (g *guard) mentions(e ast.Expr) bool { return len(g.places(e)) > 0 }

// places finds what the guard assigns in e.
func (g *guard) places(e ast.Expr) (found []ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		text := types.ExprString(x)
		if slices.ContainsFunc(g.pairs, func(p pair) bool { return p.text == text }) {
			found = append(found, x)
			return false
		}
		return true
	})
	return found
}

// readState sorts the part of the condition that looks at the state.
func (c *collector) readState(g *guard) bool {
	parts := operands(g.state, token.LOR)
	switch {
	case len(parts) == 1 && c.comparison(g, g.state):
		return true
	case len(parts) == 1:
		return c.outsideOnly(g, g.state)
	case len(parts) == 2 && c.comparison(g, parts[1]):
		if !g.mentions(parts[0]) {
			g.forced = parts[0]
			return c.stable(g.forced) && c.number(g)
		}
		g.empty = parts[0]
		return c.outsideOnly(g, g.empty) && c.filled(g, g.empty) && c.number(g)
	}
	return false
}

// comparison recognises key(item) > key(best): one side is the other with the
// assigned values in the places of the variables.
func (c *collector) comparison(g *guard, e ast.Expr) bool {
	cmp, ok := unparen(e).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch cmp.Op {
	case token.GTR, token.GEQ, token.LSS, token.LEQ:
	default:
		return false
	}
	for _, xy := range [][2]ast.Expr{{cmp.X, cmp.Y}, {cmp.Y, cmp.X}} {
		item, best := xy[0], xy[1]
		if !g.mentions(best) || g.mentions(item) {
			continue
		}
		text := types.ExprString(g.with(best, func(p pair) string { return operandText(p.rhs) }))
		if (text == types.ExprString(item) || c.byIndex(g, text, item)) && c.outsideOnly(g, best) {
			g.cmp, g.best, g.item = cmp, best, item
			return true
		}
	}
	return false
}

// byIndex: the best is kept by its index, xs[at], and the item is the loop's own
// variable for xs[i].
func (c *collector) byIndex(g *guard, text string, item ast.Expr) bool {
	sh := c.sh
	if sh.key == nil || sh.val == nil || sh.w.mutated[sh.key] || sh.w.mutated[sh.val] || sh.kind != overSlice && sh.kind != overArray {
		return false
	}
	info := c.a.in.Info
	for _, p := range g.pairs {
		if id, ok := unparen(p.rhs).(*ast.Ident); ok && id.Name == sh.key.Name() && info.Uses[id] != sh.key {
			return false // another variable of that name
		}
	}
	same := true
	ast.Inspect(item, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == sh.val.Name() {
			same = same && info.Uses[id] == sh.val
		}
		return true
	})
	_, named := unparen(sh.x).(*ast.Ident)
	element := types.ExprString(sh.x) + "[" + sh.key.Name() + "]"
	return same && named && strings.ReplaceAll(text, element, sh.val.Name()) == types.ExprString(item)
}

// with is e with other text in the places of what the guard assigns; nil where
// that can't be written.
func (g *guard) with(e ast.Expr, text func(pair) string) ast.Expr {
	edited, from := types.ExprString(e), 0
	var b strings.Builder
	for _, x := range g.places(e) {
		name := types.ExprString(x)
		at := strings.Index(edited[from:], name)
		for at >= 0 && !whole(edited, from+at, len(name)) {
			next := strings.Index(edited[from+at+1:], name)
			if next < 0 {
				return &ast.BadExpr{}
			}
			at += 1 + next
		}
		if at < 0 {
			return &ast.BadExpr{}
		}
		b.WriteString(edited[from : from+at])
		i := slices.IndexFunc(g.pairs, func(p pair) bool { return p.text == name })
		b.WriteString(text(g.pairs[i]))
		from += at + len(name)
	}
	b.WriteString(edited[from:])
	written := b.String()
	for _, p := range g.pairs { // what &x leads to is x
		if u, ok := unparen(p.rhs).(*ast.UnaryExpr); ok && u.Op == token.AND {
			x, address := types.ExprString(u.X), operandText(p.rhs)
			written = strings.ReplaceAll(strings.ReplaceAll(written, "*"+address, x), address+".", x+".")
		}
	}
	out, err := parser.ParseExpr(written)
	if err != nil {
		return &ast.BadExpr{}
	}
	return out
}

// operandText is e as it can stand in the place of a variable.
func operandText(e ast.Expr) string {
	switch x := unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.CallExpr, *ast.BasicLit:
		return types.ExprString(x)
	}
	return "(" + types.ExprString(unparen(e)) + ")"
}

// whole tells whether the n bytes of s from i on are no part of a longer name or
// of another value's field.
func whole(s string, i, n int) bool {
	part := func(c byte) bool {
		return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
	}
	return (i == 0 || !part(s[i-1]) && s[i-1] != '.') && (i+n == len(s) || !part(s[i+n]))
}

// outsideOnly tells whether e can be evaluated after the loop: all its names
// mean the same there, and it does nothing.
func (c *collector) outsideOnly(g *guard, e ast.Expr) bool {
	info := c.a.in.Info
	ok := true
	var kept []ast.Expr
	if g.key != nil { // is written anew there
		kept = g.places(e)
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if x, isExpr := n.(ast.Expr); isExpr && slices.Contains(kept, x) {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit, *ast.TypeAssertExpr:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW && n.Op != token.AND
		case *ast.BasicLit:
			ok = ok && n.Kind != token.STRING // its text is not looked into
		case *ast.SelectorExpr:
			if id, isID := n.X.(*ast.Ident); isID {
				if _, isPkg := info.Uses[id].(*types.PkgName); isPkg {
					return false
				}
			}
			ast.Inspect(n.X, func(m ast.Node) bool {
				if x, isExpr := m.(ast.Expr); isExpr && slices.Contains(kept, x) {
					return false
				}
				if id, isID := m.(*ast.Ident); isID {
					ok = ok && c.a.meansAtLoop(id)
				}
				return true
			})
			return false
		case *ast.Ident:
			ok = ok && c.a.meansAtLoop(n)
		}
		return ok
	})
	return ok && c.stableState(e)
}

// stableState: the functions called in e are declared ones.
func (c *collector) stableState(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		call, isCall := n.(*ast.CallExpr)
		if !isCall {
			return true
		}
		tv := c.a.in.Info.Types[unparen(call.Fun)]
		ok = ok && (tv.IsType() || tv.IsBuiltin() || c.sh.w.funcObject(unparen(call.Fun)) != nil)
		return ok
	})
	return ok
}

// meansAtLoop tells whether a name means the same before the loop.
func (a *analysis) meansAtLoop(id *ast.Ident) bool {
	o := a.in.Info.Uses[id]
	if o == nil || o.Parent() == types.Universe {
		return true
	}
	if v, ok := o.(*types.Var); ok && v.IsField() {
		return true
	}
	scope := a.in.Pkg.Scope().Innermost(a.in.Loop.Pos())
	if scope == nil {
		scope = a.in.Pkg.Scope()
	}
	_, there := scope.LookupParent(id.Name, a.in.Loop.Pos())
	if a.in.StandsFor != nil && there != nil {
		there = a.in.StandsFor(there)
	}
	return there == o
}

// filled tells whether e, which says that nothing is kept yet, is false once
// the guard has assigned: found after found = true, best == nil after best =
// an item whose field the comparison reads, at < 0 after at = i.
func (c *collector) filled(g *guard, e ast.Expr) bool {
	info := c.a.in.Info
	value := func(x ast.Expr) ast.Expr {
		text := types.ExprString(unparen(x))
		for _, p := range g.pairs {
			if p.text == text {
				return unparen(p.rhs)
			}
		}
		return nil
	}
	switch e := unparen(e).(type) {
	case *ast.UnaryExpr:
		v := value(e.X)
		return e.Op == token.NOT && v != nil && info.Types[v].Value != nil && info.Types[v].Value.String() == "true"
	case *ast.BinaryExpr:
		v := value(e.X)
		if v == nil {
			return false
		}
		if e.Op == token.EQL && info.Types[e.Y].IsNil() {
			_, isPtr := info.TypeOf(v).Underlying().(*types.Pointer)
			return isPtr
		}
		k, isConst := constInt(info, e.Y)
		below := e.Op == token.LSS && k <= 0 || e.Op == token.EQL && k < 0
		id, isID := v.(*ast.Ident)
		return isConst && below && isID && c.sh.key != nil && info.Uses[id] == c.sh.key && c.fromZero()
	default:
		v := value(e)
		return v != nil && info.Types[v].Value != nil && info.Types[v].Value.String() == "false"
	}
}

// fromZero: the loop's own index is never negative.
func (c *collector) fromZero() bool {
	switch c.sh.kind {
	case overSlice, overArray, overInt, overString:
		return true
	case counted:
		k, ok := constInt(c.a.in.Info, c.sh.init)
		return ok && k >= 0 && c.sh.step > 0
	}
	return false
}

// number: what is compared has an order in which every two values differ or are
// alike: with the first item kept unseen, a NaN would stay in some orders only.
// It is looked at twice.
func (c *collector) number(g *guard) bool {
	_, info := basicInfo(c.a.in.Info.TypeOf(g.item))
	return info&types.IsFloat == 0 || c.stable(g.item)
}

func (g *guard) float(info *types.Info) bool {
	_, i := basicInfo(info.TypeOf(g.item))
	return i&types.IsFloat != 0
}

// guarded classifies an assignment of a guard.
func (c *collector) guarded(g *guard, l *loc, lhs ast.Expr, s *ast.AssignStmt) {
	v := c.variable(l, lhs, classGuard, s)
	if v.guard != nil && v.guard != g {
		c.refuse(s.Pos(), v.text, "iterations write "+v.text+" under two conditions, whose order matters", "keep one variable for each")
		return
	}
	if v.guard == nil {
		v.guard = g
		g.vars = append(g.vars, v)
		for _, x := range g.places(g.state) {
			if types.ExprString(x) == v.text {
				v.nodes = append(v.nodes, x)
			}
		}
		c.allowState(g, v)
	}
	for _, r := range s.Rhs {
		c.lateValue(g, v, r)
	}
}

// allowState allows what the condition reads of v, and of what hangs on it.
func (c *collector) allowState(g *guard, v *outerVar) {
	ast.Inspect(g.state, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && c.leadsFrom(x, v) {
			c.allowed[unparen(x)] = true
		}
		return true
	})
}

// leadsFrom tells whether x is v, or a field or an element of what v holds.
func (c *collector) leadsFrom(x ast.Expr, v *outerVar) bool {
	for {
		if types.ExprString(x) == v.text {
			return true
		}
		switch e := unparen(x).(type) {
		case *ast.SelectorExpr:
			x = e.X
		case *ast.IndexExpr:
			x = e.X
		case *ast.StarExpr:
			x = e.X
		case *ast.CallExpr:
			sel, ok := unparen(e.Fun).(*ast.SelectorExpr)
			if !ok {
				return slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return types.ExprString(a) == v.text })
			}
			x = sel.X
			if slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return types.ExprString(a) == v.text }) {
				return true
			}
		default:
			return false
		}
	}
}

// lateValue refuses values that can't be worked out for items that don't win.
func (c *collector) lateValue(g *guard, v *outerVar, r ast.Expr) {
	if call, ok := unparen(r).(*ast.CallExpr); ok && c.a.in.Info.Types[unparen(call.Fun)].IsBuiltin() && builtinName(c.a.in.Info, unparen(call.Fun)) == "append" {
		c.refuse(r.Pos(), v.text, "whether an item is appended to "+v.text+" depends on the best so far, which is that of the iterations before", "a list of new bests needs the sequential loop")
		return
	}
	if g.item != nil && types.ExprString(r) == types.ExprString(g.item) {
		return
	}
	if bad := c.mayFail(r); bad != nil {
		c.refuse(bad.Pos(), v.text, "what "+c.a.text(bad)+" gives is needed for the best item only, but is worked out for others, too",
			"work it out before the if")
	}
}

// kept tells whether the guard keeps all that its condition looks at in
// variables of the cell.
func (g *guard) kept() (missing string, ok bool) {
	for _, x := range g.places(g.state) {
		text := types.ExprString(x)
		if !slices.ContainsFunc(g.vars, func(v *outerVar) bool { return v.text == text }) {
			return text, false
		}
	}
	return "", true
}
