package interp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// quick is code that takes a bounded and short time whatever the values are:
// arithmetic, accesses to memory, branches, and loops that constants bound. The
// scan adds up what it costs and what it writes; what it does not know is not
// quick.
type quick struct {
	l      *lowerer
	cost   int                   // in steps of the interpreter, 3 to 30 ns each
	writes map[types.Object]bool // variables written by their name
	stores bool                  // something is written through a pointer
	breaks bool                  // a break leaves the loop whose body is scanned
	loops  int                   // loops around what is scanned, in the body
}

// The steps of what takes more than one.
const (
	stepsMemory  = 5 // an element with the look at its bounds, a field
	stepsHelper  = 15
	stepsMap     = 20
	stepsCall    = 25
	stepsVar     = 5 // a variable is declared
	maxCopied    = 128
	maxSteps     = 256
	stripLength  = 256
	maxUnchecked = stripLength * maxSteps // 2 ms, one access to memory in four
)

// scanLoop scans what a loop does in each iteration beside counting; ok is false
// when it is not quick.
func (l *lowerer) scanLoop(s ast.Stmt, body *ast.BlockStmt) (q *quick, ok bool) {
	q = &quick{l: l, writes: map[types.Object]bool{}}
	if r, is := s.(*ast.RangeStmt); is && !q.rangeClause(r) {
		return nil, false
	}
	return q, q.stmts(body.List)
}

func (q *quick) stmts(list []ast.Stmt) bool {
	for _, s := range list {
		if !q.stmt(s) {
			return false
		}
	}
	return true
}

func (q *quick) stmt(s ast.Stmt) bool {
	q.cost += 2
	if q.cost > maxUnchecked {
		return false
	}
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.BlockStmt:
		return q.stmts(s.List)
	case *ast.AssignStmt:
		return q.assign(s)
	case *ast.IncDecStmt:
		return q.number(s.X) && q.expr(s.X) && q.write(s.X)
	case *ast.DeclStmt:
		return q.decl(s.Decl.(*ast.GenDecl))
	case *ast.IfStmt:
		return q.stmt(s.Init) && q.expr(s.Cond) && q.stmts(s.Body.List) && q.stmt(s.Else)
	case *ast.SwitchStmt:
		return q.switchStmt(s)
	case *ast.ReturnStmt:
		return q.values(s.Results)
	case *ast.BranchStmt:
		q.breaks = q.breaks || s.Tok == token.BREAK && q.loops == 0
		return s.Label == nil && (s.Tok == token.BREAK || s.Tok == token.CONTINUE)
	case *ast.ForStmt, *ast.RangeStmt:
		return q.loop(s)
	default:
		return false
	}
	return true
}

// loop scans a loop that constants bound.
func (q *quick) loop(s ast.Stmt) bool {
	trips, ok := q.l.constantTrips(s)
	if !ok || trips > maxUnchecked {
		return false
	}
	before := q.cost
	q.loops++
	switch s := s.(type) {
	case *ast.ForStmt:
		ok = q.stmt(s.Init) && q.expr(s.Cond) && q.stmt(s.Post) && q.stmts(s.Body.List)
	case *ast.RangeStmt:
		ok = q.expr(s.X) && q.rangeClause(s) && q.stmts(s.Body.List)
	}
	q.loops--
	q.cost = before + stepsVar + int(trips)*(q.cost-before)
	return ok && q.cost <= maxUnchecked
}

// rangeClause scans what a range does in each iteration.
func (q *quick) rangeClause(s *ast.RangeStmt) bool {
	for _, x := range []ast.Expr{s.Key, s.Value} {
		if isBlank(x) {
			continue
		}
		if t := q.l.u.Info.TypeOf(x); t == nil || !small(t) {
			return false
		}
		if s.Tok == token.ASSIGN && !q.write(x) {
			return false
		}
		q.cost += stepsVar + stepsMemory
	}
	return true
}

func (q *quick) assign(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE && !(q.number(s.Lhs[0]) && q.expr(s.Lhs[0])) {
		return false
	}
	if len(s.Lhs) != len(s.Rhs) {
		return false
	}
	for i, x := range s.Rhs {
		if !q.appends(s, i) && (!q.expr(x) || !q.sameType(s.Lhs[i], x)) {
			return false
		}
	}
	for _, x := range s.Lhs {
		if id, ok := x.(*ast.Ident); ok && q.l.u.Info.Defs[id] != nil {
			q.cost += stepsVar
		} else if !q.write(x) {
			return false
		}
	}
	return true
}

// appends reports whether the i-th assignment is x = append(x, values), whose
// copies add up to no more than one of x.
func (q *quick) appends(s *ast.AssignStmt, i int) bool {
	call, ok := ast.Unparen(s.Rhs[i]).(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() || s.Tok != token.ASSIGN || len(s.Lhs) > 1 || q.builtin(call) != "append" {
		return false
	}
	to, ok1 := s.Lhs[i].(*ast.Ident)
	from, ok2 := call.Args[0].(*ast.Ident)
	if !ok1 || !ok2 || q.l.u.Info.ObjectOf(to) != q.l.u.Info.ObjectOf(from) {
		return false
	}
	t, ok := q.l.u.Info.TypeOf(to).Underlying().(*types.Slice)
	for _, x := range call.Args[1:] {
		ok = ok && q.expr(x) && types.Identical(q.l.u.Info.TypeOf(x), t.Elem())
	}
	q.cost += stepsCall
	return ok
}

// sameType reports whether an assignment copies a small value as it is: into an
// interface it may allocate.
func (q *quick) sameType(to, x ast.Expr) bool {
	if isBlank(to) {
		return true
	}
	t := q.l.u.Info.TypeOf(to)
	return t != nil && small(t) && !types.IsInterface(t)
}

func (q *quick) decl(g *ast.GenDecl) bool {
	if g.Tok != token.VAR {
		return g.Tok == token.CONST
	}
	for _, sp := range g.Specs {
		s := sp.(*ast.ValueSpec)
		for _, id := range s.Names {
			if q.cost += stepsVar; !q.sameType(id, id) {
				return false
			}
		}
		if !q.values(s.Values) {
			return false
		}
	}
	return true
}

func (q *quick) switchStmt(s *ast.SwitchStmt) bool {
	if !q.stmt(s.Init) || s.Tag != nil && !(q.expr(s.Tag) && plainValue(q.l.u.Info.TypeOf(s.Tag))) {
		return false
	}
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if q.cost += stepsVar; !q.values(c.List) || !q.stmts(c.Body) {
			return false
		}
	}
	return true
}

// values scans expressions whose values are copied.
func (q *quick) values(list []ast.Expr) bool {
	for _, x := range list {
		if t := q.l.u.Info.TypeOf(x); t == nil || !small(t) || !q.expr(x) {
			return false
		}
	}
	return true
}

// write scans what is assigned to.
func (q *quick) write(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if obj := q.l.u.Info.ObjectOf(x); obj != nil {
			q.writes[obj] = true
		}
		return true
	case *ast.StarExpr:
		q.stores = true
		return q.expr(x)
	case *ast.IndexExpr, *ast.SelectorExpr:
		return q.expr(x)
	}
	return false
}

func (q *quick) number(x ast.Expr) bool {
	b, ok := q.l.u.Info.TypeOf(x).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// expr scans an expression.
func (q *quick) expr(x ast.Expr) bool {
	if x == nil {
		return true
	}
	tv := q.l.u.Info.Types[x]
	if tv.Value != nil || tv.IsNil() {
		return true
	}
	q.cost++
	switch x := x.(type) {
	case *ast.ParenExpr:
		return q.expr(x.X)
	case *ast.Ident:
		_, isVar := q.l.u.Info.ObjectOf(x).(*types.Var)
		return isVar
	case *ast.StarExpr:
		q.cost += stepsMemory
		return q.expr(x.X)
	case *ast.SelectorExpr:
		return q.selector(x)
	case *ast.IndexExpr:
		return q.index(x)
	case *ast.UnaryExpr:
		return x.Op != token.ARROW && x.Op != token.AND && q.expr(x.X)
	case *ast.BinaryExpr:
		return q.binary(x)
	case *ast.CallExpr:
		return q.call(x)
	}
	return false
}

func (q *quick) selector(x *ast.SelectorExpr) bool {
	sel := q.l.u.Info.Selections[x]
	if sel == nil || sel.Kind() != types.FieldVal {
		return false
	}
	q.cost += stepsMemory
	if hidden(sel.Recv(), sel.Index()) {
		q.cost += stepsHelper
	}
	return q.expr(x.X)
}

func (q *quick) index(x *ast.IndexExpr) bool {
	t := q.l.u.Info.TypeOf(x.X)
	if t == nil {
		return false
	}
	q.cost += stepsMemory
	switch t := t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Pointer:
	case *types.Basic:
	case *types.Map:
		if q.cost += stepsMap; !plainValue(t.Key()) || !small(t.Elem()) {
			return false
		}
	default:
		return false
	}
	return q.expr(x.X) && q.expr(x.Index)
}

func (q *quick) binary(x *ast.BinaryExpr) bool {
	a, b := q.l.u.Info.TypeOf(x.X), q.l.u.Info.TypeOf(x.Y)
	isNil := q.l.u.Info.Types[x.X].IsNil() || q.l.u.Info.Types[x.Y].IsNil()
	return (isNil || plainValue(a) && plainValue(b)) && q.expr(x.X) && q.expr(x.Y)
}

func (q *quick) call(x *ast.CallExpr) bool {
	if tv := q.l.u.Info.Types[ast.Unparen(x.Fun)]; tv.IsType() {
		q.cost += 2
		return plainValue(tv.Type) && plainValue(q.l.u.Info.TypeOf(x.Args[0])) && q.expr(x.Args[0])
	}
	switch q.builtin(x) {
	case "len", "cap":
	case "min", "max":
		q.cost += stepsVar + 4*len(x.Args)
		if !q.number(x) {
			return false
		}
	default:
		fn := q.l.library(x)
		if fn == nil || fn.Pkg().Path() != "math" {
			return false
		}
		q.cost += stepsCall
	}
	return q.values(x.Args)
}

// builtin returns the name of the builtin that is called, "" for other calls.
func (q *quick) builtin(x *ast.CallExpr) string {
	id, ok := ast.Unparen(x.Fun).(*ast.Ident)
	if !ok || !q.l.u.Info.Types[id].IsBuiltin() {
		return ""
	}
	return id.Name
}

// plainValue reports whether a value is one of the processor's: a number, a
// bool, a pointer. Operators take them in no time.
func plainValue(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString == 0
	case *types.Pointer:
		return true
	}
	return false
}

// small reports whether a value is copied in no time.
func small(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() != types.Invalid
	case *types.Pointer, *types.Slice, *types.Map, *types.Interface:
		return true
	case *types.Struct, *types.Array:
		return sizes.Sizeof(t) <= maxCopied
	}
	return false
}

var sizes = types.SizesFor("gc", "amd64")

// constantTrips returns how often a loop runs at most, as constants say; ok is
// false when they don't.
func (l *lowerer) constantTrips(s ast.Stmt) (trips int64, ok bool) {
	switch s := s.(type) {
	case *ast.RangeStmt:
		switch t := l.u.Info.TypeOf(s.X).Underlying().(type) {
		case *types.Array:
			return t.Len(), small(t) || isBlank(s.Value)
		case *types.Basic:
			if v := l.u.Info.Types[s.X].Value; v != nil && v.Kind() == constant.Int {
				return constant.Int64Val(v)
			}
		}
	case *ast.ForStmt:
		c, ok := l.counter(s)
		if !ok || c.first == nil || c.last == nil {
			return 0, false
		}
		from, ok1 := within(c.first, 1<<40)
		to, ok2 := within(c.last, 1<<40)
		if !ok1 || !ok2 {
			return 0, false
		}
		if c.down {
			from, to = to, from
		}
		return max(0, (to-from)/c.step+2), true
	}
	return 0, false
}
