package compile

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A stretch is code that runs without a stop check: it must be short whatever
// the values are. So it holds only what takes a bounded and small time,
// arithmetic and memory accesses; calls only of functions that are such
// stretches themselves. The scan adds up what it costs and what it writes.
type stretch struct {
	em     *emitter
	cost   int // in units of about half a nanosecond
	limit  int
	names  map[types.Object]bool // variables written by their name
	stores []store               // what is written otherwise
	calls  []*types.Func         // the functions being scanned, innermost last
	self   *types.Func           // the function whose calls are counted elsewhere
	loops  bool                  // loops may stand inside that check before they start
	inner  []ast.Stmt            // these loops
	grown  *ast.CallExpr         // the append that copies seldom, see grows
	before int                   // the cost when the first that every iteration reaches was met, if any
}

// A store is a write into memory: to a struct's field, to an element of a
// slice or array, or through a pointer.
type store struct {
	typ   types.Type
	kind  access
	field *types.Var // of a field
}

type access int

const (
	throughPointer access = iota // or a variable whose address is known elsewhere
	ofElement
	ofField
)

// The units of what costs more than an operation, and the bounds: a stretch
// that costs more than maxStretch gains nothing from saving a check.
const (
	costMemory   = 4 // an element, a field behind a pointer
	costMap      = 64
	costLoop     = 4
	costDivision = 10
	costCall     = 4
	costMath     = 12
	costAppend   = 12
	maxStretch   = 400
	maxNested    = 8192 // of a loop with a constant number of iterations
	maxCalls     = 4    // functions that call functions
	maxValue     = 128  // bytes copied at once
)

func (em *emitter) newStretch() *stretch {
	return &stretch{em: em, names: map[types.Object]bool{}, limit: maxNested}
}

func (st *stretch) add(cost int) bool {
	st.cost += cost
	return st.cost <= st.limit
}

// stmts scans statements and reports whether they are a stretch.
func (st *stretch) stmts(list ...ast.Stmt) bool {
	for _, s := range list {
		if s != nil && !st.stmt(s) {
			return false
		}
	}
	return true
}

func (st *stretch) stmt(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return st.stmts(s.List...)
	case *ast.ExprStmt:
		_, call := ast.Unparen(s.X).(*ast.CallExpr)
		return call && st.expr(s.X)
	case *ast.EmptyStmt:
		return true
	case *ast.AssignStmt:
		return st.assign(s)
	case *ast.IncDecStmt:
		return st.expr(s.X) && st.write(s.X)
	case *ast.DeclStmt:
		return st.decl(s)
	case *ast.IfStmt:
		return st.stmts(s.Init) && st.expr(s.Cond) && st.stmt(s.Body) && st.stmts(s.Else)
	case *ast.SwitchStmt:
		return st.switchStmt(s)
	case *ast.BranchStmt:
		return s.Tok != token.GOTO && st.add(1)
	case *ast.ReturnStmt:
		return st.values(s.Results...)
	case *ast.ForStmt, *ast.RangeStmt:
		if _, ok := st.em.constantTrips(s); !ok && st.loops {
			return st.inside(s)
		}
		return st.nested(s)
	}
	return false
}

// iteration scans the body of a loop. Loops may stand in it where that helps:
// where some iterations skip them.
func (st *stretch) iteration(body *ast.BlockStmt) bool {
	st.loops = st.em.skips(body)
	for _, s := range body.List {
		n, cost := len(st.inner), st.cost
		if !st.stmt(s) {
			return false
		}
		if isLoop(s) && len(st.inner) > n && st.before == 0 {
			st.before = cost
		}
	}
	st.loops = false
	return true
}

// skipping returns the greatest cost of an iteration that starts no inner loop.
// One that does meets a check.
func (st *stretch) skipping() int {
	if st.before > 0 {
		return st.before
	}
	return st.cost
}

// skips reports whether an iteration may skip the loops inside.
func (em *emitter) skips(body *ast.BlockStmt) bool {
	for _, s := range body.List {
		if isLoop(s) {
			if _, ok := em.constantTrips(s); !ok {
				return false
			}
			continue
		}
		found := false
		ast.Inspect(s, func(n ast.Node) bool {
			if l, ok := n.(ast.Stmt); ok && isLoop(l) {
				found = true
			} else if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.CONTINUE {
				found = true
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// inside scans a loop that checks before it starts: what it writes.
func (st *stretch) inside(s ast.Stmt) bool {
	cost := st.cost
	st.loops = false
	ok := false
	switch s := s.(type) {
	case *ast.ForStmt:
		ok = st.stmts(s.Init, s.Post, s.Body) && st.expr(s.Cond)
	case *ast.RangeStmt:
		ok = st.countable(s.X) && st.expr(s.X) && st.ranged(s) && st.stmt(s.Body)
	}
	st.cost, st.loops = cost+costLoop, true
	st.inner = append(st.inner, s)
	return ok
}

// countable reports whether a range over x takes an iteration an element, of a
// slice, an array or a string, or an integer.
func (st *stretch) countable(x ast.Expr) bool {
	t := st.em.u.Info.TypeOf(x)
	if t == nil || isTypeParam(t) {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 || st.indexable(x)
}

func (st *stretch) assign(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		if !isNumeric(st.em.u.Info.TypeOf(s.Lhs[0])) || !st.expr(s.Lhs[0]) {
			return false
		}
		if s.Tok == token.QUO_ASSIGN || s.Tok == token.REM_ASSIGN {
			st.cost += costDivision
		}
	}
	for i, x := range s.Rhs {
		if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && st.em.u.Info.Types[call.Fun].IsBuiltin() && calls(call, "append") {
			if len(s.Lhs) != len(s.Rhs) || !st.grows(s.Lhs[i], call.Args[0]) {
				return false
			}
			st.grown = call
		}
		if !st.values(x) {
			return false
		}
	}
	for _, l := range s.Lhs {
		if !st.write(l) {
			return false
		}
	}
	return true
}

// grows reports whether x = append(from, …) copies what x held seldom: each time
// that it is full x becomes twice as long. Any other append may copy each time.
func (st *stretch) grows(x, from ast.Expr) bool {
	if part, ok := ast.Unparen(from).(*ast.SliceExpr); ok && part.Max == nil && part.Low == nil {
		from = part.X
	}
	return st.em.u.Text(x) == st.em.u.Text(from)
}

// values scans expressions whose values are copied.
func (st *stretch) values(list ...ast.Expr) bool {
	for _, e := range list {
		if !st.expr(e) || !isSmall(st.em.u.Info.TypeOf(e)) {
			return false
		}
	}
	return true
}

func (st *stretch) decl(s *ast.DeclStmt) bool {
	g, ok := s.Decl.(*ast.GenDecl)
	if !ok || g.Tok == token.TYPE {
		return false
	}
	for _, sp := range g.Specs {
		v := sp.(*ast.ValueSpec)
		if g.Tok == token.CONST {
			continue
		}
		for _, id := range v.Names {
			if obj := st.em.u.Info.Defs[id]; obj == nil || !isSmall(obj.Type()) {
				return false
			}
		}
		if !st.values(v.Values...) {
			return false
		}
	}
	return st.add(1)
}

func (st *stretch) switchStmt(s *ast.SwitchStmt) bool {
	if !st.stmts(s.Init) {
		return false
	}
	if s.Tag != nil && (!st.expr(s.Tag) || !comparesFast(st.em.u.Info.TypeOf(s.Tag))) {
		return false
	}
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if !st.values(clause.List...) || !st.stmts(clause.Body...) {
			return false
		}
	}
	return true
}

// nested scans a loop with a constant and small number of iterations.
func (st *stretch) nested(s ast.Stmt) bool {
	trips, ok := st.em.constantTrips(s)
	if !ok || trips > int64(st.limit) {
		return false
	}
	before := st.cost
	switch s := s.(type) {
	case *ast.ForStmt:
		ok = st.stmts(s.Init, s.Post, s.Body) && st.expr(s.Cond)
	case *ast.RangeStmt:
		ok = st.ranged(s) && st.stmt(s.Body)
	}
	if !ok {
		return false
	}
	once := st.cost - before + 1
	return st.add(int(trips) * once)
}

// ranged scans what a range clause does once an iteration.
func (st *stretch) ranged(s *ast.RangeStmt) bool {
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if e == nil {
			continue
		}
		if t := st.em.u.Info.TypeOf(e); !isBlank(e) && !isSmall(t) || s.Tok == token.ASSIGN && !st.write(e) {
			return false
		}
	}
	return st.add(3)
}

// write notes what an assignment to x writes.
func (st *stretch) write(x ast.Expr) bool {
	info := st.em.u.Info
	switch x := x.(type) {
	case *ast.ParenExpr:
		return st.write(x.X)
	case *ast.Ident:
		obj := st.em.objectOf(x)
		if obj == nil || x.Name == "_" {
			return st.add(1)
		}
		st.names[obj] = true
		if st.em.shared(obj) {
			st.stores = append(st.stores, store{typ: obj.Type()})
		}
	case *ast.StarExpr:
		st.stores = append(st.stores, store{typ: info.TypeOf(x)})
		return st.expr(x.X)
	case *ast.IndexExpr:
		st.stores = append(st.stores, store{typ: info.TypeOf(x), kind: ofElement})
		st.writeWhole(x)
		return st.expr(x)
	case *ast.SelectorExpr:
		sel := info.Selections[x]
		if sel == nil || sel.Kind() != types.FieldVal {
			return false // another package's variable
		}
		field, _ := sel.Obj().(*types.Var)
		st.stores = append(st.stores, store{typ: info.TypeOf(x), kind: ofField, field: field.Origin()})
		st.writeWhole(x)
		return st.expr(x)
	default:
		return false
	}
	return st.add(1)
}

// writeWhole notes the variable that holds the field or element x itself.
func (st *stretch) writeWhole(x ast.Expr) {
	if obj := st.em.holder(x); obj != nil {
		st.names[obj] = true
	}
}

// holder returns the variable of which x is a part (a field of a struct, an
// element of an array), nil when there is a pointer or slice between them.
func (em *emitter) holder(x ast.Expr) types.Object {
	for {
		switch e := ast.Unparen(x).(type) {
		case *ast.Ident:
			return em.objectOf(e)
		case *ast.SelectorExpr:
			sel := em.u.Info.Selections[e]
			if sel == nil || sel.Indirect() {
				return nil
			}
			x = e.X
		case *ast.IndexExpr:
			t := em.u.Info.TypeOf(e.X)
			if t == nil {
				return nil
			}
			if _, ok := t.Underlying().(*types.Array); !ok {
				return nil
			}
			x = e.X
		default:
			return nil
		}
	}
}

// shared reports whether a variable may be written by others than its name: a
// session variable, or one whose address is taken somewhere.
func (em *emitter) shared(obj types.Object) bool {
	if _, ok := em.sessionVar(obj); ok {
		return true
	}
	if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
		return true
	}
	return em.pointedTo()[obj]
}

// pointedTo returns the variables whose address the source takes: with &, by
// slicing an array, or by a method with a pointer receiver.
func (em *emitter) pointedTo() map[types.Object]bool {
	if em.pointed != nil {
		return em.pointed
	}
	em.pointed = map[types.Object]bool{}
	info := em.u.Info
	ast.Inspect(em.u.File, func(n ast.Node) bool {
		var x ast.Expr
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				x = n.X
			}
		case *ast.SliceExpr:
			if t := info.TypeOf(n.X); t != nil {
				if _, ok := t.Underlying().(*types.Array); ok {
					x = n.X
				}
			}
		case *ast.SelectorExpr:
			if fn, ok := info.Uses[n.Sel].(*types.Func); ok && fn.Signature().Recv() != nil {
				if _, ptr := fn.Signature().Recv().Type().(*types.Pointer); ptr {
					x = n.X
				}
			}
		}
		if x != nil {
			if obj := em.holder(x); obj != nil {
				em.pointed[obj] = true
			}
		}
		return true
	})
	return em.pointed
}
