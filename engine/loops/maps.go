package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

// mapWrite classifies m[k] = v and its kin.
func (c *collector) mapWrite(l *loc, lhs ast.Expr, s ast.Stmt) {
	ix := unparen(lhs).(*ast.IndexExpr)
	base := c.a.locs.get(l.root, l.steps[:len(l.steps)-1], c.a.in.Info.TypeOf(ix.X), false)
	c.allowed[lhs] = true
	add := func(cl class) *outerVar {
		v := c.variable(base, ix.X, cl, s)
		c.allowed[unparen(ix.X)] = true
		return v
	}
	elem := base.typ.Underlying().(*types.Map).Elem()
	switch s := s.(type) {
	case *ast.IncDecStmt:
		c.mapOp(add, token.ADD, elem, lhs, s)
		return
	case *ast.AssignStmt:
		if op, ok := assignOps[s.Tok]; ok {
			c.mapOp(add, op, elem, lhs, s)
			return
		}
		if len(s.Lhs) != 1 {
			c.refuse(s.Pos(), c.a.text(ix.X), "an assignment of several values stores in the map "+c.a.text(ix.X), "write one assignment for each")
			return
		}
		if call, ok := unparen(s.Rhs[0]).(*ast.CallExpr); ok && c.a.in.Info.Types[unparen(call.Fun)].IsBuiltin() &&
			types.ExprString(call.Fun) == "append" && types.ExprString(call.Args[0]) == types.ExprString(lhs) && c.stable(ix.Index) {
			v := add(classMapAppend)
			if arg, ok := unparen(call.Args[0]).(*ast.IndexExpr); ok {
				v.nodes = append(v.nodes, arg.X)
				c.allowed[unparen(arg.X)] = true
				c.allowed[arg] = true
				c.allowed[call] = true
			}
			return
		}
		if b, ok := unparen(s.Rhs[0]).(*ast.BinaryExpr); ok && types.ExprString(unparen(b.X)) == types.ExprString(lhs) && c.stable(ix.Index) {
			if arg, isIndex := unparen(b.X).(*ast.IndexExpr); isIndex && (exactMapOp(b.Op, elem) || listedMapOp(b.Op, elem)) {
				v := c.mapOp(add, b.Op, elem, lhs, s)
				v.nodes = append(v.nodes, arg.X)
				c.allowed[unparen(arg.X)] = true
				c.allowed[arg] = true
				return
			}
		}
		v := add(classMapSet)
		if l.own() && len(v.stmts) == 1 && c.depth[s] == 0 {
			c.allowOwnKey(base, s)
		}
	}
}

// stable tells whether e has the same value when it is evaluated again at once:
// it receives nothing, and the functions it calls are given nothing that they
// could change.
func (c *collector) stable(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.FuncLit:
			ok = false
		case *ast.CallExpr:
			ok = ok && c.stableCall(n)
		}
		return ok
	})
	return ok
}

func (c *collector) stableCall(call *ast.CallExpr) bool {
	info := c.a.in.Info
	if tv := info.Types[unparen(call.Fun)]; tv.IsType() || tv.IsBuiltin() {
		return true
	}
	if c.sh.w.funcObject(unparen(call.Fun)) == nil || len(call.Args) == 0 {
		return false
	}
	for _, arg := range call.Args {
		if hasRefs(info.TypeOf(arg)) {
			return false
		}
	}
	sel, ok := unparen(call.Fun).(*ast.SelectorExpr)
	return !ok || info.Selections[sel] == nil || !hasRefs(info.TypeOf(sel.X))
}

func exactMapOp(op token.Token, elem types.Type) bool {
	_, info := basicInfo(elem)
	switch op {
	case token.ADD:
		return info&(types.IsInteger|types.IsString) != 0
	case token.SUB, token.OR, token.XOR:
		return info&types.IsInteger != 0
	}
	return false
}

// listedMapOp: the values are listed and combined in the order of the items.
func listedMapOp(op token.Token, elem types.Type) bool {
	_, info := basicInfo(elem)
	return info&(types.IsFloat|types.IsComplex) != 0 && (op == token.ADD || op == token.SUB || op == token.MUL)
}

func (c *collector) mapOp(add func(class) *outerVar, op token.Token, elem types.Type, lhs ast.Expr, s ast.Stmt) *outerVar {
	v := add(classMapOp)
	_, isIncDec := s.(*ast.IncDecStmt)
	if op == token.SUB {
		op = token.ADD
	}
	if v.op == token.ILLEGAL {
		v.op = op
	}
	switch {
	case v.op != op:
		c.refuse(s.Pos(), v.text, "iterations combine the values of "+v.text+" in two ways, whose order matters", "keep one map for each")
	case listedMapOp(op, elem), exactMapOp(op, elem), isIncDec:
	default:
		c.refuse(s.Pos(), v.text, "iterations read "+c.a.text(lhs)+", which another iteration may have written",
			"collect the values with m[k] = append(m[k], v) and combine them after the loop")
	}
	return v
}

// allowOwnKey: m[k] = f(m[k]) with the loop's own key reads what was there
// before the loop.
func (c *collector) allowOwnKey(base *loc, s *ast.AssignStmt) {
	n := len(base.steps)
	other := map[ast.Node]bool{} // they read more than that, as len(m) does
	for _, e := range c.sh.w.effects {
		if e.kind == effRead && e.l.root == base.root && len(e.l.steps) > n && !e.l.steps[n].index.plain() {
			other[e.node] = true
		}
	}
	for _, e := range c.sh.w.effects {
		if e.kind == effRead && e.l.root == base.root && e.node.Pos() <= s.End() && e.direct && len(e.l.steps) >= n && !other[e.node] {
			c.allowed[e.node] = true
		}
	}
}
