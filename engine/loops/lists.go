package loops

import (
	"go/ast"
	"go/token"
)

// A stmtList is a list of statements in another, between lo and hi.
type stmtList struct {
	list   []ast.Stmt
	lo, hi token.Pos
	loop   bool
}

// innerLists are the lists of statements that s holds.
func innerLists(s ast.Stmt) (out []stmtList) {
	add := func(list []ast.Stmt, lo, hi token.Pos, loop bool) {
		out = append(out, stmtList{list, lo, hi, loop})
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		add(s.List, s.Lbrace, s.Rbrace, false)
	case *ast.LabeledStmt:
		return innerLists(s.Stmt)
	case *ast.IfStmt:
		add(s.Body.List, s.Body.Lbrace, s.Body.Rbrace, false)
		if s.Else != nil {
			out = append(out, innerLists(s.Else)...)
		}
	case *ast.ForStmt:
		add(s.Body.List, s.Body.Lbrace, s.Body.Rbrace, true)
	case *ast.RangeStmt:
		add(s.Body.List, s.Body.Lbrace, s.Body.Rbrace, true)
	case *ast.SwitchStmt:
		for _, cl := range s.Body.List {
			cc := cl.(*ast.CaseClause)
			add(cc.Body, cc.Colon, cc.End(), false)
		}
	}
	return out
}

// allLists are the lists of statements in a body.
func allLists(body ast.Node) (out []stmtList) {
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok {
			out = append(out, innerLists(s)...)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return out
}

// inside visits n and what is in it, with how many loops and switches of n are
// around each.
func inside(n ast.Node, loops, switches int, visit func(n ast.Node, loops, switches int)) {
	visit(n, loops, switches)
	ast.Inspect(n, func(m ast.Node) bool {
		switch m.(type) {
		case nil:
			return false
		case *ast.ForStmt, *ast.RangeStmt:
			if m == n {
				loops++
				return true
			}
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
			if m == n {
				switches++
				return true
			}
		default:
			if m != n {
				visit(m, loops, switches)
			}
			return true
		}
		inside(m, loops, switches, visit)
		return false
	})
}

// indexed tells whether an index is written in a place.
func indexed(e ast.Expr) bool {
	for ; e != nil; e = pathBase(e) {
		if _, ok := unparen(e).(*ast.IndexExpr); ok {
			return true
		}
	}
	return false
}
