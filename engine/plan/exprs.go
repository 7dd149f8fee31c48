package plan

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// nodeName names a construct that is not on the list.
func nodeName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncLit:
		return "a function literal"
	case *ast.GoStmt:
		return "a go statement"
	case *ast.DeferStmt:
		return "defer"
	case *ast.SelectStmt:
		return "select"
	case *ast.SendStmt:
		return "a channel"
	case *ast.TypeSwitchStmt:
		return "a type switch"
	case *ast.TypeAssertExpr:
		return "a type assertion"
	case *ast.LabeledStmt:
		return "a label"
	case *ast.ReturnStmt:
		return "return"
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			return "a channel"
		}
		return "the operator " + n.Op.String()
	case *ast.BinaryExpr:
		return "the operator " + n.Op.String()
	}
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."))
}

// expr accepts an expression that is used for its one value.
func (p *planner) expr(x ast.Expr) {
	tv := p.u.Info.Types[x]
	if tv.Value != nil {
		if types.Unalias(tv.Type) == nil || !p.holds(tv.Type, 0) {
			p.refuse(x, "a constant of type %s", tv.Type)
		}
		ast.Inspect(x, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				p.namedBy(id, p.u.Info.Uses[id])
			}
			return true
		})
		return
	}
	if p.instanceValue(x) {
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		p.expr(x.X)
	case *ast.Ident:
		p.ident(x)
	case *ast.SelectorExpr:
		p.selector(x)
	case *ast.IndexExpr:
		p.index(x)
	case *ast.SliceExpr:
		p.slice(x)
	case *ast.StarExpr:
		p.expr(x.X)
		p.needType(x, p.u.Info.TypeOf(x.X))
		p.needType(x, tv.Type)
	case *ast.UnaryExpr:
		p.unary(x)
	case *ast.BinaryExpr:
		p.binary(x)
	case *ast.CallExpr:
		p.call(x)
		if _, ok := tv.Type.(*types.Tuple); ok {
			p.refuse(x, "a call with several results as arguments")
		}
	case *ast.CompositeLit:
		p.composite(x)
	case *ast.TypeAssertExpr:
		p.assertion(x)
	case *ast.FuncLit:
		if !p.opt.Functions {
			p.refuse(x, "%s", nodeName(x))
		}
		p.closure(x)
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

func (p *planner) unary(x *ast.UnaryExpr) {
	switch x.Op {
	case token.AND:
		p.address(x)
	case token.ADD, token.SUB, token.XOR:
		p.expr(x.X)
		p.number(x.X)
	case token.NOT:
		p.expr(x.X)
		if plainBasic(p.u.Info.TypeOf(x.X)) == nil {
			p.refuse(x, "! of a declared type")
		}
	case token.ARROW:
		p.receive(x)
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

// number refuses operands that aren't predeclared numbers (or, for +, strings).
func (p *planner) number(x ast.Expr) {
	if p.complexes(p.u.Info.TypeOf(x)) {
		return
	}
	if b := arithmetic(p.u.Info.TypeOf(x)); b == nil || b.Info()&types.IsNumeric == 0 {
		p.refuse(x, "arithmetic on %s", p.u.Info.TypeOf(x))
	}
}

func (p *planner) binary(x *ast.BinaryExpr) {
	switch x.Op {
	case token.EQL, token.NEQ:
		if p.isNil(x.X) || p.isNil(x.Y) {
			p.compareNil(x)
			return
		}
	}
	p.expr(x.X)
	p.expr(x.Y)
	p.operation(x, x.Op, x.X, x.Y)
}

func (p *planner) compareNil(x *ast.BinaryExpr) {
	v := x.X
	if p.isNil(v) {
		v = x.Y
	}
	if p.isNil(v) {
		p.refuse(x, "nil")
	}
	p.expr(v)
	p.needType(x, p.u.Info.TypeOf(v))
}

// operation accepts a binary operator at the types of its operands.
func (p *planner) operation(n ast.Node, op token.Token, x, y ast.Expr) {
	tx, ty := p.u.Info.TypeOf(x), p.u.Info.TypeOf(y)
	if op == token.EQL || op == token.NEQ {
		p.comparable(n, tx, ty)
		return
	}
	if p.complexes(tx) && p.complexes(ty) {
		return
	}
	bx, by := arithmetic(tx), arithmetic(ty)
	if bx == nil || by == nil {
		p.refuse(n, "the operator %s on %s", op, tx)
	}
	p.needType(n, tx)
	if op == token.LAND || op == token.LOR {
		if plainBasic(tx) == nil || plainBasic(ty) == nil {
			p.refuse(n, "the operator %s on %s", op, tx)
		}
	}
}

// complexes reports whether values of a type are complex numbers, with which
// compiled code calculates. Where a build is to be had it is the faster way.
func (p *planner) complexes(t types.Type) bool {
	return p.opt.Functions && !p.parallel && IsComplex(t)
}

// IsComplex reports whether values of a type are complex numbers.
func IsComplex(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsComplex != 0
}
