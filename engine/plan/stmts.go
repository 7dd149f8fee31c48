package plan

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (p *planner) block(b *ast.BlockStmt) {
	for _, s := range b.List {
		p.stmt(s)
	}
}

func (p *planner) stmt(s ast.Stmt) {
	if p.parallel && p.glue(s) {
		return
	}
	if !p.parallel && s != nil {
		p.orderedStmt(s)
	}
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		if x := received(s.X); x != nil {
			p.receive(x)
			return
		}
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			p.refuse(s, "a statement of this kind")
		}
		p.call(call)
	case *ast.AssignStmt:
		p.assign(s)
	case *ast.IncDecStmt:
		p.target(s.X)
		p.number(s.X)
	case *ast.DeclStmt:
		g := s.Decl.(*ast.GenDecl)
		switch g.Tok {
		case token.VAR:
			p.varDecl(g)
		case token.TYPE:
			p.localTypes(g)
		}
	case *ast.BlockStmt:
		p.block(s)
	case *ast.IfStmt:
		p.stmt(s.Init)
		p.condition(s.Cond)
		p.block(s.Body)
		p.stmt(s.Else)
	case *ast.ForStmt:
		p.forStmt(s)
	case *ast.RangeStmt:
		p.rangeStmt(s)
	case *ast.SwitchStmt:
		p.switchStmt(s)
	case *ast.TypeSwitchStmt:
		p.typeSwitch(s)
	case *ast.ReturnStmt:
		p.returnStmt(s)
	case *ast.DeferStmt:
		p.deferStmt(s)
	case *ast.GoStmt:
		p.goStmt(s)
	case *ast.SendStmt:
		p.send(s)
	case *ast.SelectStmt:
		p.selectStmt(s)
	case *ast.LabeledStmt:
		p.stmt(s.Stmt)
	case *ast.BranchStmt:
		if s.Tok == token.GOTO {
			p.gotoStmt(s)
		}
	default:
		p.refuse(s, "%s", nodeName(s))
	}
}

// localTypes accepts other names of types, and types where the engine makes
// them.
func (p *planner) localTypes(g *ast.GenDecl) {
	for _, sp := range g.Specs {
		if t := sp.(*ast.TypeSpec); !t.Assign.IsValid() && !p.opt.Functions {
			p.refuse(t, "a local type")
		}
	}
}

// gotoStmt accepts a jump where nothing can be compiled: it may make a loop of
// any length. The variables of the cell are declared once.
func (p *planner) gotoStmt(s *ast.BranchStmt) {
	if !p.opt.Functions || p.parallel || p.rangeBodies > 0 {
		p.refuse(s, "goto")
	}
	if p.inFunc || len(p.u.Vars) == 0 {
		return
	}
	for _, st := range p.u.List {
		if lab, ok := st.(*ast.LabeledStmt); ok && lab.Label.Name == s.Label.Name && lab.Pos() < s.Pos() {
			p.refuse(s, "goto among the cell's variables")
		}
	}
}

// returnStmt accepts a return of values of the results' own types.
func (p *planner) returnStmt(s *ast.ReturnStmt) {
	if !p.inFunc {
		p.refuse(s, "return")
	}
	if p.glueReturn(s) {
		return
	}
	if len(s.Results) == 1 && p.results.Len() > 1 {
		p.tuple(s.Results[0])
		return
	}
	for i, x := range s.Results {
		p.operand(x, p.results.At(i).Type())
	}
}

func (p *planner) condition(x ast.Expr) {
	p.expr(x)
	if plainBasic(p.u.Info.TypeOf(x)) == nil {
		p.refuse(x, "a condition of a declared type")
	}
}

func (p *planner) varDecl(g *ast.GenDecl) {
	for _, sp := range g.Specs {
		s := sp.(*ast.ValueSpec)
		for _, id := range s.Names {
			if v, ok := p.u.Info.Defs[id].(*types.Var); ok {
				p.needType(id, v.Type())
			}
		}
		p.values(s, s.Values, func(i int) types.Type {
			if s.Type != nil {
				return p.u.Info.TypeOf(s.Type)
			}
			return nil
		}, func(i int) *ast.Ident { return s.Names[i] })
	}
}

// values accepts the right side of an assignment; typeOf gives the type of the
// i-th left side, nil when that is the value's. nameOf returns the i-th left
// side when it is a new variable.
func (p *planner) values(n ast.Node, values []ast.Expr, typeOf func(int) types.Type, nameOf func(int) *ast.Ident) {
	if len(values) == 1 {
		if tup, ok := p.u.Info.TypeOf(values[0]).(*types.Tuple); ok {
			p.tuple(values[0])
			for i := range tup.Len() {
				p.needType(values[0], tup.At(i).Type())
				p.assignable(values[0], tup.At(i).Type(), typeOf(i))
			}
			return
		}
	}
	for i, v := range values {
		if lit, ok := ast.Unparen(v).(*ast.FuncLit); ok {
			p.localClosure(lit, nameOf(i))
			continue
		}
		p.operand(v, typeOf(i))
	}
}

// localClosure accepts a function literal as the only value of a local variable
// that is only called.
func (p *planner) localClosure(x *ast.FuncLit, id *ast.Ident) {
	if p.opt.Functions {
		p.closure(x)
		return
	}
	if id == nil {
		p.refuse(x, "a function literal that is kept")
	}
	v, ok := p.u.Info.Defs[id].(*types.Var)
	if !ok || p.isSession(id) {
		p.refuse(x, "a function literal that outlives the cell")
	}
	if !p.onlyCalled(v) {
		p.refuse(x, "a function literal that is kept")
	}
	p.closure(x)
}

// tuple accepts what has two values: a call, a look-up in a map, or a type
// assertion.
func (p *planner) tuple(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		p.call(x)
	case *ast.IndexExpr:
		p.expr(x)
	case *ast.TypeAssertExpr:
		p.assertion(x)
	case *ast.UnaryExpr: // <-ch
		p.receive(x)
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

func (p *planner) isNil(x ast.Expr) bool { return p.u.Info.Types[x].IsNil() }

func (p *planner) assign(s *ast.AssignStmt) {
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); ok && s.Tok == token.DEFINE {
			if v, ok := p.u.Info.Defs[id].(*types.Var); ok {
				p.needType(id, v.Type())
				continue
			}
		}
		p.target(l)
	}
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		p.opAssign(s)
		return
	}
	if len(s.Lhs) > 1 {
		p.independent(s)
	}
	p.values(s, s.Rhs, func(i int) types.Type {
		if id, ok := s.Lhs[i].(*ast.Ident); ok && id.Name == "_" {
			return nil
		}
		return p.u.Info.TypeOf(s.Lhs[i])
	}, func(i int) *ast.Ident {
		id, ok := s.Lhs[i].(*ast.Ident)
		if !ok || s.Tok != token.DEFINE {
			return nil
		}
		return id
	})
}

// isSession reports whether an expression is the name of a session variable.
func (p *planner) isSession(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = SessionVar(p.u, p.u.Info.ObjectOf(id))
	return ok && !p.u.PackageVars
}

// independent refuses an assignment of several where one target's operand is
// another target.
func (p *planner) independent(s *ast.AssignStmt) {
	assigned := map[types.Object]bool{}
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); ok {
			if o := p.u.Info.ObjectOf(id); o != nil {
				assigned[o] = true
			}
		}
	}
	for _, l := range s.Lhs {
		if _, ok := l.(*ast.Ident); ok {
			continue
		}
		ast.Inspect(l, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if assigned[p.u.Info.ObjectOf(n)] {
					p.refuse(s, "an assignment whose targets depend on one another")
				}
			case *ast.CallExpr:
				p.refuse(s, "a call on the left of an assignment")
			}
			return true
		})
	}
}

func (p *planner) opAssign(s *ast.AssignStmt) {
	op := assignOps[s.Tok]
	p.expr(s.Rhs[0])
	p.operation(s, op, s.Lhs[0], s.Rhs[0])
	if op == token.LAND || op == token.LOR {
		p.refuse(s, "%s", s.Tok)
	}
}

var assignOps = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
	token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
	token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

// target accepts what may stand on the left of an assignment.
func (p *planner) target(x ast.Expr) {
	p.ownMemory(x)
	switch x := x.(type) {
	case *ast.ParenExpr:
		p.target(x.X)
	case *ast.Ident:
		if x.Name == "_" {
			return
		}
		p.expr(x)
	case *ast.IndexExpr:
		p.expr(x)
	case *ast.SelectorExpr:
		p.expr(x)
		if !p.u.Info.Types[x].Addressable() {
			p.refuse(x, "a field without address")
		}
	case *ast.StarExpr:
		p.expr(x)
	default:
		p.refuse(x, "%s on the left of an assignment", nodeName(x))
	}
}
