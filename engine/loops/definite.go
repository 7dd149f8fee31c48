package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A definite follows one outer variable through the body in the order of
// execution: is it written before it is read?
type definite struct {
	info   *types.Info
	v      *types.Var
	early  ast.Node // the first read that may come before a write
	bad    ast.Node // its address is taken, or a function literal keeps it
	always bool     // written on every way to the end of the iteration
	nested int      // inner loops, switches around: break and continue may be theirs
	labels map[string]bool
}

// follow analyses body for v.
func follow(info *types.Info, v *types.Var, body *ast.BlockStmt) *definite {
	d := &definite{info: info, v: v, always: true, labels: map[string]bool{}}
	end := d.stmts(body.List, false)
	d.always = d.always && end
	return d
}

func (d *definite) is(e ast.Expr) bool {
	id, ok := unparen(e).(*ast.Ident)
	return ok && d.info.ObjectOf(id) == d.v
}

// expr notes reads in e.
func (d *definite) expr(n ast.Node, set bool) {
	if n == nil {
		return
	}
	ast.Inspect(n, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.CallExpr:
			if lit, ok := unparen(m.Fun).(*ast.FuncLit); ok {
				d.lit(lit, set)
				for _, a := range m.Args {
					d.expr(a, set)
				}
				return false
			}
			for _, a := range m.Args {
				if lit, ok := unparen(a).(*ast.FuncLit); ok && d.onlyCalls(m, lit) {
					d.lit(lit, set)
				} else {
					d.expr(a, set)
				}
			}
			d.expr(m.Fun, set)
			return false
		case *ast.FuncLit:
			if mentionsVar(d.info, m, d.v) && d.bad == nil {
				d.bad = m
			}
			return false
		case *ast.UnaryExpr:
			if m.Op == token.AND && rootIs(m.X, d.is) && d.bad == nil {
				d.bad = m
			}
		case *ast.Ident:
			if d.info.ObjectOf(m) == d.v && !set && d.early == nil {
				d.early = m
			}
		}
		return true
	})
}

// onlyCalls tells whether a call calls the literal that it is given, but can't
// keep it: neither its results nor its other arguments could hold it.
func (d *definite) onlyCalls(call *ast.CallExpr, lit *ast.FuncLit) bool {
	tv := d.info.Types[unparen(call.Fun)]
	sig, ok := tv.Type.Underlying().(*types.Signature)
	if !ok || tv.IsBuiltin() || hasRefs(sig.Results()) || sig.Recv() != nil {
		return false
	}
	std := false
	switch fun := unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		fn, _ := d.info.Uses[fun.Sel].(*types.Func)
		std = fn != nil && fn.Pkg() != nil && isStd(fn.Pkg())
	}
	for i, a := range call.Args {
		if p := paramType(sig, i); p == nil || unparen(a) == lit && types.IsInterface(p) {
			return false
		}
		if unparen(a) != lit && !std && hasRefs(d.info.TypeOf(a)) {
			return false
		}
	}
	return true
}

// paramType is the type of the parameter that takes argument i.
func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	switch {
	case sig.Variadic() && i >= n-1:
		return sig.Params().At(n - 1).Type().(*types.Slice).Elem()
	case i < n:
		return sig.Params().At(i).Type()
	}
	return nil
}

// lit is a function literal that runs here: at once, or inside the call.
func (d *definite) lit(l *ast.FuncLit, set bool) {
	inner := &definite{info: d.info, v: d.v, always: true, labels: d.labels}
	inner.stmts(l.Body.List, set)
	if d.early == nil {
		d.early = inner.early
	}
	if d.bad == nil {
		d.bad = inner.bad
	}
}

func rootIs(e ast.Expr, is func(ast.Expr) bool) bool {
	for {
		switch x := unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return is(e)
		}
	}
}

func mentionsVar(info *types.Info, n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(m ast.Node) bool {
		if id, ok := m.(*ast.Ident); ok && info.ObjectOf(id) == v {
			found = true
		}
		return !found
	})
	return found
}

func (d *definite) stmts(list []ast.Stmt, set bool) bool {
	for _, s := range list {
		set = d.stmt(s, set)
	}
	return set
}

// stmt returns whether v is written after s. Code that is not reached counts
// as written.
func (d *definite) stmt(s ast.Stmt, set bool) bool {
	switch s := s.(type) {
	case nil:
	case *ast.AssignStmt:
		return d.assign(s, set)
	case *ast.IncDecStmt:
		d.expr(s.X, set)
	case *ast.BlockStmt:
		return d.stmts(s.List, set)
	case *ast.LabeledStmt:
		d.labels[s.Label.Name] = true
		out := d.stmt(s.Stmt, set)
		switch s.Stmt.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.AssignStmt:
			return out
		}
		return set // a labelled break may leave it early
	case *ast.IfStmt:
		set = d.stmt(s.Init, set)
		d.expr(s.Cond, set)
		a := d.stmt(s.Body, set)
		b := set
		if s.Else != nil {
			b = d.stmt(s.Else, set)
		}
		return a && b
	case *ast.ForStmt:
		set = d.stmt(s.Init, set)
		if s.Cond != nil {
			d.expr(s.Cond, set)
		}
		d.nested++
		in := d.stmt(s.Body, set)
		d.stmt(s.Post, in && (set || !continues(s.Body)))
		d.nested--
	case *ast.RangeStmt:
		d.expr(s.X, set)
		in := set
		for _, e := range []ast.Expr{s.Key, s.Value} {
			if e != nil && s.Tok == token.ASSIGN && d.is(e) {
				in = true
			} else if e != nil && s.Tok == token.ASSIGN {
				d.expr(e, set)
			}
		}
		d.nested++
		d.stmt(s.Body, in)
		d.nested--
	case *ast.SwitchStmt:
		set = d.stmt(s.Init, set)
		d.expr(s.Tag, set)
		return d.cases(s.Body, set)
	case *ast.TypeSwitchStmt:
		set = d.stmt(s.Init, set)
		set = d.stmt(s.Assign, set)
		return d.cases(s.Body, set)
	case *ast.BranchStmt:
		return d.branch(s, set)
	case *ast.ReturnStmt:
		for _, e := range s.Results {
			d.expr(e, set)
		}
		return true
	default:
		ast.Inspect(s, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				d.expr(e, set)
				return false
			}
			return true
		})
	}
	return set
}

func (d *definite) branch(s *ast.BranchStmt, set bool) bool {
	if s.Tok == token.CONTINUE && (s.Label == nil && d.nested == 0 || s.Label != nil && !d.labels[s.Label.Name]) {
		d.always = d.always && set
		return true
	}
	if s.Tok == token.FALLTHROUGH {
		return set
	}
	// break or continue of an inner statement: what comes after it is
	// analysed as if v had been left as it was before.
	return true
}

// cases: the ways through a switch, and past it.
func (d *definite) cases(body *ast.BlockStmt, set bool) bool {
	all, hasDefault := true, false
	for _, c := range body.List {
		cc := c.(*ast.CaseClause)
		for _, e := range cc.List {
			if !d.info.Types[e].IsType() {
				d.expr(e, set)
			}
		}
		hasDefault = hasDefault || cc.List == nil
		in := d.stmts(cc.Body, set)
		if breaks(cc.Body) {
			in = set
		}
		all = all && in
	}
	return all && hasDefault || set
}

// continues tells whether a continue in a loop's body could skip a part of it.
func continues(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if b, ok := n.(*ast.BranchStmt); ok {
			found = found || b.Tok == token.CONTINUE
		}
		return true
	})
	return found
}

// breaks tells whether a case's body holds a break that could leave the
// switch early.
func breaks(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.BranchStmt:
				found = found || n.Tok == token.BREAK || n.Tok == token.FALLTHROUGH
			}
			return true
		})
	}
	return found
}

func (d *definite) assign(s *ast.AssignStmt, set bool) bool {
	for _, r := range s.Rhs {
		d.expr(r, set)
	}
	for _, l := range s.Lhs {
		if d.is(l) {
			if s.Tok != token.ASSIGN {
				d.expr(l, set)
			}
			continue
		}
		if !(s.Tok == token.DEFINE) {
			d.expr(l, set)
		}
	}
	for _, l := range s.Lhs {
		if d.is(l) && (s.Tok == token.ASSIGN || s.Tok == token.DEFINE) {
			return true
		}
	}
	return set
}
