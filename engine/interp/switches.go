package interp

import (
	"go/ast"
	"go/types"
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
		l.block(c.Body)
		l.line("} else {")
		open++
	}
	if fallback != nil {
		l.block(fallback.Body)
	}
	l.line("%s", strings.Repeat("}\n", open))
	l.line("}")
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
