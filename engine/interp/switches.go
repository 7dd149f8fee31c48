package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// switchStmt writes a switch as a chain of ifs.
func (l *lowerer) switchStmt(s *ast.SwitchStmt) {
	l.line("{")
	l.stmt(s.Init)
	tag := ""
	if s.Tag != nil {
		l.at(s.Tag)
		l.scan(s.Tag)
		tag = l.temp(l.expr(s.Tag))
	}
	if fallsThrough(s) {
		l.chosen(s, tag)
		l.line("}")
		return
	}
	l.chain(s, tag, func(c *ast.CaseClause) { l.block(c.Body) })
	l.line("}")
}

// chain writes the cases of a switch as a chain of ifs, with what body writes
// for each.
func (l *lowerer) chain(s *ast.SwitchStmt, tag string, body func(*ast.CaseClause)) {
	open := 0
	var fallback *ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			fallback = c
			continue
		}
		l.at(c)
		l.scan(c)
		hit := l.temp("false")
		for i, x := range c.List {
			if i > 0 {
				l.line("if !%s {", hit)
			}
			if tag != "" {
				l.line("%s = %s", hit, l.matches(tag, s.Tag, x))
			} else {
				l.line("%s = %s", hit, l.expr(x))
			}
			if i > 0 {
				l.line("}")
			}
		}
		l.line("if %s {", hit)
		body(c)
		l.line("} else {")
		open++
	}
	if fallback != nil {
		body(fallback)
	}
	l.line("%s", strings.Repeat("}\n", open))
}

// chosen writes a switch in which cases fall through: the number of the case is
// chosen first, then the cases stand one behind the other.
func (l *lowerer) chosen(s *ast.SwitchStmt, tag string) {
	number := map[*ast.CaseClause]int{}
	for i, c := range s.Body.List {
		number[c.(*ast.CaseClause)] = i
	}
	at := l.temp("-1")
	l.chain(s, tag, func(c *ast.CaseClause) { l.line("%s = %d", at, number[c]) })
	for i, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		l.line("if %s == %d {", at, i)
		body := c.Body
		last := lastFalls(c)
		if last {
			body = body[:len(body)-1]
		}
		l.block(body)
		if last {
			l.line("%s = %d", at, i+1)
		}
		l.line("}")
	}
}

// fallsThrough reports whether a case of a switch ends in fallthrough.
func fallsThrough(s *ast.SwitchStmt) bool {
	return slices.ContainsFunc(s.Body.List, func(c ast.Stmt) bool { return lastFalls(c.(*ast.CaseClause)) })
}

func lastFalls(c *ast.CaseClause) bool {
	if len(c.Body) == 0 {
		return false
	}
	b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// matches writes the comparison of a switch's tag with a case.
func (l *lowerer) matches(tag string, tagExpr, x ast.Expr) string {
	t, tx := l.u.Info.TypeOf(tagExpr), l.u.Info.TypeOf(x)
	switch {
	case l.u.Info.Types[x].IsNil():
		return l.kind("isnil", t) + "(" + tag + ")"
	case simple(t) && simple(tx):
		return l.basic(t, tag) + " == " + l.basic(tx, l.expr(x))
	}
	return l.equal(tag, t, l.expr(x), tx)
}

// typeSwitch writes a switch over a dynamic type as a chain of assertions.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt) {
	l.line("{")
	l.stmt(s.Init)
	l.at(s.Assign)
	l.scan(switched(s))
	x := switched(s)
	t := l.u.Info.TypeOf(x)
	value := l.temp(l.expr(x))
	open := 0
	var fallback *ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			fallback = c
			continue
		}
		l.typeClause(c, value, t)
		open++
	}
	if fallback != nil {
		l.bindClause(fallback, value)
		l.block(fallback.Body)
	}
	l.line("%s", strings.Repeat("}\n", open))
	l.line("}")
}

// switched returns the x of x.(type).
func switched(s *ast.TypeSwitchStmt) ast.Expr {
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		return ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		return ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
	}
	return nil
}

// typeClause writes one case, up to the else of its if.
func (l *lowerer) typeClause(c *ast.CaseClause, value string, t types.Type) {
	hit, bound := "", value
	for i, x := range c.List {
		test := ""
		if l.u.Info.Types[x].IsNil() {
			test = l.temp(l.kind("isnil", t) + "(" + value + ")")
		} else {
			v, ok := l.next("gbz_t"), l.next("gbz_t")
			l.line("%s, %s := %s(%s)", v, ok, l.kind("is", t, l.u.Info.TypeOf(x)), value)
			l.line("_ = %s", v)
			test = ok
			if len(c.List) == 1 {
				bound = v
			}
		}
		if i == 0 {
			hit = test
		} else {
			l.line("%s = %s || %s", hit, hit, test)
		}
	}
	l.line("if %s {", hit)
	l.bindClause(c, bound)
	l.block(c.Body)
	l.line("} else {")
}

// bindClause declares the variable of a type switch in a clause.
func (l *lowerer) bindClause(c *ast.CaseClause, value string) {
	if v, ok := l.u.Info.Implicits[c].(*types.Var); ok {
		l.variable(v, value)
	}
}
