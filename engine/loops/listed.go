package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// listable finds what the items must list for the piece: of a simple statement
// the largest expressions that don't look at what it writes, of others the
// variables of the item that they mention.
func (c *collector) listable(p *later) bool {
	return !slices.ContainsFunc(p.sites, func(s *site) bool {
		s.operands, s.vars, s.spread = nil, nil, nil
		l := &lister{c: c, p: p, s: s, ok: true}
		if len(s.list) != 1 || !l.simple(s.list[0]) {
			for _, st := range s.list {
				l.mentions(st)
			}
		}
		return !l.ok || !l.varsFit() || c.reordered(s.operands)
	})
}

type lister struct {
	c  *collector
	p  *later
	s  *site
	ok bool
}

// simple lists the operands of a statement that has no others in it.
func (l *lister) simple(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		l.parts(s.X)
	case *ast.ExprStmt:
		l.parts(s.X)
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE || len(s.Lhs) != len(s.Rhs) {
			return false
		}
		for _, e := range s.Lhs {
			l.parts(e)
		}
		for _, e := range s.Rhs {
			l.value(e)
		}
	default:
		return false
	}
	return true
}

// value lists an expression whose value is stored as it is.
func (l *lister) value(e ast.Expr) {
	call, isCall := unparen(e).(*ast.CallExpr)
	if isCall && builtinName(l.info(), unparen(call.Fun)) == "append" && l.info().Types[unparen(call.Fun)].IsBuiltin() && !l.apart(e) {
		l.parts(call.Args[0])
		for i, arg := range call.Args[1:] {
			if call.Ellipsis.IsValid() && i == len(call.Args)-2 {
				l.spread(arg)
				continue
			}
			l.value(arg)
		}
		return
	}
	if l.apart(e) && l.needed(e) {
		l.operand(e)
		return
	}
	l.parts(e)
}

// spread lists the elements of a slice that is appended: a copy of them.
func (l *lister) spread(e ast.Expr) {
	if !l.apart(e) {
		l.ok = false
		return
	}
	if l.needed(e) || hasRefs(l.info().TypeOf(e)) {
		l.s.spread = e
		l.operand(e)
	}
}

func (l *lister) info() *types.Info { return l.c.a.in.Info }

func (l *lister) operand(e ast.Expr) {
	l.ok = l.ok && !l.c.localType(l.info().TypeOf(e))
	l.s.operands = append(l.s.operands, e)
}

// apart: the expression has nothing to do with what the piece writes.
func (l *lister) apart(e ast.Expr) bool {
	tv := l.info().Types[e]
	if !tv.IsValue() && !tv.HasOk() || isTuple(tv.Type) {
		return false
	}
	if id, ok := e.(*ast.Ident); ok && slices.ContainsFunc(l.p.touched, func(t *loc) bool { return l.info().Uses[id] == types.Object(t.root.v) }) {
		return false
	}
	for _, x := range l.p.effects {
		if x.node.Pos() >= e.Pos() && x.node.Pos() < e.End() && l.p.touches(l.c.a, x) {
			return false
		}
	}
	return true
}

// needed: the expression belongs to the item; others have one value all the time.
func (l *lister) needed(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			v, ok := l.info().Uses[n].(*types.Var)
			found = found || ok && l.c.ofItem(v)
		case *ast.CallExpr:
			found = found || !l.info().Types[unparen(n.Fun)].IsType()
		}
		return !found
	})
	for _, x := range l.p.effects {
		found = found || x.kind == effRead && x.node.Pos() >= e.Pos() && x.node.Pos() < e.End() && l.c.changedBeside(l.p, x)
	}
	return found && l.info().Types[e].Value == nil
}

// ofItem tells whether a variable is the loop's own, or of its body.
func (c *collector) ofItem(v *types.Var) bool {
	return v != nil && !v.IsField() && (c.sh.w.local[v] || v == c.sh.key || v == c.sh.val || slices.Contains(c.sh.vars, v))
}

// parts lists what can be listed of an expression that can't be as a whole.
func (l *lister) parts(e ast.Expr) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		l.parts(e.X)
	case *ast.Ident:
		l.mentions(e)
	case *ast.SelectorExpr:
		l.part(e.X)
	case *ast.StarExpr:
		l.part(e.X)
	case *ast.IndexExpr:
		l.parts(e.X)
		l.part(e.Index)
	case *ast.CallExpr:
		l.call(e)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			l.parts(e.X)
			return
		}
		l.part(e.X)
	case *ast.BinaryExpr:
		l.part(e.X)
		if e.Op == token.LAND || e.Op == token.LOR {
			l.mentions(e.Y)
			return
		}
		l.part(e.Y)
	default:
		l.mentions(e)
	}
}

func (l *lister) call(e *ast.CallExpr) {
	switch fun := unparen(e.Fun).(type) {
	case *ast.SelectorExpr:
		if s := l.info().Selections[fun]; s != nil { // an operand's copy would be changed
			l.parts(fun.X)
		}
	default:
		l.mentions(fun)
	}
	for _, arg := range e.Args {
		if !l.info().Types[arg].IsType() {
			l.part(arg)
		}
	}
}

// part lists an expression whose value is used by the statement.
func (l *lister) part(e ast.Expr) {
	if l.apart(e) && !hasRefs(l.info().TypeOf(e)) {
		if l.needed(e) {
			l.operand(e)
		}
		return
	}
	l.parts(e)
}

// mentions lists the item's variables in n.
func (l *lister) mentions(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		o := l.info().Uses[id]
		if o == nil || l.s.declares(l.c, o) {
			return true
		}
		v, isVar := o.(*types.Var)
		switch {
		case isVar && l.c.ofItem(v):
			if !slices.Contains(l.s.vars, v) {
				l.s.vars = append(l.s.vars, v)
			}
		case !isVar && l.c.sh.w.local[o]:
			l.ok = false // a type or constant of the body
		}
		return true
	})
}

// varsFit: the values that are listed are all that the variables stand for, and
// the piece leaves the variables alone.
func (l *lister) varsFit() bool {
	for _, v := range l.s.vars {
		if l.c.localType(v.Type()) || hasRefs(v.Type()) && !l.onlyRead(v) || l.changed(v) {
			return false
		}
	}
	return true
}

// localType tells whether a type can't be written before the loop.
func (c *collector) localType(t types.Type) bool {
	inBody := false
	var look func(t types.Type, depth int)
	look = func(t types.Type, depth int) {
		if depth > 6 {
			return
		}
		switch u := t.(type) {
		case *types.Named:
			inBody = inBody || c.sh.w.local[u.Obj()]
			for i := range u.TypeArgs().Len() {
				look(u.TypeArgs().At(i), depth+1)
			}
		case *types.Alias:
			look(types.Unalias(u), depth)
		case interface{ Elem() types.Type }:
			look(u.Elem(), depth+1)
			if m, ok := t.(*types.Map); ok {
				look(m.Key(), depth+1)
			}
		case *types.Struct:
			for i := range u.NumFields() {
				look(u.Field(i).Type(), depth+1)
			}
		}
	}
	look(t, 0)
	return inBody
}

// onlyRead: a slice of values that a call made for the item, of which elements
// and length are looked at, and nothing else.
func (l *lister) onlyRead(v *types.Var) bool {
	st, ok := v.Type().Underlying().(*types.Slice)
	rhs := l.c.sh.w.alias[v]
	if !ok || hasRefs(st.Elem()) || rhs == nil || l.c.sh.w.mutated[v] {
		return false
	}
	call, isCall := unparen(rhs).(*ast.CallExpr)
	if !isCall {
		return false
	}
	if fn := l.c.sh.w.funcObject(unparen(call.Fun)); fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" {
		return false
	}
	fine := map[*ast.Ident]bool{}
	all := true
	ast.Inspect(l.c.sh.body, func(n ast.Node) bool {
		read := func(e ast.Expr) {
			if id, ok := unparen(e).(*ast.Ident); ok {
				fine[id] = true
			}
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				all = all && !l.rootIs(e, v) || l.info().Defs[identOf(e)] != nil
			}
		case *ast.IncDecStmt:
			all = all && !l.rootIs(n.X, v)
		case *ast.UnaryExpr:
			all = all && (n.Op != token.AND || !l.rootIs(n.X, v))
		case *ast.IndexExpr:
			read(n.X)
		case *ast.RangeStmt:
			read(n.X)
		case *ast.CallExpr:
			if tv := l.info().Types[unparen(n.Fun)]; tv.IsBuiltin() && builtinName(l.info(), unparen(n.Fun)) == "len" {
				read(n.Args[0])
			}
		case *ast.Ident:
			all = all && (l.info().Uses[n] != types.Object(v) || fine[n])
		}
		return all
	})
	return all
}

func identOf(e ast.Expr) *ast.Ident { id, _ := unparen(e).(*ast.Ident); return id }

// rootIs tells whether e is v or a part of it.
func (l *lister) rootIs(e ast.Expr, v *types.Var) bool {
	for ; e != nil; e = pathBase(e) {
		if id := identOf(e); id != nil {
			return l.info().Uses[id] == types.Object(v)
		}
	}
	return false
}

// changed tells whether the piece changes v, or hands its address on.
func (l *lister) changed(v *types.Var) bool {
	found := false
	for _, s := range l.s.list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, e := range n.Lhs {
					found = found || l.rootIs(e, v)
				}
			case *ast.IncDecStmt:
				found = found || l.rootIs(n.X, v)
			case *ast.RangeStmt:
				found = found || n.Key != nil && l.rootIs(n.Key, v) || n.Value != nil && l.rootIs(n.Value, v)
			case *ast.UnaryExpr:
				found = found || n.Op == token.AND && l.rootIs(n.X, v)
			case *ast.SliceExpr:
				_, isArray := l.info().TypeOf(n.X).Underlying().(*types.Array)
				found = found || isArray && l.rootIs(n.X, v)
			case *ast.SelectorExpr:
				if sel := l.info().Selections[n]; sel != nil && sel.Kind() == types.MethodVal && l.rootIs(n.X, v) {
					_, ptr := sel.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
					found = found || ptr
				}
			}
			return !found
		})
	}
	return found
}
