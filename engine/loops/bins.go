package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Bins are the elements of a slice or an array that iterations add to at any
// index: a histogram. Whole numbers are added up in arrays of the workers' own,
// since their sum is the same in every order; all else is listed with its index
// and added after the run, in the order of the items.

// bins classifies hist[k] op= v, h[a][b] op= v and sum[k].x op= v, where hist is
// a variable of the cell or a field of one; false where it is something else.
func (c *collector) bins(l *loc, lhs ast.Expr, s ast.Stmt) bool {
	base, indices, suffix := binParts(lhs)
	n := len(l.steps) - strings.Count(suffix, ".") - len(indices)
	if n < 0 || len(indices) == 0 || l.root.kind != rootVar || !c.path(base, l.root.v) {
		return false
	}
	for i, st := range l.steps {
		if inside := i >= n && i < n+len(indices); inside != (st.kind == stepSlice || st.kind == stepArray) || !inside && st.kind != stepField {
			return false
		}
	}
	op, self, ok := c.binOp(lhs, indices, s)
	if !ok {
		return false
	}
	if _, info := basicInfo(l.typ); len(indices) > 1 && info&types.IsInteger == 0 && c.depth[s] > 0 {
		return false // as many numbers to list as the inner loops have steps
	}
	at := c.a.locs.get(l.root, l.steps[:n], c.a.in.Info.TypeOf(base), false)
	if suffix != "" || len(indices) > 1 {
		at = c.a.locs.anyElement(l)
	}
	var operands []ast.Expr
	for _, ix := range indices {
		operands = append(operands, ix.Index)
	}
	if _, val, _ := changed(s); val != nil && c.reordered(append(operands, val)) {
		return false
	}
	v := c.variable(at, base, classBins, s)
	v.suffix, v.dims = suffix, len(indices)
	if v.op == token.ILLEGAL {
		v.op = op
	}
	if v.class == classBins && v.op != op {
		c.refuse(s.Pos(), v.text, "iterations combine the elements of "+v.text+" in two ways, whose order matters", "keep one list for each")
	}
	c.allowed[lhs], c.allowed[base] = true, true
	v.places = append(v.places, lhs)
	if self != nil {
		v.places = append(v.places, self)
		c.allowed[self] = true
		for e := self; e != nil; e = pathBase(e) {
			c.allowed[unparen(e)] = true
		}
	}
	for _, e := range v.places {
		for ; e != nil; e = pathBase(e) { // the rows, too
			c.allowed[unparen(e)] = true
		}
	}
	return true
}

// binParts takes h[a][b].x apart: h, its indices in order, and ".x".
func binParts(e ast.Expr) (base ast.Expr, indices []*ast.IndexExpr, suffix string) {
	e = unparen(e)
	for sel, ok := e.(*ast.SelectorExpr); ok; sel, ok = e.(*ast.SelectorExpr) {
		suffix, e = "."+sel.Sel.Name+suffix, unparen(sel.X)
	}
	for ix, ok := e.(*ast.IndexExpr); ok; ix, ok = e.(*ast.IndexExpr) {
		indices, e = append(indices, ix), unparen(ix.X)
	}
	slices.Reverse(indices)
	return e, indices, suffix
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
func (c *collector) binOp(lhs ast.Expr, indices []*ast.IndexExpr, s ast.Stmt) (op token.Token, self ast.Expr, ok bool) {
	stable := true
	for i, ix := range indices {
		stable = stable && (c.stable(ix.Index) || i == 0 && len(indices) == 1)
	}
	switch s := s.(type) {
	case *ast.IncDecStmt:
		return token.ADD, nil, stable
	case *ast.AssignStmt:
		if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
			return 0, nil, false
		}
		if op, ok = assignOps[s.Tok]; ok {
			break
		}
		b, isBinary := unparen(s.Rhs[0]).(*ast.BinaryExpr)
		if s.Tok != token.ASSIGN || !isBinary || types.ExprString(unparen(b.X)) != types.ExprString(unparen(lhs)) || !c.stable(indices[0].Index) {
			return 0, nil, false
		}
		op, self = b.Op, unparen(b.X)
	}
	_, info := basicInfo(c.a.in.Info.TypeOf(lhs))
	switch op {
	case token.SUB:
		return token.ADD, self, stable && info&types.IsNumeric != 0
	case token.ADD:
		return op, self, stable && info&(types.IsNumeric|types.IsString) != 0
	case token.OR, token.XOR:
		return op, self, stable && info&types.IsInteger != 0
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
			c.triggers = append(c.triggers, o.elements(c.a))
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
	own, free, t := fmt.Sprintf("gbz_a%d", n), fmt.Sprintf("gbz_c%d", n), strings.Repeat("[]", o.dims)+g.typ(elem)
	for _, e := range o.places {
		base, indices, _ := binParts(e)
		last := indices[len(indices)-1]
		g.edits = append(g.edits, edit{unparen(e).Pos(), base.End(), own}, edit{last.End(), unparen(e).End(), ""})
	}
	g.add(&g.decls, "var %s []%s", free, t)
	g.add(&g.reset, "%s = nil", free)
	g.add(&g.locals, "var %s %s\ngbz_job.Lock()\nif gbz_m := len(%s) - 1; gbz_m >= 0 { %s = %s[gbz_m]; %s = %s[:gbz_m] }\ngbz_job.Unlock()\nif %s == nil { %s }",
		own, t, free, own, free, free, free, own, made(own, o.text, t, 0))
	g.add(&g.flush, "%s = append(%s, %s)", free, free, own)
	g.add(&g.foldPre, "for _, gbz_v := range %s { %s }", free, o.added(o.dims))
}

// made makes lists in lists as long as those of text.
func made(own, text, t string, depth int) string {
	s := fmt.Sprintf("%s = make(%s, len(%s))", own, t, text)
	if inner := t[2:]; strings.HasPrefix(inner, "[]") {
		j := fmt.Sprintf("gbz_j%d", depth)
		s += fmt.Sprintf("; for %s := range %s { %s }", j, own, made(own+"["+j+"]", text+"["+j+"]", inner, depth+1))
	}
	return s
}

// added adds the elements of gbz_v to those of the variable.
func (o *outerVar) added(dims int) string {
	head, at := "", ""
	for d := range dims {
		head += fmt.Sprintf("for gbz_j%d := range gbz_v%s { ", d, at)
		at += fmt.Sprintf("[gbz_j%d]", d)
	}
	return fmt.Sprintf("%s%s%s%s %s= gbz_v%s%s", head, o.text, at, o.suffix, o.op, at, strings.Repeat(" }", dims))
}

// binList lists the indices and values of hist[k] op= v.
func (g *gen) binList(o *outerVar, elem types.Type) {
	n := o.id
	vals, vt, at := fmt.Sprintf("gbz_a%d", n), "[]"+g.typ(elem), ""
	var keys []string
	for d := range o.dims {
		keys = append(keys, fmt.Sprintf("gbz_k%d_%d", n, d))
		g.add(&g.locals, "var %s []int", keys[d])
		g.part(fmt.Sprintf("gbz_pk%d_%d", n, d), "[]int", keys[d])
		at += fmt.Sprintf("[gbz_pk%d_%d[gbz_k][gbz_j]]", n, d)
	}
	g.add(&g.locals, "var %s %s", vals, vt)
	g.part(fmt.Sprintf("gbz_p%d", n), vt, vals)
	for _, s := range o.stmts {
		g.listBin(s, o, keys, vals)
	}
	g.add(&g.fold, "for gbz_j := range gbz_p%d[gbz_k] { %s%s%s %s= gbz_p%d[gbz_k][gbz_j] }", n, o.text, at, o.suffix, o.op, n)
}

// listBin makes s list its indices, which must be there, and its value.
func (g *gen) listBin(s ast.Stmt, o *outerVar, keys []string, vals string) {
	lhs, val, sign := changed(s)
	_, indices, _ := binParts(lhs)
	from, text, row := s.Pos(), strings.Join(keys, ", ")+", "+vals+" = ", o.text
	for d, ix := range indices {
		g.edits = append(g.edits, edit{from, ix.Index.Pos(), fmt.Sprintf("%sappend(%s, gbz_parallel.Bin(int(", text, keys[d])})
		from, text = ix.Index.End(), fmt.Sprintf("), len(%s))), ", row)
		row += "[" + g.a.source(ix.Index) + "]"
	}
	if val == nil {
		g.edits = append(g.edits, edit{from, s.End(), fmt.Sprintf("%sappend(%s, %s1)", text, vals, sign)})
		return
	}
	g.edits = append(g.edits, edit{from, val.Pos(), fmt.Sprintf("%sappend(%s, %s(", text, vals, sign)}, edit{val.End(), s.End(), "))"})
}

// changed takes x op= v apart; val is nil for x++, sign "-" for what is taken
// away.
func changed(s ast.Stmt) (lhs, val ast.Expr, sign string) {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		if s.Tok == token.DEC {
			sign = "-"
		}
		return s.X, nil, sign
	case *ast.AssignStmt:
		val, op := s.Rhs[0], assignOps[s.Tok]
		if s.Tok == token.ASSIGN {
			b := unparen(s.Rhs[0]).(*ast.BinaryExpr)
			val, op = b.Y, b.Op
		}
		if op == token.SUB {
			sign = "-"
		}
		return s.Lhs[0], val, sign
	}
	return nil, nil, ""
}

// inBins: what the loop fills are the elements of a slice or an array.
func (o *outerVar) inBins() bool { return o.class == classBins || o.class == classBestBins }

// elementwise: what is filled are not whole elements of one list, but fields of
// them, or elements of lists in a list; o.l is the place of any of them.
func (o *outerVar) elementwise() bool { return o.suffix != "" || o.dims > 1 }

// elements is the place of any element of bins.
func (o *outerVar) elements(a *analysis) *loc {
	if o.elementwise() {
		return o.l
	}
	for _, k := range []stepKind{stepSlice, stepMap} {
		if elem := elemOf(o.typ, k); elem != nil {
			return a.locs.extend(o.l, step{kind: k}, elem)
		}
	}
	return a.locs.extend(o.l, step{kind: stepArray}, elemOf(o.typ, stepArray))
}
