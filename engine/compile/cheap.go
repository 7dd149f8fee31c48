package compile

import (
	"go/ast"
	"go/token"
	"go/types"
)

// expr scans an expression and reports whether it is part of a stretch.
func (st *stretch) expr(e ast.Expr) bool {
	if e == nil {
		return true
	}
	tv := st.em.u.Info.Types[e]
	if _, ok := e.(*ast.Ident); ok || tv.Value != nil || tv.IsType() || tv.IsNil() {
		return true // in a register, most likely
	}
	st.cost++
	switch e := e.(type) {
	case *ast.ParenExpr:
		return st.expr(e.X)
	case *ast.SelectorExpr:
		return st.selector(e)
	case *ast.StarExpr:
		st.cost += costMemory
		return st.expr(e.X)
	case *ast.UnaryExpr:
		return st.unary(e)
	case *ast.BinaryExpr:
		return st.binary(e)
	case *ast.IndexExpr:
		return st.index(e)
	case *ast.SliceExpr:
		return st.sliced(e)
	case *ast.CompositeLit:
		return st.literal(e)
	case *ast.CallExpr:
		return st.call(e)
	}
	return false
}

func (st *stretch) selector(e *ast.SelectorExpr) bool {
	sel := st.em.u.Info.Selections[e]
	if sel == nil {
		return st.add(1) // another package's variable
	}
	if sel.Indirect() {
		st.cost += costMemory
	}
	return sel.Kind() == types.FieldVal && st.expr(e.X)
}

func (st *stretch) unary(e *ast.UnaryExpr) bool {
	switch e.Op {
	case token.ARROW:
		return false
	case token.AND:
		if _, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return false // allocates
		}
	}
	return st.expr(e.X)
}

func (st *stretch) binary(e *ast.BinaryExpr) bool {
	x, y := st.em.u.Info.TypeOf(e.X), st.em.u.Info.TypeOf(e.Y)
	switch e.Op {
	case token.LAND, token.LOR:
	case token.EQL, token.NEQ:
		nilled := st.em.u.Info.Types[e.X].IsNil() || st.em.u.Info.Types[e.Y].IsNil()
		if !nilled && (!comparesFast(x) || !comparesFast(y)) {
			return false
		}
	case token.QUO, token.REM:
		st.cost += costDivision
		fallthrough
	default:
		if !isNumeric(x) || !isNumeric(y) {
			return false
		}
	}
	return st.expr(e.X) && st.expr(e.Y)
}

func (st *stretch) index(e *ast.IndexExpr) bool {
	st.cost += costMemory
	if t := st.em.u.Info.TypeOf(e.X); quickMap(t) {
		st.cost += costMap
	} else if !st.indexable(e.X) {
		return false
	}
	return st.expr(e.X) && st.expr(e.Index)
}

// quickMap reports whether t is a map whose keys are hashed in no time. It
// grows by small tables.
func quickMap(t types.Type) bool {
	if t == nil || isTypeParam(t) {
		return false
	}
	m, ok := t.Underlying().(*types.Map)
	return ok && comparesFast(m.Key()) && isSmall(m.Elem())
}

// indexable reports whether x is a slice, a string, an array or a pointer to
// one.
func (st *stretch) indexable(x ast.Expr) bool {
	t := st.em.u.Info.TypeOf(x)
	if t == nil || isTypeParam(t) {
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Pointer:
		_, ok := t.Elem().Underlying().(*types.Array)
		return ok
	case *types.Basic:
		return t.Info()&types.IsString != 0
	}
	return false
}

func (st *stretch) sliced(e *ast.SliceExpr) bool {
	st.cost += costMemory
	return st.indexable(e.X) && st.expr(e.X) && st.expr(e.Low) && st.expr(e.High) && st.expr(e.Max)
}

// literal scans a struct's or array's literal; those of slices and maps
// allocate.
func (st *stretch) literal(e *ast.CompositeLit) bool {
	t := st.em.u.Info.TypeOf(e)
	if t == nil || isTypeParam(t) || !isSmall(t) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
	default:
		return false
	}
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			x = kv.Value
		}
		if !st.values(x) {
			return false
		}
	}
	return true
}

func (st *stretch) call(e *ast.CallExpr) bool {
	tv := st.em.u.Info.Types[e.Fun]
	switch {
	case tv.IsType():
		return st.conversion(e, tv.Type)
	case tv.IsBuiltin():
		return st.builtin(e)
	}
	fn := st.em.callee(e.Fun)
	if fn == nil || !st.values(e.Args...) {
		return false
	}
	if fn.Pkg() != nil && quickFuncs[fn.Pkg().Path()+"."+fn.Name()] && fn.Signature().Recv() == nil {
		return st.add(costMath)
	}
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil && !st.expr(sel.X) {
		return false
	}
	if fn == st.self {
		return st.add(costCall)
	}
	return st.function(fn)
}

// function scans a function of the same unit, which takes its callers along
// when it is declared again.
func (st *stretch) function(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.TypeParams() != nil || sig.RecvTypeParams() != nil || sig.Variadic() || len(st.calls) >= maxCalls {
		return false
	}
	if sig.Recv() != nil && (types.IsInterface(sig.Recv().Type()) || !isSmall(sig.Recv().Type())) {
		return false
	}
	for _, f := range st.calls {
		if f == fn {
			return false // calls itself
		}
	}
	fd := st.em.declOf(fn)
	if fd == nil || fd.Body == nil {
		return false
	}
	loops := st.loops
	st.calls, st.loops = append(st.calls, fn), false
	ok := st.stmt(fd.Body) && st.add(costCall)
	st.calls, st.loops = st.calls[:len(st.calls)-1], loops
	return ok
}

func (st *stretch) conversion(e *ast.CallExpr, to types.Type) bool {
	from := st.em.u.Info.TypeOf(e.Args[0])
	if !isNumeric(from) || !isNumeric(to) {
		if from == nil || to == nil || isTypeParam(to) || types.IsInterface(to) || !types.Identical(from.Underlying(), to.Underlying()) || !isSmall(to) {
			return false
		}
	}
	return st.expr(e.Args[0])
}

func (st *stretch) builtin(e *ast.CallExpr) bool {
	sel, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	switch sel.Name {
	case "min", "max":
		if !isNumeric(st.em.u.Info.TypeOf(e)) {
			return false
		}
	case "append":
		if e.Ellipsis.IsValid() || st.grown != e {
			return false
		}
		if s, ok := st.em.under(e).(*types.Slice); ok {
			st.stores = append(st.stores, store{typ: s.Elem(), kind: ofElement})
		}
		st.cost += costAppend
	case "len", "cap":
		return st.expr(e.Args[0])
	case "real", "imag", "complex", "panic":
	default:
		return false
	}
	return st.values(e.Args...)
}

// quickFuncs are std functions that take a few nanoseconds at most.
var quickFuncs = map[string]bool{
	"math.Sqrt": true, "math.Abs": true, "math.Floor": true, "math.Ceil": true, "math.Trunc": true, "math.RoundToEven": true, "math.FMA": true,
	"math.Copysign": true, "math.IsNaN": true, "math.IsInf": true, "math.Signbit": true, "math.Max": true, "math.Min": true,
	"math.Float64bits": true, "math.Float64frombits": true, "math.Float32bits": true, "math.Float32frombits": true,
	"math/bits.LeadingZeros": true, "math/bits.LeadingZeros64": true, "math/bits.LeadingZeros32": true,
	"math/bits.TrailingZeros": true, "math/bits.TrailingZeros64": true, "math/bits.TrailingZeros32": true,
	"math/bits.OnesCount": true, "math/bits.OnesCount64": true, "math/bits.OnesCount32": true, "math/bits.OnesCount8": true,
	"math/bits.RotateLeft": true, "math/bits.RotateLeft64": true, "math/bits.RotateLeft32": true, "math/bits.Len": true, "math/bits.Len64": true,
	"math/bits.Reverse64": true, "math/bits.ReverseBytes64": true, "math/bits.Add64": true, "math/bits.Sub64": true, "math/bits.Mul64": true,
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// isNumeric reports whether all values of t are numbers; t may be a type
// parameter.
func isNumeric(t types.Type) bool {
	if t == nil {
		return false
	}
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		return numericConstraint(tp.Constraint(), 0)
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// numericConstraint reports whether a part of the constraint lists types that
// are all numbers.
func numericConstraint(c types.Type, depth int) bool {
	it, ok := c.Underlying().(*types.Interface)
	if !ok || depth > 8 {
		return false
	}
	for i := range it.NumEmbeddeds() {
		switch e := types.Unalias(it.EmbeddedType(i)).(type) {
		case *types.Union:
			all := e.Len() > 0
			for j := range e.Len() {
				t := e.Term(j).Type()
				all = all && (isNumeric(t) || types.IsInterface(t) && numericConstraint(t, depth+1))
			}
			if all {
				return true
			}
		default:
			if types.IsInterface(e) && numericConstraint(e, depth+1) || isNumeric(e) && !isTypeParam(e) {
				return true
			}
		}
	}
	return false
}

// comparesFast reports whether == of two values of t takes a bounded time.
func comparesFast(t types.Type) bool {
	if t == nil {
		return false
	}
	if isTypeParam(t) {
		return isNumeric(t)
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString == 0
	case *types.Pointer, *types.Chan:
		return true
	}
	return false
}

// isSmall reports whether a value of t is copied in no time.
func isSmall(t types.Type) bool {
	n, ok := sizeOf(t)
	return ok && n <= maxValue
}

// sizeOf returns about how many bytes a value of t takes.
func sizeOf(t types.Type) (int64, bool) {
	if t == nil {
		return 0, false
	}
	if isTypeParam(t) {
		return 16, isNumeric(t)
	}
	switch t := t.Underlying().(type) {
	case *types.Array:
		n, ok := sizeOf(t.Elem())
		if t.Len() > maxValue && n > 0 {
			return maxValue + 1, ok
		}
		return n * t.Len(), ok
	case *types.Struct:
		sum := int64(0)
		for i := range t.NumFields() {
			n, ok := sizeOf(t.Field(i).Type())
			if sum += n; !ok || sum > maxValue {
				return sum, ok
			}
		}
		return sum, true
	case *types.Tuple:
		sum := int64(0)
		for i := range t.Len() {
			n, ok := sizeOf(t.At(i).Type())
			if sum += n; !ok {
				return sum, false
			}
		}
		return sum, true
	case *types.Slice:
		return 24, true
	}
	return 16, true
}
