package plan

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
)

// The packages that package loops' parallel form of a loop uses.
const (
	ParallelPath   = "github.com/goblaze/goblaze/engine/parallel"
	VectorizerPath = "github.com/goblaze/goblaze/vectorizer"
)

// Parallel reports whether a unit holds a loop in its parallel form, as
// package loops writes it. What it adds to the user's code (names that start
// with gbz_) is then accepted in the shapes that package interp knows; the
// user's code in it is held to the list like any other.
func Parallel(u *check.Unit) bool {
	for _, im := range u.Imports {
		if im.Path == ParallelPath {
			return true
		}
	}
	return false
}

// IsGlue reports whether an expression is the job or the worker of a parallel
// loop: what is done with it is package loops' own.
func IsGlue(info *types.Info, x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	t := info.TypeOf(id)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return false
	}
	path := n.Obj().Pkg().Path()
	return path == ParallelPath && n.Obj().Name() == "Job" || path == VectorizerPath && n.Obj().Name() == "Worker"
}

// GlueValue reports whether an identifier is a function that package loops
// calls through a variable: FUNC or --each, given as a literal.
func GlueValue(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && (id.Name == "gbz_f" || id.Name == "gbz_each")
}

// glue accepts a statement of package loops, and reports whether it is one.
func (p *planner) glue(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return ok && p.glueCall(call)
	case *ast.DeferStmt:
		return p.closes(s.Call)
	case *ast.IfStmt:
		return skipsLabel(s)
	case *ast.AssignStmt:
		return len(s.Rhs) == 1 && p.glueAssign(s)
	}
	return false
}

// skipsLabel recognises `if false { goto L }`, which keeps a label used.
func skipsLabel(s *ast.IfStmt) bool {
	id, ok := s.Cond.(*ast.Ident)
	if !ok || id.Name != "false" || len(s.Body.List) != 1 {
		return false
	}
	b, ok := s.Body.List[0].(*ast.BranchStmt)
	return ok && b.Tok == token.GOTO
}

// closes recognises `defer gbz_parallel.Close(x)`.
func (p *planner) closes(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := p.u.Info.Uses[sel.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == ParallelPath
}

func (p *planner) glueAssign(s *ast.AssignStmt) bool {
	if sel, ok := s.Lhs[0].(*ast.SelectorExpr); ok && IsGlue(p.u.Info, sel.X) {
		if lit, ok := s.Rhs[0].(*ast.FuncLit); ok {
			p.literal(lit)
		} else {
			p.expr(s.Rhs[0])
		}
		return true
	}
	switch x := ast.Unparen(s.Rhs[0]).(type) {
	case *ast.CallExpr:
		return len(s.Lhs) == 1 && IsGlue(p.u.Info, s.Lhs[0])
	case *ast.TypeAssertExpr: // gbz_s, _ := gbz_w.State.(S)
		if id, ok := s.Lhs[0].(*ast.Ident); ok && id.Name == "gbz_s" {
			p.needType(x, p.u.Info.TypeOf(x.Type))
			return true
		}
	case *ast.FuncLit:
		if GlueValue(s.Lhs[0]) {
			p.literal(x)
			return true
		}
	case *ast.Ident, *ast.SelectorExpr:
		if GlueValue(s.Lhs[0]) {
			p.functionValue(x)
			return true
		}
	}
	return false
}

// functionValue accepts a function by its name.
func (p *planner) functionValue(x ast.Expr) {
	id, ok := x.(*ast.Ident)
	if sel, isSel := x.(*ast.SelectorExpr); isSel && p.u.Info.Selections[sel] == nil {
		id, ok = sel.Sel, true
	}
	if ok {
		if fn, is := p.u.Info.Uses[id].(*types.Func); is {
			p.function(x, fn)
			return
		}
	}
	p.refuse(x, "a function value")
}

// glueCall accepts calls of what only package loops calls, and reports whether
// x is one.
func (p *planner) glueCall(x *ast.CallExpr) bool {
	if !p.parallel {
		return false
	}
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.FuncLit:
		p.literal(fun)
		return len(x.Args) == 0
	case *ast.Ident:
		if fun.Name == "panic" && len(x.Args) == 1 {
			id, ok := x.Args[0].(*ast.Ident)
			return ok && id.Name == "gbz_e"
		}
		if !GlueValue(fun) {
			return false
		}
		for _, a := range x.Args {
			p.expr(a)
		}
		return true
	case *ast.SelectorExpr:
		if !IsGlue(p.u.Info, fun.X) {
			return false
		}
		for _, a := range x.Args {
			p.glueArg(a)
		}
		return true
	}
	return false
}

// glueArg accepts an argument of a method of the job or the worker: a value, a
// constant, or the address of what the loop fills.
func (p *planner) glueArg(a ast.Expr) {
	if u, ok := a.(*ast.UnaryExpr); ok && u.Op == token.AND {
		p.expr(u.X)
		return
	}
	p.expr(a)
}

// literal accepts a function literal: its body is held to the list.
func (p *planner) literal(x *ast.FuncLit) {
	sig := p.u.Info.TypeOf(x).(*types.Signature)
	inFunc, results, loops, work, mayRecover, rangeBodies := p.inFunc, p.results, p.loops, p.work, p.mayRecover, p.rangeBodies
	p.inFunc, p.results, p.loops, p.work, p.mayRecover, p.rangeBodies = true, sig.Results(), 0, 1, x == p.deferred, 0
	p.block(x.Body)
	p.inFunc, p.results, p.loops, p.work, p.mayRecover, p.rangeBodies = inFunc, results, loops, work, mayRecover, rangeBodies
}

// glueReturn accepts a return of a worker's state, which becomes an interface.
func (p *planner) glueReturn(s *ast.ReturnStmt) bool {
	if !p.parallel || p.results == nil || p.results.Len() != 2 || len(s.Results) != 2 || !isInterface(p.results.At(0).Type()) {
		return false
	}
	p.expr(s.Results[0])
	if !p.isNil(s.Results[1]) {
		p.expr(s.Results[1])
	}
	return true
}
