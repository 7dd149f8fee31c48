package plan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"sort"
)

// The longest loop that is interpreted where compiled code could be had, in
// iterations: about as long as a build takes.
const longLoop = 100_000

// briefLoop is longLoop where a build is waited for in any case: about a
// millisecond.
const briefLoop = 10_000

// longest is how many iterations are interpreted.
func (p *planner) longest() int64 {
	if p.opt.Brief {
		return briefLoop
	}
	return longLoop
}

// unknownTrips is what is assumed of a loop of which nothing is known.
const unknownTrips = 1000

// enter opens a loop of n iterations, 0 when that is not known. bounds are the
// expressions its number of iterations depends on: session variables among them
// must be small when the cell starts.
func (p *planner) enter(s ast.Stmt, body *ast.BlockStmt, n int64, bounds ...ast.Expr) func() {
	saved := p.work
	if p.loops == 0 && (!p.inFunc || p.work == 0) {
		p.work = 1
	}
	if n == 0 && p.opt.Brief && !p.opt.Patient {
		p.refuse(s, "a loop of unknown length beside declarations")
	}
	if n == 0 {
		n = p.bounded(body, bounds)
	}
	p.work *= n
	if p.work > p.longest() && !p.opt.Patient {
		p.refuse(s, "a long loop")
	}
	p.loops++
	return func() { p.loops--; p.work = saved }
}

// bounded returns the iterations of a loop that runs as often as session
// variables say, and limits these, so that the loop and those in it take no
// longer than longLoop.
func (p *planner) bounded(body *ast.BlockStmt, bounds []ast.Expr) int64 {
	most := int64(math.Pow(float64(longLoop/max(p.work, 1)), 1/float64(1+nested(body))))
	found := false
	for _, x := range bounds {
		if x == nil {
			continue
		}
		ast.Inspect(x, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				found = p.limit(id, most) || found
			}
			return true
		})
	}
	if !found {
		return unknownTrips
	}
	return max(most, 1)
}

// nested returns how many loops stand in one another below n.
func nested(n ast.Node) int {
	deepest := 0
	ast.Inspect(n, func(m ast.Node) bool {
		switch s := m.(type) {
		case *ast.ForStmt:
			deepest = max(deepest, 1+nested(s.Body))
			return false
		case *ast.RangeStmt:
			deepest = max(deepest, 1+nested(s.Body))
			return false
		}
		return true
	})
	return deepest
}

// limit notes that a session variable must be small when the cell starts, and
// reports whether x is one that the cell itself does not change.
func (p *planner) limit(x *ast.Ident, most int64) bool {
	v, ok := SessionVar(p.u, p.u.Info.ObjectOf(x))
	if !ok || p.changes(v) {
		return false
	}
	switch t := v.Type().Underlying().(type) {
	case *types.Basic:
		if t.Info()&(types.IsNumeric|types.IsString) == 0 {
			return false
		}
	case *types.Slice, *types.Map, *types.Array:
	default:
		return false
	}
	if p.limits == nil {
		p.limits = map[*types.Var]int64{}
	}
	if have, ok := p.limits[v]; !ok || most < have {
		p.limits[v] = most
	}
	return true
}

// changes reports whether the cell declares or assigns a session variable.
func (p *planner) changes(v *types.Var) bool {
	if p.changed == nil {
		p.changed = map[*types.Var]bool{}
		mark := func(x ast.Expr) {
			if id, ok := ast.Unparen(x).(*ast.Ident); ok && x != nil {
				if v, ok := SessionVar(p.u, p.u.Info.ObjectOf(id)); ok {
					p.changed[v] = true
				}
			}
		}
		ast.Inspect(p.u.File, func(n ast.Node) bool {
			for _, x := range Assigned(n) {
				mark(x)
			}
			return true
		})
		for _, own := range p.u.Vars {
			p.changed[own] = true
		}
	}
	return p.changed[v]
}

func (p *planner) sortedLimits() []Limit {
	if p.opt.Patient {
		return nil
	}
	var list []Limit
	for v, n := range p.limits {
		list = append(list, Limit{v, n})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Var.Name() < list[j].Var.Name() })
	return list
}

func (p *planner) forStmt(s *ast.ForStmt) {
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
	defer p.enter(s, s.Body, p.counted(s), s.Cond)()
	p.block(s.Body)
}

// size returns the length of a slice, map or string that the cell itself made,
// with a constant length; 0 when it is not known.
func (p *planner) size(x ast.Expr) int64 {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return max(int64(len(x.Elts)), 1)
	case *ast.CallExpr:
		if id, ok := x.Fun.(*ast.Ident); ok && p.u.Info.Types[id].IsBuiltin() && id.Name == "make" && len(x.Args) > 1 {
			return p.constant(x.Args[1])
		}
	case *ast.Ident:
		return p.madeHere()[p.u.Info.ObjectOf(x)]
	}
	return 0
}

// madeHere returns the sizes of variables that are assigned once, where they
// are declared.
func (p *planner) madeHere() map[types.Object]int64 {
	if p.sizes != nil {
		return p.sizes
	}
	p.sizes = map[types.Object]int64{}
	again := map[types.Object]bool{}
	ast.Inspect(p.u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				id, ok := ast.Unparen(x).(*ast.Ident)
				if !ok {
					continue
				}
				o := p.u.Info.ObjectOf(id)
				if p.u.Info.Defs[id] != nil && len(n.Lhs) == len(n.Rhs) && !isIdent(n.Rhs[i]) {
					p.sizes[o] = p.size(n.Rhs[i])
				} else {
					again[o] = true
				}
			}
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
				again[p.u.Info.ObjectOf(id)] = true
			}
		}
		return true
	})
	for o := range again {
		delete(p.sizes, o)
	}
	return p.sizes
}

func isIdent(x ast.Expr) bool {
	_, ok := ast.Unparen(x).(*ast.Ident)
	return ok
}

// counted returns how far a loop counts, between constants; 0 when it does not.
func (p *planner) counted(s *ast.ForStmt) int64 {
	cond, ok := s.Cond.(*ast.BinaryExpr)
	init, ok2 := s.Init.(*ast.AssignStmt)
	if !ok || !ok2 || s.Post == nil {
		return 0
	}
	isConst := func(x ast.Expr) bool { return p.u.Info.Types[x].Value != nil }
	if !isConst(cond.X) && !isConst(cond.Y) || !isConst(init.Rhs[0]) {
		return 0
	}
	return max(p.constant(cond.X), p.constant(cond.Y), p.constant(init.Rhs[0]), 1)
}

// constant returns the size of an integer constant, 0 of anything else.
func (p *planner) constant(x ast.Expr) int64 {
	v := p.u.Info.Types[x].Value
	if v == nil || v.Kind() != constant.Int {
		return 0
	}
	n, exact := constant.Int64Val(v)
	if !exact {
		return math.MaxInt64
	}
	return max(n, -n)
}

func (p *planner) rangeStmt(s *ast.RangeStmt) {
	t := p.u.Info.TypeOf(s.X)
	p.needType(s, t)
	var n int64
	switch t := sequence(t).(type) {
	case *types.Basic:
		if t.Info()&(types.IsInteger|types.IsString) == 0 {
			p.refuse(s, "a range over %s", t)
		}
		if p.u.Info.Types[s.X].Value != nil {
			n = max(p.constant(s.X), 1)
		}
	case *types.Slice, *types.Map:
	case *types.Chan:
		if !p.opt.Functions || p.parallel {
			p.refuse(s, "a range over %s", t)
		}
	case *types.Array:
		n = max(t.Len(), 1)
	case *types.Signature:
		p.rangeFunc(s, t)
		return
	default:
		p.refuse(s, "a range over %s", t)
	}
	if n == 0 {
		n = p.size(s.X)
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
		}
	}
	defer p.enter(s, s.Body, n, s.X)()
	p.block(s.Body)
}

// rangeFunc accepts a range over a function where nothing can be compiled: the
// body becomes a function.
func (p *planner) rangeFunc(s *ast.RangeStmt, t *types.Signature) {
	if !p.opt.Functions || p.parallel {
		p.refuse(s, "a range over a function")
	}
	p.expr(s.X)
	p.needType(s, t)
	for _, x := range []ast.Expr{s.Key, s.Value} {
		if id, ok := x.(*ast.Ident); x == nil || ok && (s.Tok == token.DEFINE || id.Name == "_") {
			continue
		}
		p.refuse(x, "a range over a function that assigns")
	}
	p.rangeBodies++
	defer func() { p.rangeBodies-- }()
	p.block(s.Body)
}

// Assigned returns what a statement assigns or declares; an element is nil where
// a range clause leaves a variable out.
func Assigned(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		return []ast.Expr{n.Key, n.Value}
	}
	return nil
}
