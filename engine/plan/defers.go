package plan

import (
	"go/ast"
	"go/types"
)

// deferStmt accepts a deferred call: the engine keeps it, and runs it as Go does.
func (p *planner) deferStmt(s *ast.DeferStmt) {
	if !p.opt.Functions || p.parallel {
		p.refuse(s, "defer")
	}
	if !p.inFunc {
		p.refuse(s, "defer outside of a function")
	}
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok {
		p.deferred = lit
	}
	p.launched(s, s.Call)
}

// launched accepts a call whose function and arguments are evaluated now, and
// which is made later or elsewhere.
func (p *planner) launched(s ast.Stmt, call *ast.CallExpr) {
	fun := ast.Unparen(call.Fun)
	tv := p.u.Info.Types[fun]
	switch {
	case tv.IsType():
		p.refuse(s, "a conversion in %s", nodeName(s))
	case tv.IsBuiltin():
		id, ok := fun.(*ast.Ident)
		if !ok || !laterBuiltins[id.Name] || len(call.Args) > 0 && p.u.Info.Types[call.Args[0]].IsNil() {
			p.refuse(s, "a builtin in %s", nodeName(s))
		}
		p.builtin(call, fun)
	default:
		p.callee(fun)
		p.arguments(call, tv.Type.Underlying().(*types.Signature))
	}
}

// laterBuiltins are the builtins that defer and go statements may call.
var laterBuiltins = map[string]bool{"close": true, "panic": true, "print": true, "println": true}

// Recovers reports whether a function's own body calls recover.
func Recovers(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ownStatements(body, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && isBuiltin(info, call.Fun, "recover") {
			found = true
		}
	})
	return found
}

// Defers reports whether a function's own body has a defer statement.
func Defers(body *ast.BlockStmt) bool {
	found := false
	ownStatements(body, func(n ast.Node) {
		_, ok := n.(*ast.DeferStmt)
		found = found || ok
	})
	return found
}

// ownStatements visits the nodes of a function's body that are not another
// function's.
func ownStatements(body *ast.BlockStmt, visit func(ast.Node)) {
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if n != nil {
			visit(n)
		}
		return true
	})
}

func isBuiltin(info *types.Info, fun ast.Expr, name string) bool {
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok {
		return false
	}
	b, ok := info.Uses[id].(*types.Builtin)
	return ok && b.Name() == name
}

// recovers refuses recover() where the engine does not know whether the
// function was called by a defer statement: a method, and a literal that is not
// deferred where it is written.
func (p *planner) recovers(x *ast.CallExpr) {
	if !p.mayRecover || p.rangeBodies > 0 {
		p.refuse(x, "recover in a function that is not deferred where it is written")
	}
}

// plainValue refuses a function that calls recover as a value: it would have to
// know who calls it.
func (p *planner) plainValue(n ast.Node, fn *types.Func) {
	if decl, info, ok := p.opt.World.Body(fn); ok && decl.Body != nil && Recovers(info, decl.Body) {
		p.refuse(n, "%s, which calls recover, as a value", fn.Name())
	}
}
