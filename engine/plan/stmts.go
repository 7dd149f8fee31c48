package plan

import (
	"go/ast"
	"go/constant"
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
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			p.refuse(s, "a statement of this kind")
		}
		p.call(call, true)
	case *ast.AssignStmt:
		p.assign(s)
	case *ast.IncDecStmt:
		p.target(s.X)
		p.number(s.X)
	case *ast.DeclStmt:
		g := s.Decl.(*ast.GenDecl)
		if g.Tok != token.VAR {
			p.refuse(s, "a local type or constant")
		}
		p.varDecl(g)
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
	case *ast.ReturnStmt:
		p.returnStmt(s)
	case *ast.BranchStmt:
		if s.Label != nil || s.Tok != token.BREAK && s.Tok != token.CONTINUE {
			p.refuse(s, "%s", s.Tok)
		}
		if p.loops == 0 {
			p.refuse(s, "break in a switch")
		}
	default:
		p.refuse(s, "%s", nodeName(s))
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
		t := p.results.At(i).Type()
		if p.isNil(x) {
			if !isInterface(t) {
				p.nilFor(x, t)
			}
			continue
		}
		p.expr(x)
		p.assignable(x, p.u.Info.TypeOf(x), t, false)
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
		}, func(i int) bool { return p.isSession(s.Names[i]) })
	}
}

// values accepts the right side of an assignment; typeOf gives the type of the
// i-th left side, nil when that is the value's.
// boxed says which left sides are session variables.
func (p *planner) values(n ast.Node, values []ast.Expr, typeOf func(int) types.Type, boxed func(int) bool) {
	if len(values) == 1 {
		if tup, ok := p.u.Info.TypeOf(values[0]).(*types.Tuple); ok {
			p.tuple(values[0])
			for i := range tup.Len() {
				p.needType(values[0], tup.At(i).Type())
				p.assignable(values[0], tup.At(i).Type(), typeOf(i), false)
			}
			return
		}
	}
	for i, v := range values {
		if p.isNil(v) {
			if t := typeOf(i); t == nil || !isInterface(t) || !boxed(i) {
				p.nilFor(v, t)
			}
			continue
		}
		p.expr(v)
		p.assignable(v, p.u.Info.TypeOf(v), typeOf(i), boxed(i))
	}
}

// tuple accepts what has two values: a call, or a look-up in a map.
func (p *planner) tuple(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		p.call(x, false)
	case *ast.IndexExpr:
		p.expr(x)
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

func (p *planner) isNil(x ast.Expr) bool { return p.u.Info.Types[x].IsNil() }

// nilFor accepts nil where it has a type that interpreted code knows.
func (p *planner) nilFor(n ast.Node, t types.Type) {
	if t == nil {
		p.refuse(n, "nil")
	}
	switch types.Unalias(t).(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return
	}
	p.refuse(n, "nil as a value of type %s", t)
}

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
	}, func(i int) bool { return p.isSession(s.Lhs[i]) })
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

// The longest loop that is interpreted where compiled code could be had, in
// iterations: about as long as a build takes.
const longLoop = 100_000

// enter opens a loop of n iterations, 0 when that is not known.
func (p *planner) enter(s ast.Stmt, n int64) func() {
	saved := p.work
	if n == 0 {
		n = 1000
	}
	if p.loops == 0 {
		p.work = 1
	}
	p.work *= n
	if p.work > longLoop && !p.opt.Patient {
		p.refuse(s, "a long loop")
	}
	p.loops++
	return func() { p.loops--; p.work = saved }
}

func (p *planner) forStmt(s *ast.ForStmt) {
	if as, ok := s.Init.(*ast.AssignStmt); ok && as.Tok == token.DEFINE {
		for _, x := range as.Lhs {
			if o := p.u.Info.Defs[x.(*ast.Ident)]; o != nil {
				if p.counters == nil {
					p.counters = map[types.Object]bool{}
				}
				p.counters[o] = true
			}
		}
	}
	p.stmt(s.Init)
	if s.Cond != nil {
		p.condition(s.Cond)
	}
	switch s.Post.(type) {
	case nil, *ast.IncDecStmt, *ast.AssignStmt:
		p.stmt(s.Post)
	default:
		p.refuse(s.Post, "%s", nodeName(s.Post))
	}
	defer p.enter(s, p.countedTo(s.Cond))()
	p.block(s.Body)
}

// countedTo returns the constant that a loop's condition compares with, 0 when
// there is none.
func (p *planner) countedTo(cond ast.Expr) int64 {
	b, ok := cond.(*ast.BinaryExpr)
	if !ok {
		return 0
	}
	for _, x := range []ast.Expr{b.X, b.Y} {
		if v := p.u.Info.Types[x].Value; v != nil && v.Kind() == constant.Int {
			if n, exact := constant.Int64Val(v); exact && n > 0 {
				return n
			}
		}
	}
	return 0
}

func (p *planner) rangeStmt(s *ast.RangeStmt) {
	t := p.u.Info.TypeOf(s.X)
	var n int64
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Info()&(types.IsInteger|types.IsString) == 0 {
			p.refuse(s, "a range over %s", t)
		}
		if v := p.u.Info.Types[s.X].Value; v != nil && v.Kind() == constant.Int {
			n, _ = constant.Int64Val(v)
			n = max(n, 1)
		}
	case *types.Slice, *types.Map:
	case *types.Array:
		n = max(t.Len(), 1)
	default:
		p.refuse(s, "a range over %s", t)
	}
	p.expr(s.X)
	for _, x := range []ast.Expr{s.Key, s.Value} {
		if x == nil {
			continue
		}
		if id, ok := x.(*ast.Ident); ok && s.Tok == token.DEFINE {
			if v, ok := p.u.Info.Defs[id].(*types.Var); ok {
				p.needType(id, v.Type())
			}
			continue
		}
		id, ok := x.(*ast.Ident)
		if !ok {
			p.refuse(x, "a range loop that assigns to %s", nodeName(x))
		}
		if id.Name != "_" {
			p.target(id)
			p.assignable(x, p.u.Info.TypeOf(x), p.u.Info.TypeOf(x), false)
		}
	}
	defer p.enter(s, n)()
	p.block(s.Body)
}

func (p *planner) switchStmt(s *ast.SwitchStmt) {
	p.stmt(s.Init)
	if s.Tag != nil {
		p.expr(s.Tag)
		if plainBasic(p.u.Info.TypeOf(s.Tag)) == nil {
			p.refuse(s.Tag, "a switch over %s", p.u.Info.TypeOf(s.Tag))
		}
	}
	loops := p.loops
	defer func() { p.loops = loops }()
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		for _, x := range c.List {
			p.expr(x)
			if plainBasic(p.u.Info.TypeOf(x)) == nil {
				p.refuse(x, "a case of type %s", p.u.Info.TypeOf(x))
			}
		}
		for _, st := range c.Body {
			p.breaks(st)
			p.stmt(st)
		}
	}
}

// breaks refuses a break that leaves a switch.
func (p *planner) breaks(s ast.Stmt) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.SelectStmt, *ast.TypeSwitchStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			if n.Tok == token.BREAK || n.Tok == token.FALLTHROUGH {
				p.refuse(n, "%s in a switch", n.Tok)
			}
		}
		return true
	})
}
