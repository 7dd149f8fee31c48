package plan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Goroutines and channels are interpreted where nothing can be compiled: each
// operation is one of compiled code that a stop can end.

// concurrent refuses what starts or waits for goroutines where it can be
// compiled.
func (p *planner) concurrent(n ast.Node) {
	if !p.opt.Functions || p.parallel {
		p.refuse(n, "%s", nodeName(n))
	}
}

func (p *planner) goStmt(s *ast.GoStmt) {
	p.concurrent(s)
	p.launched(s, s.Call)
}

func (p *planner) send(s *ast.SendStmt) {
	p.concurrent(s)
	t, ok := under[*types.Chan](p.u.Info.TypeOf(s.Chan))
	if !ok {
		p.refuse(s, "a channel of a type parameter")
	}
	p.expr(s.Chan)
	p.needType(s, p.u.Info.TypeOf(s.Chan))
	p.operand(s.Value, t.Elem())
}

// receive accepts <-ch.
func (p *planner) receive(x *ast.UnaryExpr) {
	p.concurrent(x)
	p.expr(x.X)
	p.needType(x, p.u.Info.TypeOf(x.X))
}

// received returns the operand of a receive, nil when x is something else.
func received(x ast.Expr) *ast.UnaryExpr {
	u, ok := ast.Unparen(x).(*ast.UnaryExpr)
	if !ok || u.Op != token.ARROW {
		return nil
	}
	return u
}

func (p *planner) selectStmt(s *ast.SelectStmt) {
	p.concurrent(s)
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		switch comm := c.Comm.(type) {
		case nil:
		case *ast.SendStmt:
			p.send(comm)
		case *ast.ExprStmt:
			p.receive(received(comm.X))
		case *ast.AssignStmt:
			p.receive(received(comm.Rhs[0]))
			p.receivers(comm)
		}
		for _, st := range c.Body {
			p.stmt(st)
		}
	}
}

// receivers accepts the left side of a select's receive.
func (p *planner) receivers(s *ast.AssignStmt) {
	elem := p.u.Info.TypeOf(received(s.Rhs[0]).X).Underlying().(*types.Chan).Elem()
	for i, x := range s.Lhs {
		if id, ok := x.(*ast.Ident); ok && (s.Tok == token.DEFINE || id.Name == "_") {
			continue
		}
		p.target(x)
		if i == 0 {
			p.assignable(x, elem, p.u.Info.TypeOf(x))
		} else {
			p.assignable(x, types.Typ[types.Bool], p.u.Info.TypeOf(x))
		}
	}
}
