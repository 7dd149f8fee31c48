package interp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// typ writes a TypeRef.
func (s *straight) typ(t types.Type) {
	for i, known := range s.types {
		if types.Identical(known, t) {
			s.Int(int64(len(wire.BasicTypes) + i))
			return
		}
	}
	w := s.l.wireType(t)
	if w.Kind == "basic" {
		for i, name := range wire.BasicTypes {
			if name == w.Name {
				s.Int(int64(i))
				return
			}
		}
	}
	s.Int(int64(len(wire.BasicTypes) + len(s.types)))
	s.types, s.l.out.CodeTypes = append(s.types, t), append(s.l.out.CodeTypes, w)
}

// constant writes a constant of a type.
func (s *straight) constant(t types.Type, v constant.Value) {
	b, ok := types.Default(t).Underlying().(*types.Basic)
	if !ok {
		s.l.fail("a constant of type %s", t)
	}
	op := func(op byte) {
		s.Op(op)
		s.typ(types.Default(t))
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		op(wire.CodeBool)
		s.flag(constant.BoolVal(v))
	case info&types.IsString != 0:
		op(wire.CodeString)
		s.Text(constant.StringVal(v))
	case info&types.IsUnsigned != 0:
		n, _ := constant.Uint64Val(constant.ToInt(v))
		op(wire.CodeUint)
		s.Uint(n)
	case info&types.IsInteger != 0:
		n, _ := constant.Int64Val(constant.ToInt(v))
		op(wire.CodeInt)
		s.Int(n)
	case b.Kind() == types.Float32:
		f, _ := constant.Float32Val(constant.ToFloat(v))
		op(wire.CodeFloat)
		s.Float(float64(f))
	case info&types.IsFloat != 0:
		f, _ := constant.Float64Val(constant.ToFloat(v))
		op(wire.CodeFloat)
		s.Float(f)
	default:
		s.l.fail("a constant of type %s", t)
	}
}

func (s *straight) zero(t types.Type) {
	s.Op(wire.CodeZero)
	s.typ(t)
}

// value writes an expression where a value of type t is wanted: nil becomes one of
// it; of everything else the engine makes one as it assigns.
func (s *straight) value(x ast.Expr, t types.Type) {
	if s.u.Info.Types[x].IsNil() {
		if t == nil {
			s.l.fail("nil")
		}
		s.zero(t)
		return
	}
	s.expr(x)
}

// expr writes an expression of one value.
func (s *straight) expr(x ast.Expr) {
	tv := s.u.Info.Types[x]
	if tv.Value != nil {
		s.constant(tv.Type, tv.Value)
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		s.expr(x.X)
	case *ast.Ident:
		if !s.functionValue(x) {
			s.Op(wire.CodeLoad)
			s.target(x)
		}
	case *ast.SelectorExpr:
		s.selector(x)
	case *ast.IndexExpr:
		s.index(x)
	case *ast.SliceExpr:
		s.slice(x)
	case *ast.StarExpr:
		s.Op(wire.CodeLoad)
		s.target(x)
	case *ast.UnaryExpr:
		s.unary(x)
	case *ast.BinaryExpr:
		s.binary(x)
	case *ast.CallExpr:
		if _, tuple := tv.Type.(*types.Tuple); tuple || tv.IsVoid() {
			s.l.fail("a call that has not one value")
		}
		s.call(x)
	case *ast.CompositeLit:
		s.literal(x, tv.Type)
	case *ast.TypeAssertExpr:
		s.assertion("assert", x)
	default:
		s.l.fail("%T", x)
	}
}

// assertion writes x.(T), of the kind that yields one value or two.
func (s *straight) assertion(kind string, x *ast.TypeAssertExpr) {
	s.Op(wire.CodeCall)
	s.helper(wire.Helper{Kind: kind}, s.u.Info.TypeOf(x.X), s.u.Info.TypeOf(x.Type))
	s.flag(false)
	s.Int(1)
	s.expr(x.X)
}

// several writes an expression of any number of values.
func (s *straight) several(x ast.Expr) {
	switch y := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		if s.u.Info.Types[y].Value == nil {
			s.call(y)
			return
		}
	case *ast.IndexExpr:
		if m, ok := s.u.Info.TypeOf(y.X).Underlying().(*types.Map); ok {
			s.Op(wire.CodeLookupOK)
			s.expr(y.X)
			s.value(y.Index, m.Key())
			return
		}
	case *ast.TypeAssertExpr:
		s.assertion("is", y)
		return
	}
	s.l.fail("%T", x)
}

// variable writes a session variable as a target.
func (s *straight) variable(v *types.Var) {
	if v.Name() == "_" {
		s.Op(wire.CodeDiscard)
		return
	}
	if _, ok := s.l.slot(v); !ok {
		s.l.fail("the variable %s", v.Name())
	}
	id, own := s.l.ids[v]
	if !own {
		session, _ := plan.SessionVar(s.u, v)
		if id, own = s.l.ids[session]; !own {
			id, _ = s.l.opt.Var(session)
		}
	}
	n := 0
	for _, list := range [][]wire.Variable{s.l.out.New, s.l.out.Vars} {
		for _, w := range list {
			if w.Var == id {
				s.Op(wire.CodeVariable, n)
				return
			}
			n++
		}
	}
	s.l.fail("the variable %s has no storage", v.Name())
}

// target writes a place in memory, or what else is assigned to.
func (s *straight) target(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		obj := s.u.Info.ObjectOf(x)
		if n, ok := s.locals[obj]; ok {
			s.Op(wire.CodeLocalVar, n)
			return
		}
		v, ok := obj.(*types.Var)
		switch {
		case x.Name == "_":
			s.Op(wire.CodeDiscard)
		case ok:
			s.variable(v)
		default:
			s.l.fail("%s as a value", x.Name)
		}
	case *ast.SelectorExpr:
		sel := s.u.Info.Selections[x]
		if sel == nil || sel.Kind() != types.FieldVal {
			s.l.fail("the selector %s", x.Sel.Name)
		}
		s.fieldAt(x.X, sel.Recv(), sel.Index())
	case *ast.IndexExpr:
		s.element(x)
	case *ast.StarExpr:
		s.Op(wire.CodePointee)
		s.expr(x.X)
	default:
		s.l.fail("%T on the left", x)
	}
}

// fieldAt writes a field of what x, of type t, is or points to.
func (s *straight) fieldAt(x ast.Expr, t types.Type, path []int) {
	if _, ok := t.Underlying().(*types.Pointer); ok {
		s.Op(wire.CodeFieldVia)
		s.expr(x)
	} else {
		s.Op(wire.CodeFieldAt)
		s.target(x)
	}
	s.path(path)
}

func (s *straight) path(path []int) {
	s.Int(int64(len(path)))
	for _, i := range path {
		s.Int(int64(i))
	}
}

// element writes x[i] as a target.
func (s *straight) element(x *ast.IndexExpr) {
	switch t := s.u.Info.TypeOf(x.X).Underlying().(type) {
	case *types.Map:
		s.Op(wire.CodeMapElement)
		s.expr(x.X)
		s.value(x.Index, t.Key())
	case *types.Array:
		s.Op(wire.CodeElementOf)
		s.target(x.X)
		s.size(x.Index)
	case *types.Slice, *types.Pointer:
		s.Op(wire.CodeElement)
		s.expr(x.X)
		s.size(x.Index)
	default:
		s.l.fail("an element of %s", t)
	}
}

// inMemory reports whether a struct's or an array's parts are reached by its
// address.
func (s *straight) inMemory(x ast.Expr, t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok || s.u.Info.Types[x].Addressable()
}

func (s *straight) selector(x *ast.SelectorExpr) {
	sel := s.u.Info.Selections[x]
	if sel == nil {
		if v, ok := s.u.Info.Uses[x.Sel].(*types.Var); ok {
			s.name(wire.CodeStd, v.Pkg().Path(), v.Name())
		} else if !s.functionValue(x) {
			s.l.fail("%s as a value", x.Sel.Name)
		}
		return
	}
	if sel.Kind() != types.FieldVal {
		s.l.fail("a method as a value")
	}
	s.field(x.X, sel.Recv(), sel.Index())
}

// field writes the value of a field.
func (s *straight) field(x ast.Expr, t types.Type, path []int) {
	if s.inMemory(x, t) {
		s.Op(wire.CodeLoad)
		s.fieldAt(x, t, path)
		return
	}
	s.Op(wire.CodeField)
	s.expr(x)
	s.path(path)
}

func (s *straight) name(op byte, path, name string) {
	s.Op(op)
	s.Text(path)
	s.Text(name)
}

func (s *straight) index(x *ast.IndexExpr) {
	t := s.u.Info.TypeOf(x.X)
	if t == nil {
		s.l.fail("an instance")
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		s.Op(wire.CodeLookup)
		s.expr(x.X)
		s.value(x.Index, u.Key())
	case *types.Array:
		if s.u.Info.Types[x.X].Addressable() {
			s.Op(wire.CodeLoad)
			s.element(x)
			return
		}
		s.Op(wire.CodeIndex)
		s.expr(x.X)
		s.size(x.Index)
	case *types.Basic:
		s.Op(wire.CodeIndex)
		s.expr(x.X)
		s.size(x.Index)
	default:
		s.Op(wire.CodeLoad)
		s.element(x)
	}
}

func (s *straight) slice(x *ast.SliceExpr) {
	parts := byte(0)
	bounds := []ast.Expr{x.Low, x.High, x.Max}
	for i, b := range bounds {
		if b != nil {
			parts |= 1 << i
		}
	}
	s.Op(wire.CodeSlice)
	s.Op(parts)
	if _, ok := s.u.Info.TypeOf(x.X).Underlying().(*types.Array); ok {
		s.Op(wire.CodeAddress)
		s.target(x.X)
	} else {
		s.expr(x.X)
	}
	for _, b := range bounds {
		if b != nil {
			s.size(b)
		}
	}
}

func (s *straight) unary(x *ast.UnaryExpr) {
	switch x.Op {
	case token.AND:
		if lit, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok {
			s.Op(wire.CodeNewOf)
			s.literal(lit, s.u.Info.TypeOf(lit))
			return
		}
		s.Op(wire.CodeAddress)
		s.target(x.X)
		return
	case token.ADD:
	case token.SUB:
		s.Op(wire.CodeNegate)
	case token.XOR:
		s.Op(wire.CodeComplement)
	case token.NOT:
		s.Op(wire.CodeNot)
	default:
		s.l.fail("the operator %s", x.Op)
	}
	s.expr(x.X)
}

var operators = map[token.Token]byte{
	token.ADD: wire.CodeAdd, token.SUB: wire.CodeSub, token.MUL: wire.CodeMul, token.QUO: wire.CodeQuo, token.REM: wire.CodeRem,
	token.AND: wire.CodeAndBits, token.OR: wire.CodeOrBits, token.XOR: wire.CodeXor, token.AND_NOT: wire.CodeAndNot, token.SHL: wire.CodeShl, token.SHR: wire.CodeShr,
	token.LSS: wire.CodeLess, token.LEQ: wire.CodeLessEqual, token.GTR: wire.CodeGreater, token.GEQ: wire.CodeGreaterEqual,
}

// operator returns the code of an operator on values of a type that is not a
// complex one.
func (s *straight) operator(op token.Token, t types.Type) byte {
	code, ok := operators[op]
	if !ok || plan.IsComplex(t) {
		s.l.fail("the operator %s", op)
	}
	return code
}

func (s *straight) binary(x *ast.BinaryExpr) {
	if t := types.Default(s.u.Info.TypeOf(x)); isComparison(x.Op) && !types.Identical(t, types.Typ[types.Bool]) {
		s.Op(wire.CodeConvert)
		s.typ(t)
	}
	switch x.Op {
	case token.LAND, token.LOR:
		s.Op(map[token.Token]byte{token.LAND: wire.CodeAnd, token.LOR: wire.CodeOr}[x.Op])
		s.expr(x.X)
		s.expr(x.Y)
		return
	case token.EQL, token.NEQ:
		if x.Op == token.NEQ {
			s.Op(wire.CodeNot)
		}
		if s.compareNil(x.X, x.Y) || s.compareNil(x.Y, x.X) {
			return
		}
		s.Op(wire.CodeEqual)
	default:
		s.Op(wire.CodeBinary)
		s.Op(s.operator(x.Op, s.u.Info.TypeOf(x.X)))
	}
	s.order(x.X, x.Y)
	s.expr(x.X)
	s.rightOf(x.Op, x.Y)
}

// rightOf writes an operator's right operand.
func (s *straight) rightOf(op token.Token, y ast.Expr) {
	if op == token.SHL || op == token.SHR {
		s.size(y)
		return
	}
	s.expr(y)
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// compareNil writes x == null, if that is nil.
func (s *straight) compareNil(x, null ast.Expr) bool {
	if !s.u.Info.Types[null].IsNil() {
		return false
	}
	s.Op(wire.CodeIsNil)
	s.expr(x)
	return true
}
