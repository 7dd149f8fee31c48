package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// What is kept by key is the best, or the first, of all items that have one
// key, in a map or at an index of a slice or an array:
//
//	if v > best[k] { best[k], at[k] = v, i }
//	if old, ok := best[k]; !ok || v > old { best[k] = v }
//	best[k] = max(best[k], v)
//
// A chunk keeps its own in maps, and looks before them at what was there before
// the loop; the chunks' ones go through the condition once more, key by key, in
// the order of the items. It is a guard (see there) for each key.

// findKept recognises an if statement that keeps by key. prev is the statement
// before it.
func (c *collector) findKept(prev ast.Stmt, s *ast.IfStmt) bool {
	g := &guard{stmt: s, assign: map[ast.Stmt]bool{}}
	if s.Else != nil || len(s.Body.List) == 0 {
		return false
	}
	for _, st := range s.Body.List {
		as, ok := st.(*ast.AssignStmt)
		if !ok || as.Tok != token.ASSIGN || len(as.Lhs) != len(as.Rhs) {
			return false
		}
		g.assign[as] = true
		for i, l := range as.Lhs {
			ix, ok := unparen(l).(*ast.IndexExpr)
			if !ok || !c.keyable(ix) || g.key != nil && !c.same(ix.Index, g.key) {
				return false
			}
			if slices.ContainsFunc(g.pairs, func(p pair) bool { return p.text == types.ExprString(ix) }) {
				return false
			}
			g.key = ix.Index
			g.pairs = append(g.pairs, pair{ix, as.Rhs[i], types.ExprString(ix)})
		}
	}
	inits, isDefine := s.Init.(*ast.AssignStmt)
	if s.Init != nil && (!isDefine || inits.Tok != token.DEFINE) {
		return false
	}
	for _, st := range []ast.Stmt{prev, s.Init} {
		if as, ok := st.(*ast.AssignStmt); ok && as != nil {
			c.aliases(g, as, s)
		}
	}
	if c.changedUnseen(g.key) || !c.keptState(g) {
		return false
	}
	g.id = c.nguards
	c.nguards++
	for st := range g.assign {
		c.kept[st] = g
	}
	return true
}

// findAllKept recognises what is kept by key in a list of statements.
func (c *collector) findAllKept(list []ast.Stmt) {
	for i, s := range list {
		if f, ok := s.(*ast.IfStmt); ok {
			var prev ast.Stmt
			if i > 0 {
				prev = list[i-1]
			}
			c.findKept(prev, f)
		}
	}
}

// keyable: the element is found again by its key, which has one value in one
// item, and equals itself.
func (c *collector) keyable(ix *ast.IndexExpr) bool {
	if !c.stable(ix.Index) {
		return false
	}
	switch t := c.a.in.Info.TypeOf(ix.X).Underlying().(type) {
	case *types.Map:
		return equalsItself(t.Key())
	case *types.Slice, *types.Array:
		return true
	}
	return false
}

// equalsItself: values of the type are equal to themselves, which NaN is not.
func equalsItself(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&(types.IsInteger|types.IsString|types.IsBoolean) != 0
	case *types.Pointer, *types.Chan:
		return true
	case *types.Array:
		return equalsItself(t.Elem())
	case *types.Struct:
		for i := range t.NumFields() {
			if !equalsItself(t.Field(i).Type()) {
				return false
			}
		}
		return true
	}
	return false
}

// changedUnseen: a function literal or a pointer might change e's variables
// between two places that look alike.
func (c *collector) changedUnseen(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if v, isVar := c.a.in.Info.Uses[id].(*types.Var); ok && isVar && c.sh.w.mutated[v] {
			ast.Inspect(c.sh.body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncLit:
					found = found || c.a.mentions(n, v)
				case *ast.UnaryExpr:
					found = found || n.Op == token.AND && c.a.mentions(n.X, v)
				}
				return !found
			})
		}
		return !found
	})
	return found
}

// same tells whether two expressions are written alike, of the same variables.
func (c *collector) same(x, y ast.Expr) bool {
	if types.ExprString(x) != types.ExprString(y) {
		return false
	}
	var names [2][]types.Object
	for i, e := range []ast.Expr{x, y} {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				names[i] = append(names[i], c.a.in.Info.ObjectOf(id))
			}
			return true
		})
	}
	return slices.Equal(names[0], names[1])
}

// aliases takes old, ok := m[k] for other names of what the guard keeps, which
// nothing but its condition looks at.
func (c *collector) aliases(g *guard, as *ast.AssignStmt, s *ast.IfStmt) {
	if as.Tok != token.DEFINE || len(as.Rhs) != 1 || len(as.Lhs) > 2 {
		return
	}
	ix, ok := unparen(as.Rhs[0]).(*ast.IndexExpr)
	if !ok {
		return
	}
	i := slices.IndexFunc(g.pairs, func(p pair) bool { return c.same(p.lhs, ix) })
	if i < 0 {
		return
	}
	for _, l := range as.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok || id.Name != "_" && !c.usedIn(c.a.in.Info.Defs[id], s.Cond) {
			return
		}
	}
	g.looks, g.alias = append(g.looks, ix), as
	if id := as.Lhs[0].(*ast.Ident); id.Name != "_" {
		g.pairs = append(g.pairs, pair{id, g.pairs[i].rhs, id.Name})
	}
	if len(as.Lhs) == 2 && as.Lhs[1].(*ast.Ident).Name != "_" {
		g.present, g.presentIn = c.a.in.Info.Defs[as.Lhs[1].(*ast.Ident)], types.ExprString(ix.X)
	}
}

// usedIn tells whether a variable is used in e and nowhere else, and not changed.
func (c *collector) usedIn(v types.Object, e ast.Expr) bool {
	if v == nil || c.sh.w.mutated[v] {
		return false
	}
	inside := true
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && c.a.in.Info.Uses[id] == v {
			inside = inside && id.Pos() >= e.Pos() && id.End() <= e.End()
		}
		return true
	})
	return inside
}

// keptState sorts the condition's part that looks at what is kept.
func (c *collector) keptState(g *guard) bool {
	for _, part := range operands(g.stmt.Cond, token.LAND) {
		if !g.mentions(part) && !c.absent(g, part) {
			if g.present != nil && c.a.mentions(part, g.present) {
				inner := operands(part, token.LOR)
				if len(inner) != 2 || !c.absent(g, inner[0]) {
					return false
				}
			} else {
				continue
			}
		}
		if g.state != nil {
			return false
		}
		g.state = part
	}
	if g.state == nil || g.alias == nil && !slices.Contains(joined(g.stmt.Cond), g.state) {
		return false
	}
	parts := operands(g.state, token.LOR)
	switch {
	case len(parts) == 1 && c.absent(g, parts[0]):
		g.empty = parts[0]
	case len(parts) == 1 && c.comparison(g, parts[0]):
	case len(parts) == 2 && c.absent(g, parts[0]) && c.comparison(g, parts[1]):
		g.empty = parts[0]
		if !c.number(g) {
			return false
		}
	default:
		return false
	}
	return c.keptLooks(g)
}

// absent recognises !ok.
func (c *collector) absent(g *guard, e ast.Expr) bool {
	not, ok := unparen(e).(*ast.UnaryExpr)
	if !ok || not.Op != token.NOT || g.present == nil {
		return false
	}
	id, ok := unparen(not.X).(*ast.Ident)
	return ok && c.a.in.Info.Uses[id] == g.present
}

// keptLooks lists what the condition reads of what is kept.
func (c *collector) keptLooks(g *guard) bool {
	for _, x := range g.places(g.state) {
		switch x := x.(type) {
		case *ast.IndexExpr:
			if !c.same(x.Index, g.key) {
				return false
			}
			g.looks = append(g.looks, x)
		case *ast.Ident: // an alias
			if !slices.ContainsFunc(g.pairs, func(p pair) bool {
				id, ok := p.lhs.(*ast.Ident)
				return ok && c.a.in.Info.Defs[id] == c.a.in.Info.Uses[x]
			}) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// keep classifies a store of what is kept by key; false where s is none.
func (c *collector) keep(l *loc, lhs ast.Expr, s ast.Stmt) bool {
	g, fold := c.kept[s], ""
	ix, ok := unparen(lhs).(*ast.IndexExpr)
	var self *ast.IndexExpr
	if ok && g == nil {
		fold, self = c.keptFold(ix, s)
	}
	if !ok || g == nil && fold == "" {
		return false
	}
	n := len(l.steps) - 1
	if n < 0 || l.root.kind != rootVar || !c.path(ix.X, l.root.v) || slices.ContainsFunc(l.steps[:n], func(st step) bool { return st.kind != stepField }) {
		return false
	}
	cl := classBestBins
	if l.steps[n].kind == stepMap {
		cl = classMapBest
	}
	v := c.variable(c.a.locs.get(l.root, l.steps[:n], c.a.in.Info.TypeOf(ix.X), false), ix.X, cl, s)
	if len(v.stmts) > 1 && (v.guard != g || v.fold != fold) {
		c.refuse(s.Pos(), v.text, "iterations write "+v.text+" under two conditions, whose order matters", "keep one for each")
		return true
	}
	c.allowed[lhs] = true
	v.fold = fold
	v.stores = append(v.stores, ix)
	if g == nil {
		v.looks = append(v.looks, self)
	} else if v.guard == nil {
		v.guard = g
		g.vars = append(g.vars, v)
		for _, look := range g.looks {
			if types.ExprString(look.X) == types.ExprString(ix.X) {
				v.looks = append(v.looks, look)
			}
		}
		for _, r := range s.(*ast.AssignStmt).Rhs {
			c.lateValue(g, v, r)
		}
	}
	for _, look := range v.looks {
		c.allowed[look], c.allowed[unparen(look.X)] = true, true
	}
	if g != nil {
		c.allowKept(g, v)
	}
	return true
}

// allowKept allows what the condition reads of a value that is kept.
func (c *collector) allowKept(g *guard, v *outerVar) {
	ast.Inspect(g.state, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		for e := x; ok && e != nil; e = pathBase(e) {
			if ix, isIndex := unparen(e).(*ast.IndexExpr); isIndex && slices.Contains(v.looks, ix) {
				c.allowed[unparen(x)] = true
			}
		}
		return true
	})
}

// pathBase is what a field, an element or what a pointer leads to is taken of;
// nil where e is none of them.
func pathBase(e ast.Expr) ast.Expr {
	switch e := unparen(e).(type) {
	case *ast.SelectorExpr:
		return e.X
	case *ast.IndexExpr:
		return e.X
	case *ast.StarExpr:
		return e.X
	}
	return nil
}

// keptFold recognises best[k] = max(best[k], v); self is the second place.
func (c *collector) keptFold(ix *ast.IndexExpr, s ast.Stmt) (name string, self *ast.IndexExpr) {
	as, ok := s.(*ast.AssignStmt)
	if !ok || as.Tok != token.ASSIGN || len(as.Lhs) != 1 || len(as.Rhs) != 1 || !c.keyable(ix) {
		return "", nil
	}
	call, ok := unparen(as.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return "", nil
	}
	name = types.ExprString(call.Fun)
	if builtin := c.a.in.Info.Types[unparen(call.Fun)].IsBuiltin(); !(builtin && (name == "min" || name == "max")) && !c.isMathMinMax(call) {
		return "", nil
	}
	for _, arg := range call.Args {
		if x, ok := unparen(arg).(*ast.IndexExpr); ok && c.same(x, ix) {
			return name, x
		}
	}
	return "", nil
}

// keptByKey writes how a chunk keeps by key, and how the chunks' ones go through
// the condition.
func (g *gen) keptByKey(o *outerVar) {
	n := o.id
	elem, key, conv, closed := "", "int", "int(", ")"
	if m, ok := o.typ.Underlying().(*types.Map); ok {
		elem, key, conv, closed = g.typ(m.Elem()), g.typ(m.Key()), "", ""
	} else {
		elem = g.typ(o.elements(g.a).typ)
	}
	own, typ := fmt.Sprintf("gbz_a%d", n), fmt.Sprintf("map[%s]%s", key, elem)
	g.add(&g.locals, "%s := make(%s)", own, typ)
	for _, ix := range append(o.stores, o.looks...) {
		g.edits = append(g.edits, edit{ix.Pos(), ix.Index.Pos(), own + "[" + conv}, edit{ix.Index.End(), ix.End(), closed + "]"})
	}
	g.part(fmt.Sprintf("gbz_p%d", n), typ, own)
	switch {
	case o.guard == nil:
		for _, ix := range o.stores {
			pos := o.stmtOf(ix).Pos()
			g.edits = append(g.edits, edit{pos, pos, g.before(ix.Index, o)})
		}
		g.add(&g.fold, "for gbz_key, gbz_v := range gbz_p%d[gbz_k] { %s[gbz_key] = %s(%s[gbz_key], gbz_v) }", n, o.text, o.fold, o.text)
	case o == o.guard.vars[len(o.guard.vars)-1]:
		g.keptFlags(o.guard, key, conv, closed)
		g.keptParts(o.guard)
	}
}

func (o *outerVar) stmtOf(ix *ast.IndexExpr) ast.Stmt {
	return o.stmts[slices.IndexFunc(o.stmts, func(s ast.Stmt) bool { return s.Pos() <= ix.Pos() && ix.End() <= s.End() })]
}

// before takes over what was there for key before the loop, where the chunk has
// nothing for it yet.
func (g *gen) before(key ast.Expr, vars ...*outerVar) string {
	var b strings.Builder
	k := g.a.source(key)
	for _, o := range vars {
		if len(o.looks) == 0 {
			continue
		}
		if m, ok := o.typ.Underlying().(*types.Map); ok {
			fmt.Fprintf(&b, "{ var gbz_key %s = %s; if _, gbz_ok := gbz_a%d[gbz_key]; !gbz_ok { if gbz_v, gbz_ok := %s[gbz_key]; gbz_ok { gbz_a%d[gbz_key] = gbz_v } } }; ",
				g.typ(m.Key()), k, o.id, o.text, o.id)
			continue
		}
		fmt.Fprintf(&b, "{ gbz_key := int(%s); if _, gbz_ok := gbz_a%d[gbz_key]; !gbz_ok { gbz_a%d[gbz_key] = %s[gbz_key] } }; ", k, o.id, o.id, o.text)
	}
	return b.String()
}

// keptFlags puts before the condition what takes over the values from before the
// loop, and notes the keys for which an item was kept.
func (g *gen) keptFlags(gd *guard, key, conv, closed string) {
	flag, lb := fmt.Sprintf("gbz_h%d", gd.id), gd.stmt.Body.Lbrace+1
	g.add(&g.locals, "%s := make(map[%s]bool)", flag, key)
	g.part(fmt.Sprintf("gbz_ph%d", gd.id), fmt.Sprintf("map[%s]bool", key), flag)
	g.edits = append(g.edits, edit{lb, lb, fmt.Sprintf(" %s[%s%s%s] = true; ", flag, conv, g.a.source(gd.key), closed)})
	before := g.before(gd.key, gd.vars...)
	s := gd.stmt
	if gd.alias != nil {
		at := min(s.Pos(), gd.alias.Pos())
		g.edits = append(g.edits, edit{at, at, before})
		return
	}
	head, closing := "", ""
	parts := joined(s.Cond)
	at := slices.Index(parts, gd.state)
	if at == 0 {
		head, before = before, ""
	}
	if s.Init != nil {
		g.edits = append(g.edits, edit{s.Pos(), s.Init.Pos(), "{ "}, edit{s.Init.End(), s.Cond.Pos(), "; " + head + "if "})
		closing = " }"
	} else {
		g.edits = append(g.edits, edit{s.Pos(), s.Pos(), head})
	}
	if at > 0 { // what stands before it decides whether the key is looked at
		g.edits = append(g.edits, edit{parts[at-1].End(), gd.state.Pos(), " { " + before + "if "})
		closing += " }"
	}
	g.edits = append(g.edits, edit{s.End(), s.End(), closing})
}

// joined are the parts that && joins, as they stand: none in parentheses.
func joined(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.LAND {
		return append(joined(b.X), joined(b.Y)...)
	}
	return []ast.Expr{e}
}

// keptParts puts what the chunks kept under one condition together.
func (g *gen) keptParts(gd *guard) {
	var stores []string
	for _, v := range gd.vars {
		stores = append(stores, fmt.Sprintf("%s[gbz_key] = gbz_p%d[gbz_k][gbz_key]", v.text, v.id))
	}
	cond := ""
	if gd.cmp != nil {
		write := func(element func(*outerVar) string) string {
			return types.ExprString(gd.with(gd.best, func(p pair) string { return element(gd.keeps(p)) }))
		}
		x := write(func(v *outerVar) string { return fmt.Sprintf("gbz_p%d[gbz_k][gbz_key]", v.id) })
		y := write(func(v *outerVar) string { return v.text + "[gbz_key]" })
		if gd.best == gd.cmp.X {
			x, y = y, x
		}
		cond = fmt.Sprintf("%s %s %s", x, gd.cmp.Op, y)
	}
	switch {
	case gd.empty != nil && gd.cmp != nil:
		cond = fmt.Sprintf("_, gbz_ok := %s[gbz_key]; !gbz_ok || %s", gd.presentIn, cond)
	case gd.empty != nil:
		cond = fmt.Sprintf("_, gbz_ok := %s[gbz_key]; !gbz_ok", gd.presentIn)
	}
	if gd.empty != nil && gd.cmp != nil && gd.float(g.a.in.Info) { // a NaN that is the first of its key would stay in some orders only
		item := g.a.source(gd.item)
		lo, hi := gd.state.Pos(), gd.state.End()
		g.edits = append(g.edits, edit{lo, lo, fmt.Sprintf("(gbz_parallel.Number(%s == %s) && (", item, item)}, edit{hi, hi, "))"})
	}
	g.add(&g.fold, "for gbz_key := range gbz_ph%d[gbz_k] { if %s { %s } }", gd.id, cond, strings.Join(stores, "; "))
}

// keeps is the variable whose element a pair stands for.
func (g *guard) keeps(p pair) *outerVar {
	i := slices.IndexFunc(g.pairs, func(q pair) bool { _, isIndex := q.lhs.(*ast.IndexExpr); return isIndex && q.rhs == p.rhs })
	base := types.ExprString(g.pairs[i].lhs.(*ast.IndexExpr).X)
	return g.vars[slices.IndexFunc(g.vars, func(v *outerVar) bool { return v.text == base })]
}
