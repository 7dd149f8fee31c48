package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A function needs a stop check where calls may come back to it, since a
// recursion may be long without a loop. The check stands before the first
// statement that makes such a call, so that what ends a recursion pays nothing:
//
//	if n < 2 { return n }; if stopping { … }; return fib(n-1) + fib(n-2)
//
// What runs without a check is then bounded by the stack's depth: calls that
// end the recursion, one after the other as deep calls return.

// funcDecl adds the stop check to a function that may be called by what it
// calls.
func (em *emitter) funcDecl(fd *ast.FuncDecl) {
	if fd.Body == nil || fd == em.u.Run || em.opt.NoChecks {
		return
	}
	self, known := em.u.Info.Defs[fd.Name], map[types.Object]bool{}
	risky := func(n ast.Node, inLit bool) bool { return em.isDynamic(n, inLit) || em.reachesBack(n, self, known) }
	if d := em.descentOf(fd); d != nil {
		em.descentCheck(fd, d, risky)
	} else {
		em.entryCheck(fd.Body, risky, "")
	}
}

// entryCheck adds a stop check, under a condition or "", to a function's body
// before the first node that is risky: one that calls what may call the
// function.
func (em *emitter) entryCheck(body *ast.BlockStmt, risky riskyFunc, cond string) {
	if em.opt.NoChecks || !has(body, risky) {
		return
	}
	at := body.Lbrace + 1
	if !hasGoto(body) {
		at = em.checkAt(body.List, risky)
	}
	if at.IsValid() {
		em.e.open(em.u.Offset(at), em.checkWhen(cond))
	}
}

// A riskyFunc tells whether a node calls what may call the function around it;
// inLit is true in a function literal inside that.
type riskyFunc func(n ast.Node, inLit bool) bool

// has reports whether a part of n is risky.
func has(n ast.Node, risky riskyFunc) bool {
	found := false
	var visit func(n ast.Node, inLit bool)
	visit = func(n ast.Node, inLit bool) {
		ast.Inspect(n, func(c ast.Node) bool {
			if lit, ok := c.(*ast.FuncLit); ok && !inLit {
				visit(lit, true)
				return false
			}
			found = found || c != nil && risky(c, inLit)
			return !found
		})
	}
	if n != nil {
		visit(n, false)
	}
	return found
}

// checkAt returns where in the list of statements a check must stand, no
// position when that is in a loop, which has one.
func (em *emitter) checkAt(list []ast.Stmt, risky riskyFunc) token.Pos {
	var first ast.Stmt
	for _, s := range list {
		if !has(s, risky) {
			continue
		}
		if first != nil {
			return first.Pos()
		}
		first = s
	}
	if inner, ok := em.onlyIn(first, risky); ok {
		return em.checkAt(inner, risky)
	}
	if em.loopChecks(first, risky) {
		return token.NoPos
	}
	return first.Pos()
}

// onlyIn returns the only list of statements inside s that is risky, ok false
// when there are several, or when more of s is.
func (em *emitter) onlyIn(s ast.Stmt, risky riskyFunc) (list []ast.Stmt, ok bool) {
	lists, rest := inner(s)
	for _, n := range rest {
		if has(n, risky) {
			return nil, false
		}
	}
	for _, l := range lists {
		if !slices.ContainsFunc(l, func(s ast.Stmt) bool { return has(s, risky) }) {
			continue
		}
		if list != nil {
			return nil, false
		}
		list = l
	}
	return list, list != nil
}

// inner returns the lists of statements of which s runs at most one, and what
// else s may run.
func inner(s ast.Stmt) (lists [][]ast.Stmt, rest []ast.Node) {
	var clauses []ast.Stmt
	switch s := s.(type) {
	case *ast.BlockStmt:
		return [][]ast.Stmt{s.List}, nil
	case *ast.IfStmt:
		lists, rest = inner(s.Else)
		return append(lists, s.Body.List), append(rest, s.Init, s.Cond)
	case *ast.SwitchStmt:
		clauses, rest = s.Body.List, []ast.Node{s.Init, s.Tag}
	case *ast.TypeSwitchStmt:
		clauses, rest = s.Body.List, []ast.Node{s.Init, s.Assign}
	default:
		return nil, []ast.Node{s}
	}
	for _, c := range clauses {
		clause := c.(*ast.CaseClause)
		for _, e := range clause.List {
			rest = append(rest, e)
		}
		lists = append(lists, clause.Body)
	}
	return lists, rest
}

// loopChecks reports whether s is a loop that checks at the start of each
// iteration and is risky in its body only.
func (em *emitter) loopChecks(s ast.Stmt, risky riskyFunc) bool {
	switch s := s.(type) {
	case *ast.ForStmt:
		return !has(s.Init, risky) && !has(s.Cond, risky) && !has(s.Post, risky) && em.planLoop(s, nil).kind == always
	case *ast.RangeStmt:
		if risky(s, false) || has(s.X, risky) {
			return false
		}
		return !isChan(em.u.Info.TypeOf(s.X)) && em.planLoop(s, nil).kind == always
	}
	return false
}
