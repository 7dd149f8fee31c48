package plan

import (
	"go/ast"
)

func (p *planner) switchStmt(s *ast.SwitchStmt) {
	p.stmt(s.Init)
	if s.Tag != nil {
		p.expr(s.Tag)
		p.needType(s.Tag, p.u.Info.TypeOf(s.Tag))
	}
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if !p.parallel {
			p.orderedStmt(c)
		}
		for _, x := range c.List {
			p.caseValue(s, x)
		}
		p.clause(c)
	}
}

// clause accepts the statements of a case.
func (p *planner) clause(c *ast.CaseClause) {
	for _, st := range c.Body {
		p.stmt(st)
	}
}

// caseValue accepts what a switch compares with.
func (p *planner) caseValue(s *ast.SwitchStmt, x ast.Expr) {
	if p.isNil(x) {
		return
	}
	p.expr(x)
	if s.Tag == nil {
		if plainBasic(p.u.Info.TypeOf(x)) == nil {
			p.refuse(x, "a case of type %s", p.u.Info.TypeOf(x))
		}
		return
	}
	p.comparable(x, p.u.Info.TypeOf(s.Tag), p.u.Info.TypeOf(x))
}

// assertion accepts x.(T): compiled code looks at the dynamic type.
func (p *planner) assertion(x *ast.TypeAssertExpr) {
	if x.Type == nil {
		p.refuse(x, "a type switch")
	}
	p.expr(x.X)
	t := p.u.Info.TypeOf(x.Type)
	p.needType(x, p.u.Info.TypeOf(x.X))
	p.needType(x, t)
	if p.apart(t) {
		p.refuse(x, "an assertion of a struct type without a name")
	}
}

// typeSwitch accepts a switch over the dynamic type of a value.
func (p *planner) typeSwitch(s *ast.TypeSwitchStmt) {
	p.stmt(s.Init)
	x := asserted(s)
	p.expr(x.X)
	p.needType(x, p.u.Info.TypeOf(x.X))
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		for _, t := range c.List {
			if p.isNil(t) {
				continue
			}
			typ := p.u.Info.TypeOf(t)
			p.needType(t, typ)
			if p.apart(typ) {
				p.refuse(t, "an assertion of a struct type without a name")
			}
		}
		p.clause(c)
	}
}

// asserted returns the x.(type) of a type switch.
func asserted(s *ast.TypeSwitchStmt) *ast.TypeAssertExpr {
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		return ast.Unparen(a.X).(*ast.TypeAssertExpr)
	case *ast.AssignStmt:
		return ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr)
	}
	return nil
}
