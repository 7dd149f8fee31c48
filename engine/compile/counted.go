package compile

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math/bits"
)

// A counted loop steps a local integer towards a bound: for i := from; i < to;
// i += step. Nothing else writes the variable.
type counted struct {
	v    *types.Var
	name *ast.Ident // the variable in the post statement
	from ast.Expr
	to   ast.Expr    // nil when the condition holds no bound
	op   token.Token // i op to
	sure bool        // to is evaluated first and always
	held *types.Var  // the variable of the loop's first statement that holds to, if any
	step ast.Expr    // nil for one
	down bool
}

// counted takes the header of a loop apart. It does not look at the body.
func (em *emitter) counted(f *ast.ForStmt) (c counted, ok bool) {
	switch p := f.Post.(type) {
	case *ast.IncDecStmt:
		c.name, _ = ast.Unparen(p.X).(*ast.Ident)
		c.down = p.Tok == token.DEC
	case *ast.AssignStmt:
		if len(p.Lhs) != 1 || p.Tok != token.ADD_ASSIGN && p.Tok != token.SUB_ASSIGN {
			return c, false
		}
		c.name, _ = ast.Unparen(p.Lhs[0]).(*ast.Ident)
		c.step, c.down = p.Rhs[0], p.Tok == token.SUB_ASSIGN
		if v := em.constant(c.step); v != nil && constant.Sign(v) == 0 {
			return c, false
		} else if v != nil && isOne(v) {
			c.step = nil
		}
	default:
		return c, false
	}
	if c.name == nil {
		return c, false
	}
	v, isVar := em.objectOf(c.name).(*types.Var)
	if !isVar || em.shared(v) || isTypeParam(v.Type()) {
		return c, false
	}
	b, isBasic := v.Type().Underlying().(*types.Basic)
	c.v = v
	c.from = em.start(f.Init, c)
	if f.Cond != nil {
		em.bound(f.Cond, &c, true)
		em.holdBound(f, &c)
	}
	return c, isBasic && b.Info()&types.IsInteger != 0 && c.from != nil
}

func isOne(v constant.Value) bool {
	n, exact := constant.Int64Val(v)
	return exact && n == 1
}

// constant returns the value of a constant integer, nil of anything else.
func (em *emitter) constant(e ast.Expr) constant.Value {
	if e == nil {
		return constant.MakeInt64(1)
	}
	if v := em.u.Info.Types[e].Value; v != nil {
		if v = constant.ToInt(v); v.Kind() == constant.Int {
			return v
		}
	}
	return nil
}

// start returns where the variable starts, nil when the loop's first statement
// does not tell.
func (em *emitter) start(init ast.Stmt, c counted) ast.Expr {
	as, ok := init.(*ast.AssignStmt)
	if init == nil {
		return c.name
	}
	if !ok || len(as.Lhs) != len(as.Rhs) || as.Tok != token.DEFINE && as.Tok != token.ASSIGN {
		return nil
	}
	from := ast.Expr(c.name)
	for i, l := range as.Lhs {
		id, ok := ast.Unparen(l).(*ast.Ident)
		switch {
		case !ok:
			return nil
		case em.objectOf(id) == types.Object(c.v):
			from = as.Rhs[i]
		case as.Tok == token.ASSIGN:
			return nil // what it writes may be what the bound reads
		}
	}
	return from
}

// bound finds the comparison of the variable in a condition, alone or in a
// chain of &&.
func (em *emitter) bound(cond ast.Expr, c *counted, first bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || c.to != nil {
		return
	}
	op := b.Op
	switch op {
	case token.LAND:
		em.bound(b.X, c, first)
		em.bound(b.Y, c, false)
		return
	case token.LSS, token.LEQ, token.GTR, token.GEQ, token.NEQ:
	default:
		return
	}
	x, y := b.X, b.Y
	if !em.names(x, c.v) {
		x, y, op = y, x, mirrored[op]
	}
	up := op == token.LSS || op == token.LEQ
	if em.names(x, c.v) && (op == token.NEQ || up != c.down) {
		c.to, c.op, c.sure = y, op, first
	}
}

// holdBound replaces a bound that the loop's first statement declares by its
// value: for i, n := 0, len(s); i < n; i++.
func (em *emitter) holdBound(f *ast.ForStmt, c *counted) {
	as, ok := f.Init.(*ast.AssignStmt)
	if !ok || as.Tok != token.DEFINE || c.to == nil {
		return
	}
	if id, ok := ast.Unparen(c.to).(*ast.Ident); ok {
		for i, l := range as.Lhs {
			if v, ok := em.objectOf(l.(*ast.Ident)).(*types.Var); ok && v == em.objectOf(id) && len(as.Lhs) == len(as.Rhs) {
				c.to, c.held, c.sure = as.Rhs[i], v, true
				return
			}
		}
	}
	if em.declaredIn(as, c.to) || c.step != nil && em.declaredIn(as, c.step) {
		c.to = nil
	}
}

// declaredIn reports whether e names what the statement declares.
func (em *emitter) declaredIn(as *ast.AssignStmt, e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			for _, l := range as.Lhs {
				d, ok := l.(*ast.Ident)
				found = found || ok && em.u.Info.Defs[d] != nil && em.u.Info.Defs[d] == em.u.Info.Uses[id]
			}
		}
		return !found
	})
	return found
}

var mirrored = map[token.Token]token.Token{token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ, token.NEQ: token.NEQ}

func (em *emitter) names(e ast.Expr, v *types.Var) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && em.objectOf(id) == types.Object(v)
}

// constantTrips returns how often a loop whose header holds constants only
// runs at most, ok false for other loops and for those that might not end.
func (em *emitter) constantTrips(s ast.Stmt) (trips int64, ok bool) {
	switch s := s.(type) {
	case *ast.RangeStmt:
		return em.constantRange(s)
	case *ast.ForStmt:
		c, ok := em.counted(s)
		if !ok || c.to == nil || em.writesIn(s.Body, c.v) || em.writesIn(s.Cond, c.v) {
			return 0, false
		}
		from, to, step := em.constant(c.from), em.constant(c.to), em.constant(c.step)
		if from == nil || to == nil || step == nil || c.op == token.NEQ && c.step != nil {
			return 0, false
		}
		return c.trips(from, to, step)
	}
	return 0, false
}

// writesIn reports whether the variable is written below n.
func (em *emitter) writesIn(n ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		list := assigned(n)
		if r, ok := n.(*ast.RangeStmt); ok && r.Tok == token.ASSIGN {
			list = []ast.Expr{r.Key, r.Value}
		}
		for _, x := range list {
			found = found || x != nil && em.names(x, v)
		}
		return !found
	})
	return found
}

func (c counted) trips(from, to, step constant.Value) (int64, bool) {
	if c.down {
		from, to = to, from
	}
	if constant.Sign(step) < 0 {
		return 0, false
	}
	span := constant.BinaryOp(to, token.SUB, from)
	if c.op == token.LEQ || c.op == token.GEQ {
		span = constant.BinaryOp(span, token.ADD, constant.MakeInt64(1))
	}
	if constant.Sign(span) <= 0 {
		return 0, c.op != token.NEQ || constant.Sign(span) == 0
	}
	// The variable passes the bound by less than a step, which must not
	// overflow.
	lo, hi := limits(c.v.Type())
	end := constant.BinaryOp(to, token.ADD, step)
	start := constant.BinaryOp(from, token.SUB, step)
	if !c.down && constant.Compare(end, token.GTR, hi) || c.down && constant.Compare(start, token.LSS, lo) {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.BinaryOp(span, token.QUO_ASSIGN, step))
	return n + 1, exact
}

// limits returns the least and the greatest value of an integer type; int,
// uint and uintptr count as 32 bits wide, as they may be.
func limits(t types.Type) (lo, hi constant.Value) {
	width, signed := width(t)
	one := constant.MakeInt64(1)
	if !signed {
		return constant.MakeInt64(0), constant.BinaryOp(constant.Shift(one, token.SHL, uint(width)), token.SUB, one)
	}
	top := constant.Shift(one, token.SHL, uint(width-1))
	return constant.UnaryOp(token.SUB, top, 0), constant.BinaryOp(top, token.SUB, one)
}

// width returns the least number of bits that a value of an integer type has.
func width(t types.Type) (n int, signed bool) {
	switch t.Underlying().(*types.Basic).Kind() {
	case types.Int8:
		return 8, true
	case types.Uint8:
		return 8, false
	case types.Int16:
		return 16, true
	case types.Uint16:
		return 16, false
	case types.Int32, types.Int, types.UntypedInt, types.UntypedRune:
		return 32, true
	case types.Int64:
		return 64, true
	case types.Uint64:
		return 64, false
	}
	return 32, false
}

// constantRange returns how often a range over a constant or an array runs.
func (em *emitter) constantRange(s *ast.RangeStmt) (trips int64, ok bool) {
	if v := em.constant(s.X); v != nil {
		if constant.Sign(v) < 0 {
			return 0, true
		}
		return constant.Int64Val(v)
	}
	t := em.u.Info.TypeOf(s.X)
	if t == nil || isTypeParam(t) {
		return 0, false
	}
	t = t.Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	if a, ok := t.(*types.Array); ok {
		return a.Len(), true
	}
	return 0, false
}

// invariant reports whether e may be evaluated before a loop, and has one value
// as long as the loop runs what st has scanned. A doubtful expression (one that
// the loop might not evaluate) must not be able to panic.
func (st *stretch) invariant(e ast.Expr, sure bool) bool {
	em, info := st.em, st.em.u.Info
	tv := info.Types[e]
	if tv.Value != nil {
		return true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return st.invariant(e.X, sure)
	case *ast.Ident:
		v, ok := em.objectOf(e).(*types.Var)
		return ok && !st.names[v] && (!em.shared(v) || !st.writes(store{typ: v.Type()}))
	case *ast.SelectorExpr:
		sel := info.Selections[e]
		if sel == nil || sel.Kind() != types.FieldVal || sel.Indirect() && !sure {
			return false
		}
		field := sel.Obj().(*types.Var)
		return st.invariant(e.X, sure) && (em.holder(e) != nil && !em.shared(em.holder(e)) || len(sel.Index()) == 1 && !st.writes(store{tv.Type, ofField, field.Origin()}))
	case *ast.IndexExpr:
		return sure && st.indexable(e.X) && st.invariant(e.X, sure) && st.invariant(e.Index, sure) &&
			(isString(info.TypeOf(e.X)) || em.holder(e) != nil && !em.shared(em.holder(e)) || !st.writes(store{typ: tv.Type, kind: ofElement}))
	case *ast.SliceExpr:
		return sure && st.indexable(e.X) && st.invariant(e.X, sure) && st.invariants(sure, e.Low, e.High, e.Max)
	case *ast.StarExpr:
		return sure && st.invariant(e.X, sure) && !st.writes(store{typ: tv.Type})
	case *ast.UnaryExpr:
		return (e.Op == token.SUB || e.Op == token.ADD || e.Op == token.XOR) && st.invariant(e.X, sure)
	case *ast.BinaryExpr:
		mayPanic := e.Op == token.QUO || e.Op == token.REM || e.Op == token.SHL || e.Op == token.SHR
		return isNumeric(tv.Type) && (sure || !mayPanic || em.constant(e.Y) != nil) && st.invariant(e.X, sure) && st.invariant(e.Y, sure)
	case *ast.CallExpr:
		fun := info.Types[e.Fun]
		if fun.IsType() {
			return isNumeric(fun.Type) && isNumeric(info.TypeOf(e.Args[0])) && st.invariant(e.Args[0], sure)
		}
		if !fun.IsBuiltin() || !calls(e, "len") && !calls(e, "cap") && !calls(e, "min") && !calls(e, "max") || !isNumeric(tv.Type) {
			return false
		}
		for _, a := range e.Args {
			if t := info.TypeOf(a); !isNumeric(t) && !st.indexable(a) || !st.invariant(a, sure) {
				return false
			}
		}
		return true
	}
	return false
}

func (st *stretch) invariants(sure bool, list ...ast.Expr) bool {
	for _, e := range list {
		if e != nil && !st.invariant(e, sure) {
			return false
		}
	}
	return true
}

func isString(t types.Type) bool {
	if t == nil || isTypeParam(t) {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// writes reports whether one of the stores may write what is read.
func (st *stretch) writes(read store) bool {
	for _, w := range st.stores {
		if !contains(w.typ, read.typ, 0) && !contains(read.typ, w.typ, 0) {
			continue
		}
		whole := isScalar(w.typ) && isScalar(read.typ)
		switch {
		case w.kind == ofField && read.kind == ofField && whole && w.field != read.field:
		case w.kind != read.kind && w.kind != throughPointer && read.kind != throughPointer && whole:
		default:
			return true
		}
	}
	return false
}

// isScalar reports whether a value of t has no parts that are written alone.
func isScalar(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return false
	}
	return !isTypeParam(t)
}

// contains reports whether a value of type a may hold one of type b.
func contains(a, b types.Type, depth int) bool {
	if isTypeParam(a) || isTypeParam(b) || depth > 8 {
		return true
	}
	if types.Identical(a.Underlying(), b.Underlying()) {
		return true
	}
	switch t := a.Underlying().(type) {
	case *types.Struct:
		for i := range t.NumFields() {
			if contains(t.Field(i).Type(), b, depth+1) {
				return true
			}
		}
	case *types.Array:
		return contains(t.Elem(), b, depth+1)
	}
	return false
}

// log2 returns the exponent of the greatest power of two that is at most n.
func log2(n int) int { return bits.Len(uint(n)) - 1 }
