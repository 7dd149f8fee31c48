package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// Bins are the elements of a slice or an array that iterations add to at any
// index: a histogram. Whole numbers are added up in arrays of the workers' own,
// since their sum is the same in every order; all else is listed with its index
// and added after the run, in the order of the items.

// bins classifies hist[k] op= v, where hist is a variable of the cell or a field
// of one; false where it is something else.
func (c *collector) bins(l *loc, lhs ast.Expr, s ast.Stmt) bool {
	n := len(l.steps) - 1
	ix, ok := unparen(lhs).(*ast.IndexExpr)
	if !ok || n < 0 || l.root.kind != rootVar || l.steps[n].kind != stepSlice && l.steps[n].kind != stepArray || !c.path(ix.X, l.root.v) {
		return false
	}
	for _, st := range l.steps[:n] {
		if st.kind != stepField {
			return false
		}
	}
	op, self, ok := c.binOp(ix, s)
	if !ok {
		return false
	}
	base := c.a.locs.get(l.root, l.steps[:n], c.a.in.Info.TypeOf(ix.X), false)
	v := c.variable(base, ix.X, classBins, s)
	if v.op == token.ILLEGAL {
		v.op = op
	}
	if v.class == classBins && v.op != op {
		c.refuse(s.Pos(), v.text, "iterations combine the elements of "+v.text+" in two ways, whose order matters", "keep one list for each")
	}
	c.allowed[lhs], c.allowed[unparen(ix.X)] = true, true
	if self != nil {
		v.nodes = append(v.nodes, self.X)
		c.allowed[self], c.allowed[unparen(self.X)] = true, true
	}
	return true
}

// path tells whether e is the variable v or a field in it.
func (c *collector) path(e ast.Expr, v *types.Var) bool {
	for {
		switch x := unparen(e).(type) {
		case *ast.Ident:
			return c.a.in.Info.Uses[x] == types.Object(v)
		case *ast.SelectorExpr:
			e = x.X
		default:
			return false
		}
	}
}

// binOp is the operation by which s changes an element; self is the second place
// that stands for it, in hist[k] = hist[k] + v.
func (c *collector) binOp(ix *ast.IndexExpr, s ast.Stmt) (op token.Token, self *ast.IndexExpr, ok bool) {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		return token.ADD, nil, true
	case *ast.AssignStmt:
		if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
			return 0, nil, false
		}
		if op, ok = assignOps[s.Tok]; ok {
			break
		}
		b, isBinary := unparen(s.Rhs[0]).(*ast.BinaryExpr)
		if s.Tok != token.ASSIGN || !isBinary || types.ExprString(unparen(b.X)) != types.ExprString(ix) || !c.stable(ix.Index) {
			return 0, nil, false
		}
		op = b.Op
		if self, ok = unparen(b.X).(*ast.IndexExpr); !ok {
			return 0, nil, false
		}
	}
	_, info := basicInfo(c.a.in.Info.TypeOf(ix))
	switch op {
	case token.SUB:
		return token.ADD, self, info&types.IsNumeric != 0
	case token.ADD:
		return op, self, info&(types.IsNumeric|types.IsString) != 0
	case token.OR, token.XOR:
		return op, self, info&types.IsInteger != 0
	}
	return 0, nil, false
}

// soleBins refuses to store in bins in another way, too; their number may be read.
func (c *collector) soleBins(o *outerVar) {
	ast.Inspect(c.sh.body, func(n ast.Node) bool { // how many there are stays as it is
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 && builtinName(c.a.in.Info, unparen(call.Fun)) == "len" &&
			c.a.in.Info.Types[unparen(call.Fun)].IsBuiltin() && types.ExprString(call.Args[0]) == o.text {
			c.allowed[unparen(call.Args[0])] = true
		}
		return true
	})
	for _, w := range c.sh.own {
		if w.l.root == o.l.root && meets(o.l, w.l) {
			c.refuse(w.node.Pos(), o.text, "iterations store in "+o.text+", whose elements other iterations change", "keep one list for each")
		}
	}
}

// binned writes how bins are filled: a chunk takes an array that no other one is
// using, and gives it back at its end.
func (g *gen) binned(o *outerVar) {
	n := o.id
	elem := o.elements(g.a).typ
	if _, info := basicInfo(elem); info&types.IsInteger == 0 {
		g.binList(o, elem)
		return
	}
	own, free, t := fmt.Sprintf("gbz_a%d", n), fmt.Sprintf("gbz_c%d", n), g.typ(elem)
	g.rename(o.nodes, own)
	g.add(&g.decls, "var %s [][]%s", free, t)
	g.add(&g.reset, "%s = nil", free)
	g.add(&g.locals, "var %s []%s\ngbz_job.Lock()\nif gbz_m := len(%s) - 1; gbz_m >= 0 { %s = %s[gbz_m]; %s = %s[:gbz_m] }\ngbz_job.Unlock()\nif %s == nil { %s = make([]%s, len(%s)) }",
		own, t, free, own, free, free, free, own, own, t, o.text)
	g.add(&g.flush, "%s = append(%s, %s)", free, free, own)
	g.add(&g.foldPre, "for _, gbz_v := range %s { for gbz_j := range gbz_v { %s[gbz_j] %s= gbz_v[gbz_j] } }", free, o.text, o.op)
}

// binList lists the indices and values of hist[k] op= v.
func (g *gen) binList(o *outerVar, elem types.Type) {
	n := o.id
	keys, vals := fmt.Sprintf("gbz_k%d", n), fmt.Sprintf("gbz_a%d", n)
	vt := "[]" + g.typ(elem)
	g.add(&g.locals, "var %s []int; var %s %s", keys, vals, vt)
	g.part(fmt.Sprintf("gbz_pk%d", n), "[]int", keys)
	g.part(fmt.Sprintf("gbz_p%d", n), vt, vals)
	for _, s := range o.stmts {
		g.listStmt(s, keys, vals, "gbz_parallel.Bin(int(", fmt.Sprintf("), len(%s))", o.text))
	}
	g.add(&g.fold, "for gbz_j := range gbz_pk%d[gbz_k] { %s[gbz_pk%d[gbz_k][gbz_j]] %s= gbz_p%d[gbz_k][gbz_j] }", n, o.text, n, o.op, n)
}

// inBins: what the loop fills are the elements of a slice or an array.
func (o *outerVar) inBins() bool { return o.class == classBins || o.class == classBestBins }

// elements is the place of any element of bins.
func (o *outerVar) elements(a *analysis) *loc {
	if elem := elemOf(o.typ, stepSlice); elem != nil {
		return a.locs.extend(o.l, step{kind: stepSlice}, elem)
	}
	return a.locs.extend(o.l, step{kind: stepArray}, elemOf(o.typ, stepArray))
}
